package dev.thalweg.bytes;

/** What SHA-1 and SHA-256 have in common (FIPS 180-4, sections 5 and 6): padding and the big-endian words. */
final class ShaPadding {
    private ShaPadding() {}

    /** A message in two parts. */
    static byte[] pad(byte[] head, byte[] tail) {
        int length = head.length + tail.length;
        int blocks = (length + 8) / 64 + 1;
        byte[] padded = new byte[blocks * 64];
        System.arraycopy(head, 0, padded, 0, head.length);
        System.arraycopy(tail, 0, padded, head.length, tail.length);
        padded[length] = (byte) 0x80;
        int end = padded.length;
        padded[end - 5] = (byte) (length >>> 29);
        put(padded, end - 4, length << 3);
        return padded;
    }

    static void words(byte[] padded, int block, int[] words) {
        for (int i = 0; i < 16; i++) {
            int at = block + i * 4;
            words[i] = (padded[at] & 0xFF) << 24 | (padded[at + 1] & 0xFF) << 16 | (padded[at + 2] & 0xFF) << 8
                    | padded[at + 3] & 0xFF;
        }
    }

    static byte[] bytes(int[] state) {
        byte[] digest = new byte[state.length * 4];
        for (int i = 0; i < state.length; i++) {
            put(digest, i * 4, state[i]);
        }
        return digest;
    }

    private static void put(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >>> 24);
        bytes[at + 1] = (byte) (value >>> 16);
        bytes[at + 2] = (byte) (value >>> 8);
        bytes[at + 3] = (byte) value;
    }
}
