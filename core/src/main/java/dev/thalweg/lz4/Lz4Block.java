package dev.thalweg.lz4;

import dev.thalweg.json.ProtocolException;
import java.util.Arrays;

/** LZ4's block format: sequences of some literal bytes and a match, which repeats bytes that came before. */
public final class Lz4Block {
    private static final int MIN_MATCH = 4;
    /* The format's rules for the end of a block: no match starts in the last 12 bytes or touches the last 5. */
    private static final int NO_MATCH_FROM = 12;
    private static final int LAST_LITERALS = 5;
    private static final int MAX_DISTANCE = 0xFFFF;
    static final int HASH_BITS = 14;

    private Lz4Block() {}

    /** Packs bytes into one block; the very same array comes back when that does not make them fewer. */
    public static byte[] compress(byte[] bytes) {
        byte[] out = new byte[bytes.length];
        int size = encode(bytes, 0, bytes.length, out, 0, new int[1 << HASH_BITS]);
        return size < 0 ? bytes : Arrays.copyOf(out, size);
    }

    /**
     * Unpacks one block.
     *
     * @param from   where it begins
     * @param to     where it ends, exclusive
     * @param length how many bytes it must hold
     * @throws ProtocolException when it is damaged or holds more or fewer
     */
    public static byte[] decompress(byte[] block, int from, int to, int length) throws ProtocolException {
        Lz4Output out = new Lz4Output(length, length);
        decode(block, from, to, out);
        if (out.size() != length) {
            throw new ProtocolException("lz4: a block of " + length + " bytes holds " + out.size());
        }
        return out.bytes();
    }

    /** Four bytes as a number, the lowest first. */
    static int word(byte[] bytes, int at) {
        return bytes[at] & 0xFF | (bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF) << 16 | bytes[at + 3] << 24;
    }

    /**
     * Appends what a block holds. Matches reach back into what was appended before, as the blocks of a frame may.
     *
     * @param from where the block begins
     * @param to   where it ends, exclusive
     */
    static void decode(byte[] block, int from, int to, Lz4Output out) throws ProtocolException {
        int at = from;
        while (at < to) {
            int token = block[at++] & 0xFF;
            int literals = token >>> 4;
            if (literals == 15) {
                int more;
                do {
                    more = at < to ? block[at++] & 0xFF : -1;
                    literals += more;
                } while (more == 255 && literals <= to);
                if (more < 0) {
                    throw cut(at);
                }
            }
            if (literals > to - at) {
                throw cut(at);
            }
            out.append(block, at, literals);
            at += literals;
            if (at == to) {
                return;
            }
            if (to - at < 2) {
                throw cut(at);
            }
            int distance = block[at] & 0xFF | (block[at + 1] & 0xFF) << 8;
            at += 2;
            int length = (token & 15) + MIN_MATCH;
            if (length == 15 + MIN_MATCH) {
                int more;
                do {
                    more = at < to ? block[at++] & 0xFF : -1;
                    length += more;
                } while (more == 255 && length <= out.limit());
                if (more < 0) {
                    throw cut(at);
                }
            }
            out.repeat(distance, length);
        }
        throw new ProtocolException("lz4: a block must end with literals, at byte " + to);
    }

    /**
     * Writes a block.
     *
     * @param table room for {@code 1 << HASH_BITS} places, of any content
     * @return how many bytes were written; or -1 when it would take as many as there are, and nothing is worth keeping
     */
    static int encode(byte[] bytes, int from, int to, byte[] out, int outFrom, int[] table) {
        Arrays.fill(table, -1);
        int outLimit = outFrom + (to - from) - 1;
        int put = outFrom;
        int anchor = from;
        int at = from;
        int misses = 0;
        while (at + NO_MATCH_FROM <= to) {
            int slot = slot(bytes, at);
            int match = table[slot];
            table[slot] = at;
            if (match < 0 || at - match > MAX_DISTANCE || word(bytes, match) != word(bytes, at)) {
                // What does not repeat is passed over faster and faster.
                at += 1 + (misses++ >>> 6);
                continue;
            }
            misses = 0;
            int distance = at - match;
            int end = at + MIN_MATCH;
            while (end < to - LAST_LITERALS && bytes[end] == bytes[end - distance]) {
                end++;
            }
            while (at > anchor && at - distance > from && bytes[at - 1] == bytes[at - 1 - distance]) {
                at--;
            }
            put = sequence(bytes, anchor, at, end - at, distance, out, put, outLimit);
            if (put < 0) {
                return -1;
            }
            // What the match went over is hardly looked up; its end is, in text above all.
            table[slot(bytes, end - 2)] = end - 2;
            at = end;
            anchor = end;
        }
        put = sequence(bytes, anchor, to, 0, 0, out, put, outLimit);
        return put < 0 ? -1 : put - outFrom;
    }

    private static int slot(byte[] bytes, int at) {
        return word(bytes, at) * 0x9E3779B1 >>> 32 - HASH_BITS;
    }

    /* One sequence; the last of a block has no match, which a length of 0 says. */
    private static int sequence(byte[] bytes, int anchor, int at, int length, int distance, byte[] out, int from,
            int limit) {
        int literals = at - anchor;
        if (from + 1 + literals / 255 + 1 + literals + 2 + length / 255 + 1 > limit) {
            return -1;
        }
        int match = length - MIN_MATCH;
        int put = from;
        out[put++] = (byte) (Math.min(literals, 15) << 4 | (length == 0 ? 0 : Math.min(match, 15)));
        put = rest(literals, out, put);
        System.arraycopy(bytes, anchor, out, put, literals);
        put += literals;
        if (length > 0) {
            out[put++] = (byte) distance;
            out[put++] = (byte) (distance >>> 8);
            put = rest(match, out, put);
        }
        return put;
    }

    /* What of a length did not fit into its four bits of the token. */
    private static int rest(int length, byte[] out, int from) {
        int put = from;
        if (length >= 15) {
            int rest = length - 15;
            for (; rest >= 255; rest -= 255) {
                out[put++] = (byte) 255;
            }
            out[put++] = (byte) rest;
        }
        return put;
    }

    private static ProtocolException cut(int at) {
        return new ProtocolException("lz4: a block is cut off at byte " + at);
    }
}
