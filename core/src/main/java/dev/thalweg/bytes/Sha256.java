package dev.thalweg.bytes;

/** SHA-256 (FIPS 180-4). */
public final class Sha256 {
    private static final int BLOCK = 64;
    private static final int DIGEST = 32;
    private static final int[] K = {
        0x428A2F98, 0x71374491, 0xB5C0FBCF, 0xE9B5DBA5, 0x3956C25B, 0x59F111F1, 0x923F82A4, 0xAB1C5ED5,
        0xD807AA98, 0x12835B01, 0x243185BE, 0x550C7DC3, 0x72BE5D74, 0x80DEB1FE, 0x9BDC06A7, 0xC19BF174,
        0xE49B69C1, 0xEFBE4786, 0x0FC19DC6, 0x240CA1CC, 0x2DE92C6F, 0x4A7484AA, 0x5CB0A9DC, 0x76F988DA,
        0x983E5152, 0xA831C66D, 0xB00327C8, 0xBF597FC7, 0xC6E00BF3, 0xD5A79147, 0x06CA6351, 0x14292967,
        0x27B70A85, 0x2E1B2138, 0x4D2C6DFC, 0x53380D13, 0x650A7354, 0x766A0ABB, 0x81C2C92E, 0x92722C85,
        0xA2BFE8A1, 0xA81A664B, 0xC24B8B70, 0xC76C51A3, 0xD192E819, 0xD6990624, 0xF40E3585, 0x106AA070,
        0x19A4C116, 0x1E376C08, 0x2748774C, 0x34B0BCB5, 0x391C0CB3, 0x4ED8AA4A, 0x5B9CCA4F, 0x682E6FF3,
        0x748F82EE, 0x78A5636F, 0x84C87814, 0x8CC70208, 0x90BEFFFA, 0xA4506CEB, 0xBEF9A3F7, 0xC67178F2
    };

    private Sha256() {}

    /** The 32 bytes of the digest. */
    public static byte[] digest(byte[] message) {
        int[] state = {
            0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19
        };
        byte[] padded = ShaPadding.pad(new byte[0], message);
        int[] w = new int[64];
        for (int block = 0; block < padded.length; block += 64) {
            ShaPadding.words(padded, block, w);
            schedule(w);
            compress(state, w);
        }
        return ShaPadding.bytes(state);
    }

    /** The 32 bytes of HMAC-SHA256 (RFC 2104). @param key of any length; one of at least 32 bytes is worth its name */
    public static byte[] hmac(byte[] key, byte[] message) {
        byte[] block = key.length > BLOCK ? digest(key) : key;
        byte[] inner = masked(block, 0x36, message.length);
        System.arraycopy(message, 0, inner, BLOCK, message.length);
        byte[] outer = masked(block, 0x5C, DIGEST);
        System.arraycopy(digest(inner), 0, outer, BLOCK, DIGEST);
        return digest(outer);
    }

    /** A block of the key and a mask, and room after it. */
    private static byte[] masked(byte[] key, int mask, int room) {
        byte[] bytes = new byte[BLOCK + room];
        for (int i = 0; i < BLOCK; i++) {
            bytes[i] = (byte) ((i < key.length ? key[i] : 0) ^ mask);
        }
        return bytes;
    }

    private static void schedule(int[] w) {
        for (int i = 16; i < 64; i++) {
            int x = w[i - 15];
            int y = w[i - 2];
            int s0 = Integer.rotateRight(x, 7) ^ Integer.rotateRight(x, 18) ^ x >>> 3;
            int s1 = Integer.rotateRight(y, 17) ^ Integer.rotateRight(y, 19) ^ y >>> 10;
            w[i] = w[i - 16] + s0 + w[i - 7] + s1;
        }
    }

    private static void compress(int[] state, int[] w) {
        int a = state[0];
        int b = state[1];
        int c = state[2];
        int d = state[3];
        int e = state[4];
        int f = state[5];
        int g = state[6];
        int h = state[7];
        for (int i = 0; i < 64; i++) {
            int s1 = Integer.rotateRight(e, 6) ^ Integer.rotateRight(e, 11) ^ Integer.rotateRight(e, 25);
            int t1 = h + s1 + (e & f ^ ~e & g) + K[i] + w[i];
            int s0 = Integer.rotateRight(a, 2) ^ Integer.rotateRight(a, 13) ^ Integer.rotateRight(a, 22);
            int t2 = s0 + (a & b ^ a & c ^ b & c);
            h = g;
            g = f;
            f = e;
            e = d + t1;
            d = c;
            c = b;
            b = a;
            a = t1 + t2;
        }
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }
}
