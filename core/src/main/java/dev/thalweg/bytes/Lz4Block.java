package dev.thalweg.bytes;

import java.util.Arrays;

/** The block format of LZ4: sequences of literals and of copies of what came before. The same bytes on every target. */
public final class Lz4Block {
    /** The last so many bytes are always literals. */
    private static final int TAIL = 5;
    /** No copy starts within the last so many bytes. */
    private static final int LAST_MATCH = 12;
    private static final int MIN_MATCH = 4;
    private static final int FARTHEST = 0xFFFF;
    /** How many earlier places are tried for each copy. */
    private static final int ATTEMPTS = 32;

    private Lz4Block() {}

    /** The compressed form, which may be longer than the original. */
    public static byte[] compress(byte[] from) {
        Output out = new Output(new byte[from.length + from.length / 255 + 16]);
        int bits = Math.max(8, Math.min(16, 32 - Integer.numberOfLeadingZeros(from.length)));
        int[] heads = new int[1 << bits];
        Arrays.fill(heads, -1);
        int[] links = new int[from.length];
        int limit = from.length - LAST_MATCH;
        int indexed = 0;
        int anchor = 0;
        int at = 0;
        while (at < limit) {
            indexed = index(from, indexed, at, heads, links, bits);
            int candidate = heads[hash(from, at, bits)];
            int bestLength = MIN_MATCH - 1;
            int best = -1;
            for (int i = 0; i < ATTEMPTS && candidate >= 0 && at - candidate <= FARTHEST; i++) {
                int length = match(from, candidate, at, from.length - TAIL, bestLength);
                if (length > bestLength) {
                    bestLength = length;
                    best = candidate;
                }
                candidate = links[candidate];
            }
            if (best < 0) {
                at++;
                continue;
            }
            // One byte later there may be a longer copy.
            int later = at + 1 < limit ? longer(from, at + 1, heads, links, bits, bestLength + 1) : 0;
            if (later > 0) {
                at++;
                continue;
            }
            out.sequence(from, anchor, at - anchor, bestLength - MIN_MATCH, at - best);
            at += bestLength;
            anchor = at;
        }
        out.literals(from, anchor, from.length - anchor);
        return Arrays.copyOf(out.bytes, out.size);
    }

    /* Enters the places before `at`. */
    private static int index(byte[] from, int indexed, int at, int[] heads, int[] links, int bits) {
        for (int i = indexed; i < at; i++) {
            int hash = hash(from, i, bits);
            links[i] = heads[hash];
            heads[hash] = i;
        }
        return at;
    }

    private static int longer(byte[] from, int at, int[] heads, int[] links, int bits, int least) {
        int candidate = heads[hash(from, at, bits)];
        for (int i = 0; i < ATTEMPTS && candidate >= 0 && at - candidate <= FARTHEST; i++) {
            int length = match(from, candidate, at, from.length - TAIL, least);
            if (length > least) {
                return length;
            }
            candidate = links[candidate];
        }
        return 0;
    }

    /* How long the bytes at both places are the same, or less than `least` when they are not the same that far. */
    private static int match(byte[] from, int a, int b, int end, int least) {
        if (b + least >= end || from[a + least] != from[b + least]) {
            return 0;
        }
        int length = 0;
        while (b + length < end && from[a + length] == from[b + length]) {
            length++;
        }
        return length;
    }

    private static int hash(byte[] from, int at, int bits) {
        int four = from[at] & 0xFF | (from[at + 1] & 0xFF) << 8 | (from[at + 2] & 0xFF) << 16 | from[at + 3] << 24;
        return four * 0x9E3779B1 >>> 32 - bits;
    }

    private static final class Output {
        private byte[] bytes;
        private int size;

        Output(byte[] bytes) {
            this.bytes = bytes;
        }

        void sequence(byte[] from, int anchor, int literals, int extra, int distance) {
            token(from, anchor, literals, Math.min(extra, 15));
            bytes[size++] = (byte) distance;
            bytes[size++] = (byte) (distance >> 8);
            rest(extra);
        }

        void literals(byte[] from, int anchor, int literals) {
            token(from, anchor, literals, 0);
        }

        private void token(byte[] from, int anchor, int literals, int low) {
            int needed = size + literals + literals / 255 + 32;
            if (needed > bytes.length) {
                bytes = Arrays.copyOf(bytes, needed + bytes.length / 2);
            }
            bytes[size++] = (byte) (Math.min(literals, 15) << 4 | low);
            rest(literals);
            System.arraycopy(from, anchor, bytes, size, literals);
            size += literals;
        }

        private void rest(int value) {
            if (value >= 15) {
                int left = value - 15;
                if (size + left / 255 + 16 > bytes.length) {
                    bytes = Arrays.copyOf(bytes, 2 * bytes.length + left / 255);
                }
                while (left >= 255) {
                    bytes[size++] = (byte) 255;
                    left -= 255;
                }
                bytes[size++] = (byte) left;
            }
        }
    }

    /**
     * Fills an array with the original of a block.
     *
     * @return whether the block is sound and its original exactly as long as the array
     */
    public static boolean decompress(byte[] block, int from, int end, byte[] out) {
        int in = from;
        int size = 0;
        while (in < end) {
            int token = block[in++] & 0xFF;
            int literals = token >> 4;
            if (literals == 15) {
                int more = 255;
                while (more == 255) {
                    if (in >= end || literals > out.length) {
                        return false;
                    }
                    more = block[in++] & 0xFF;
                    literals += more;
                }
            }
            if (literals > end - in || literals > out.length - size) {
                return false;
            }
            System.arraycopy(block, in, out, size, literals);
            in += literals;
            size += literals;
            if (in == end) {
                return size == out.length;
            }
            if (end - in < 2) {
                return false;
            }
            int distance = block[in] & 0xFF | (block[in + 1] & 0xFF) << 8;
            in += 2;
            int length = (token & 15) + MIN_MATCH;
            if ((token & 15) == 15) {
                int more = 255;
                while (more == 255) {
                    if (in >= end || length > out.length) {
                        return false;
                    }
                    more = block[in++] & 0xFF;
                    length += more;
                }
            }
            if (distance == 0 || distance > size || length > out.length - size) {
                return false;
            }
            copy(out, size - distance, size, length);
            size += length;
        }
        return false;
    }

    private static void copy(byte[] out, int from, int to, int length) {
        if (to - from >= length) {
            System.arraycopy(out, from, out, to, length);
            return;
        }
        for (int i = 0; i < length; i++) {
            out[to + i] = out[from + i];
        }
    }
}
