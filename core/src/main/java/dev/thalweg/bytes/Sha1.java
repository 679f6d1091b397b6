package dev.thalweg.bytes;

/** SHA-1 (FIPS 180-4), which names git's objects. Not for anything that must resist an attacker. */
public final class Sha1 {
    private Sha1() {}

    /** The 20 bytes of the digest of a message in two parts. */
    public static byte[] digest(byte[] head, byte[] tail) {
        int[] state = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
        byte[] padded = ShaPadding.pad(head, tail);
        int[] w = new int[80];
        for (int block = 0; block < padded.length; block += 64) {
            ShaPadding.words(padded, block, w);
            for (int i = 16; i < 80; i++) {
                w[i] = Integer.rotateLeft(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
            }
            int a = state[0];
            int b = state[1];
            int c = state[2];
            int d = state[3];
            int e = state[4];
            for (int i = 0; i < 80; i++) {
                int f;
                if (i < 20) {
                    f = (b & c | ~b & d) + 0x5A827999;
                } else if (i < 40) {
                    f = (b ^ c ^ d) + 0x6ED9EBA1;
                } else if (i < 60) {
                    f = (b & c | b & d | c & d) + 0x8F1BBCDC;
                } else {
                    f = (b ^ c ^ d) + 0xCA62C1D6;
                }
                int next = Integer.rotateLeft(a, 5) + f + e + w[i];
                e = d;
                d = c;
                c = Integer.rotateLeft(b, 30);
                b = a;
                a = next;
            }
            state[0] += a;
            state[1] += b;
            state[2] += c;
            state[3] += d;
            state[4] += e;
        }
        return ShaPadding.bytes(state);
    }
}
