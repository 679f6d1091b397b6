package dev.thalweg.replication;

import dev.thalweg.platform.Failure;
import java.util.List;
import java.util.zip.CRC32;

/** What every journal asks of its callers, and how those that keep records by themselves notice damage. */
public final class JournalLimits {
    /** UTF-16 code units of a stream's name. */
    public static final int MAX_NAME = 1024;
    /** Bytes of a record or snapshot. */
    public static final int MAX_RECORD = 64 * 1024 * 1024;
    /** Records of one append. */
    public static final int MAX_RECORDS = 65_536;

    private JournalLimits() {}

    /** Throws unless a stream may have this name. @return the name */
    public static String name(String stream) {
        if (stream.isEmpty() || stream.length() > MAX_NAME) {
            throw new IllegalArgumentException(
                    "a stream's name has 1 to " + MAX_NAME + " characters, this one " + stream.length());
        }
        prefix(stream);
        return stream;
    }

    /** Throws unless a stream's name may start with this. @return the prefix */
    public static String prefix(String prefix) {
        for (int i = 0; i < prefix.length(); i++) {
            char c = prefix.charAt(i);
            boolean pair = Character.isHighSurrogate(c) && i + 1 < prefix.length()
                    && Character.isLowSurrogate(prefix.charAt(i + 1));
            if (c == 0 || !pair && Character.isSurrogate(c)) {
                throw new IllegalArgumentException(
                        "a stream's name has no zero character and no half of a pair, this one at " + i);
            }
            i += pair ? 1 : 0;
        }
        return prefix;
    }

    /** Throws unless these may be appended at once. */
    public static void records(int expected, List<byte[]> records) {
        if (expected < Journal.ANY) {
            throw new IllegalArgumentException("a version counts from 0, was " + expected);
        }
        if (records.isEmpty() || records.size() > MAX_RECORDS) {
            throw new IllegalArgumentException(
                    "1 to " + MAX_RECORDS + " records are appended at once, not " + records.size());
        }
        for (byte[] bytes : records) {
            record(bytes);
        }
    }

    /** Throws unless a record or a snapshot may have so many bytes. */
    public static void record(byte[] bytes) {
        if (bytes.length > MAX_RECORD) {
            throw new IllegalArgumentException(
                    "a record has at most " + MAX_RECORD + " bytes, this one " + bytes.length);
        }
    }

    /** Throws unless this may be a version to cut at or to save a snapshot of. */
    public static void version(int version) {
        if (version < 0) {
            throw new IllegalArgumentException("a version counts from 0, was " + version);
        }
    }

    /** Throws unless so many records can be read from there. */
    public static void page(int after, int limit) {
        version(after);
        if (limit < 1) {
            throw new IllegalArgumentException("at least 1 record is read, not " + limit);
        }
    }

    /** What a caller hears that expected another version than there is. */
    public static Failure stale(String stream, int version, int expected) {
        return Failure.permanent(Journal.STALE, "stream " + stream + " is at " + version + ", not at " + expected);
    }

    /**
     * The checksum that a journal keeps beside a record: of its bytes, and of its version, so that one record is not
     * taken for another.
     */
    public static int checksum(int version, byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(new byte[] {(byte) version, (byte) (version >> 8), (byte) (version >> 16), (byte) (version >> 24)});
        crc.update(bytes);
        return (int) crc.getValue();
    }

    /** What is read of a record that was kept with its {@link #checksum}. */
    public static JournalEntry entry(int version, byte[] bytes, int checksum) {
        return checksum(version, bytes) == checksum ? new JournalEntry.Intact(version, bytes)
                : new JournalEntry.Damaged(version, "the checksum is not that of its " + bytes.length + " bytes");
    }
}
