package dev.thalweg.lz4;

import dev.thalweg.json.ProtocolException;
import java.util.Arrays;

/** Bytes in an LZ4 frame, version 1 of the format. */
/*
 * A frame is a magic number, a descriptor, blocks with their lengths, and a length of 0. The descriptor says whether a
 * block may reach back into the ones before it (we always let it), whether blocks and the whole carry checksums (which are
 * compared), and whether it names the size of the whole (which is compared too). Skippable frames, dictionaries and more
 * than one frame do not occur in Fluid and are refused.
 *
 * What is written is what stock clients write: blocks of up to 4 MB and nothing optional, except that ours do not reach
 * back, which costs next to nothing at that size.
 */
public final class Lz4Frame {
    private static final int MAGIC = 0x184D2204;
    private static final int VERSION = 0x40;
    private static final int INDEPENDENT = 0x20;
    private static final int BLOCK_CHECKSUMS = 0x10;
    private static final int CONTENT_SIZE = 0x08;
    private static final int CONTENT_CHECKSUM = 0x04;
    private static final int RESERVED = 0x02;
    private static final int DICTIONARY = 0x01;
    private static final int BLOCKS_OF_4_MB = 0x70;
    private static final int BLOCK = 4 << 20;
    private static final int PLAIN = 0x80000000;

    private Lz4Frame() {}

    /** Packs bytes. */
    public static byte[] encode(byte[] bytes) {
        int blocks = (bytes.length + BLOCK - 1) / BLOCK;
        byte[] out = new byte[7 + 4 * blocks + bytes.length + 4];
        put(out, 0, MAGIC);
        out[4] = VERSION | INDEPENDENT;
        out[5] = BLOCKS_OF_4_MB;
        out[6] = (byte) (XxHash32.hash(out, 4, 6) >>> 8);
        int at = 7;
        int[] table = new int[1 << Lz4Block.HASH_BITS];
        for (int from = 0; from < bytes.length; from += BLOCK) {
            int to = Math.min(bytes.length, from + BLOCK);
            int size = Lz4Block.encode(bytes, from, to, out, at + 4, table);
            if (size < 0) {
                put(out, at, to - from | PLAIN);
                System.arraycopy(bytes, from, out, at + 4, to - from);
                size = to - from;
            } else {
                put(out, at, size);
            }
            at += 4 + size;
        }
        return Arrays.copyOf(out, at + 4);
    }

    /**
     * Unpacks a frame.
     *
     * @param limit the most bytes it may hold
     * @throws ProtocolException when it is no such frame, is damaged or holds more
     */
    public static byte[] decode(byte[] frame, int limit) throws ProtocolException {
        require(frame, 0, 7);
        if (Lz4Block.word(frame, 0) != MAGIC) {
            throw new ProtocolException("lz4: not a frame");
        }
        int flags = frame[4] & 0xFF;
        if ((flags & 0xC0) != VERSION || (flags & (RESERVED | DICTIONARY)) != 0) {
            throw new ProtocolException("lz4: flags " + flags + " of a frame are not supported");
        }
        int header = (flags & CONTENT_SIZE) == 0 ? 6 : 14;
        require(frame, header, 1);
        if (frame[header] != (byte) (XxHash32.hash(frame, 4, header) >>> 8)) {
            throw damaged("header");
        }
        Lz4Output out = new Lz4Output(frame.length < limit / 4 ? 4 * frame.length : limit, limit);
        int at = blocks(frame, header + 1, (flags & BLOCK_CHECKSUMS) != 0, out);
        if ((flags & CONTENT_SIZE) != 0
                && (Lz4Block.word(frame, 6) != out.size() || Lz4Block.word(frame, 10) != 0)) {
            throw damaged("size");
        }
        if ((flags & CONTENT_CHECKSUM) != 0) {
            require(frame, at, 4);
            if (Lz4Block.word(frame, at) != out.hash()) {
                throw damaged("content");
            }
            at += 4;
        }
        if (at != frame.length) {
            throw damaged("end");
        }
        return out.bytes();
    }

    private static int blocks(byte[] frame, int from, boolean checksums, Lz4Output out) throws ProtocolException {
        int at = from;
        while (true) {
            require(frame, at, 4);
            int word = Lz4Block.word(frame, at);
            at += 4;
            if (word == 0) {
                return at;
            }
            int size = word & ~PLAIN;
            require(frame, at, size);
            if ((word & PLAIN) != 0) {
                out.append(frame, at, size);
            } else {
                Lz4Block.decode(frame, at, at + size, out);
            }
            if (checksums) {
                require(frame, at + size, 4);
                if (Lz4Block.word(frame, at + size) != XxHash32.hash(frame, at, at + size)) {
                    throw damaged("block");
                }
                at += 4;
            }
            at += size;
        }
    }

    private static void require(byte[] frame, int at, int bytes) throws ProtocolException {
        if (bytes > frame.length - at) {
            throw new ProtocolException("lz4: the frame is cut off, it has " + frame.length + " bytes");
        }
    }

    private static ProtocolException damaged(String part) {
        return new ProtocolException("lz4: the frame's " + part + " is damaged");
    }

    private static void put(byte[] out, int at, int word) {
        out[at] = (byte) word;
        out[at + 1] = (byte) (word >>> 8);
        out[at + 2] = (byte) (word >>> 16);
        out[at + 3] = (byte) (word >>> 24);
    }
}
