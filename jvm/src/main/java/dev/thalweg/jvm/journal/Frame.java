package dev.thalweg.jvm.journal;

import dev.thalweg.replication.JournalLimits;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a journal's file, without its body.
 *
 * @param kind      what it says
 * @param stream    of which stream
 * @param version   of the record, of the snapshot, or up to which is cut
 * @param following how many entries after this one belong to the same write: all are there, or none counts
 * @param length    bytes of the body
 */
/*
 * All numbers have their lowest byte first.
 *
 *   2 bytes  57 74            4 bytes  version
 *   1 byte   kind, 1 to 6     4 bytes  following
 *   1 byte   0                4 bytes  length of the body
 *   2 bytes  length of the name
 *   the name in UTF-8, the CRC-32 of everything so far, the body, the body's checksum as JournalLimits makes it
 *
 * The head has a checksum of its own, so that an entry whose body is damaged is still known by name, and the next one is
 * found.
 */
record Frame(Kind kind, String stream, int version, int following, int length) {
    static final int FIXED = 18;
    /* The longest name in UTF-8. */
    static final int MAX_HEAD = FIXED + 3 * JournalLimits.MAX_NAME + 4;
    private static final byte FIRST = 0x57;
    private static final byte SECOND = 0x74;

    /** What an entry says. */
    enum Kind {
        /** The body is a record. */
        APPEND(1),
        /** Records are cut off. */
        TRUNCATE(2),
        /** The body is a snapshot. */
        SAVE(3),
        /** The stream is forgotten. */
        DELETE(4),
        /** The stream starts after this version, as if all up to it had been there and been cut off. */
        START(5),
        /** There was a record, of which nothing is left. */
        LOST(6);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        private static @Nullable Kind of(int code) {
            for (Kind kind : values()) {
                if (kind.code == code) {
                    return kind;
                }
            }
            return null;
        }
    }

    /** How many bytes there are before the body. */
    int head() {
        return FIXED + name().length + 4;
    }

    /** How many bytes there are altogether. */
    int size() {
        return head() + length + 4;
    }

    private byte[] name() {
        return stream.getBytes(StandardCharsets.UTF_8);
    }

    /** The whole entry, ready to be written. */
    ByteBuffer with(byte[] body) {
        return with(body, JournalLimits.checksum(version, body));
    }

    /** The whole entry with a checksum that need not be that of the body. */
    ByteBuffer with(byte[] body, int checksum) {
        byte[] name = name();
        ByteBuffer out = ByteBuffer.allocate(FIXED + name.length + 4 + body.length + 4)
                .order(ByteOrder.LITTLE_ENDIAN);
        out.put(FIRST).put(SECOND).put((byte) kind.code).put((byte) 0).putShort((short) name.length)
                .putInt(version).putInt(following).putInt(length).put(name);
        CRC32 crc = new CRC32();
        crc.update(out.array(), 0, FIXED + name.length);
        out.putInt((int) crc.getValue()).put(body).putInt(checksum);
        return out.flip();
    }

    /** The head that starts at a place of some bytes, or null when none does. @param in with the lowest byte first */
    static @Nullable Frame read(ByteBuffer in, int at) {
        if (at + FIXED > in.limit() || in.get(at) != FIRST || in.get(at + 1) != SECOND || in.get(at + 3) != 0) {
            return null;
        }
        Kind kind = Kind.of(in.get(at + 2));
        int name = in.getShort(at + 4) & 0xFFFF;
        int end = at + FIXED + name;
        if (kind == null || name > 3 * JournalLimits.MAX_NAME || end + 4 > in.limit()) {
            return null;
        }
        byte[] head = new byte[FIXED + name];
        in.get(at, head);
        CRC32 crc = new CRC32();
        crc.update(head);
        int length = in.getInt(at + 14);
        if ((int) crc.getValue() != in.getInt(end) || length < 0 || length > JournalLimits.MAX_RECORD) {
            return null;
        }
        return new Frame(kind, new String(head, FIXED, name, StandardCharsets.UTF_8),
                in.getInt(at + 6), in.getInt(at + 10), length);
    }
}
