package dev.thalweg.eventgraph;

import dev.thalweg.json.ProtocolException;
import java.util.zip.CRC32;

/** Bytes to be read, from one place to another. Every reader fails rather than read beyond. */
final class ByteSource {
    private final byte[] bytes;
    private int at;
    private int end;

    ByteSource(byte[] bytes) {
        this.bytes = bytes;
        end = bytes.length;
    }

    int at() {
        return at;
    }

    int left() {
        return end - at;
    }

    byte[] bytes() {
        return bytes;
    }

    int next(String what) throws ProtocolException {
        if (at == end) {
            throw new ProtocolException("ends at byte " + at + ", before " + what);
        }
        return bytes[at++] & 0xFF;
    }

    int number(String what, int max) throws ProtocolException {
        int value = 0;
        int shift = 0;
        while (true) {
            int b = next(what);
            if (shift == 28 && b > 0x0F) {
                throw new ProtocolException(what + " at byte " + at + " is too large");
            }
            value |= (b & 0x7F) << shift;
            if (b < 0x80) {
                break;
            }
            shift += 7;
        }
        if (value < 0 || value > max) {
            throw new ProtocolException(what + " before byte " + at + " is above " + max);
        }
        return value;
    }

    int signed(String what) throws ProtocolException {
        int value = number(what, Integer.MAX_VALUE);
        return value >>> 1 ^ -(value & 1);
    }

    /** Goes over so many bytes. @return where they start */
    int skip(int count, String what) throws ProtocolException {
        if (count > end - at) {
            throw new ProtocolException(what + " takes " + count + " bytes, there are " + (end - at));
        }
        int from = at;
        at += count;
        return from;
    }

    /** Reads the checksum that follows and compares it with that of what was read since. */
    void checksum(int from, String what) throws ProtocolException {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, at - from);
        int expected = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            expected |= next("the checksum of " + what) << shift;
        }
        if (expected != (int) crc.getValue()) {
            throw new ProtocolException("the checksum of " + what + " is not that of its bytes");
        }
    }

    /** What is read next are only so many bytes from a place on. */
    ByteSource part(int from, int count) {
        ByteSource part = new ByteSource(bytes);
        part.at = from;
        part.end = from + count;
        return part;
    }
}
