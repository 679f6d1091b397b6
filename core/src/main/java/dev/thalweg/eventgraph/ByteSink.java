package dev.thalweg.eventgraph;

import java.util.Arrays;
import java.util.zip.CRC32;

/** Bytes to be written, in an array that grows. */
final class ByteSink {
    /* What is sooner copied byte by byte, see Chars.copy. */
    private static final int FEW = 32;

    private byte[] bytes;
    private int size;
    private final CRC32 crc = new CRC32();

    ByteSink(int capacity) {
        bytes = new byte[capacity];
    }

    int size() {
        return size;
    }

    /** Forgets everything. */
    void clear() {
        size = 0;
    }

    /** Makes room for so many bytes. */
    void reserve(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
    }

    void add(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    /** A number from 0 in sevens of bits, the lowest first. */
    void number(int value) {
        reserve(5);
        int left = value;
        while (left > 0x7F) {
            bytes[size++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        bytes[size++] = (byte) left;
    }

    /** A number that may be negative: 0, -1, 1, -2 and so on. */
    void signed(int value) {
        number(value << 1 ^ value >> 31);
    }

    void addAll(byte[] more, int from, int count) {
        reserve(count);
        if (count > FEW) {
            System.arraycopy(more, from, bytes, size, count);
        } else {
            for (int i = 0; i < count; i++) {
                bytes[size + i] = more[from + i];
            }
        }
        size += count;
    }

    void addAll(ByteSink other) {
        addAll(other.bytes, 0, other.size);
    }

    /** The CRC-32 of what was written since, the lowest byte first. */
    void checksum(int from) {
        crc.reset();
        crc.update(bytes, from, size - from);
        int sum = (int) crc.getValue();
        reserve(4);
        for (int shift = 0; shift < 32; shift += 8) {
            bytes[size++] = (byte) (sum >> shift);
        }
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, size);
    }
}
