package dev.thalweg.lz4;

/** The checksum of LZ4 frames: xxHash with 32 bits and seed 0. */
final class XxHash32 {
    private static final int PRIME1 = 0x9E3779B1;
    private static final int PRIME2 = 0x85EBCA77;
    private static final int PRIME3 = 0xC2B2AE3D;
    private static final int PRIME4 = 0x27D4EB2F;
    private static final int PRIME5 = 0x165667B1;

    private XxHash32() {}

    /** The hash of the bytes from {@code from} up to {@code to}, exclusive. */
    static int hash(byte[] bytes, int from, int to) {
        int at = from;
        int hash;
        if (to - from >= 16) {
            // The sum of the first two primes, without its carry.
            int a = 0x24234428;
            int b = PRIME2;
            int c = 0;
            int d = -PRIME1;
            for (; to - at >= 16; at += 16) {
                a = round(a, Lz4Block.word(bytes, at));
                b = round(b, Lz4Block.word(bytes, at + 4));
                c = round(c, Lz4Block.word(bytes, at + 8));
                d = round(d, Lz4Block.word(bytes, at + 12));
            }
            hash = Integer.rotateLeft(a, 1) + Integer.rotateLeft(b, 7) + Integer.rotateLeft(c, 12)
                    + Integer.rotateLeft(d, 18);
        } else {
            hash = PRIME5;
        }
        hash += to - from;
        for (; to - at >= 4; at += 4) {
            hash = Integer.rotateLeft(hash + Lz4Block.word(bytes, at) * PRIME3, 17) * PRIME4;
        }
        for (; at < to; at++) {
            hash = Integer.rotateLeft(hash + (bytes[at] & 0xFF) * PRIME5, 11) * PRIME1;
        }
        hash = (hash ^ hash >>> 15) * PRIME2;
        hash = (hash ^ hash >>> 13) * PRIME3;
        return hash ^ hash >>> 16;
    }

    private static int round(int lane, int word) {
        return Integer.rotateLeft(lane + word * PRIME2, 13) * PRIME1;
    }
}
