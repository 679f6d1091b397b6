package dev.thalweg.lz4;

import dev.thalweg.json.ProtocolException;
import java.util.Arrays;

/** Bytes that are being unpacked, of which there may be only so many. */
final class Lz4Output {
    private final int limit;
    private byte[] bytes;
    private int size;

    /** @param guess how many bytes it is likely to become */
    Lz4Output(int guess, int limit) {
        this.limit = limit;
        this.bytes = new byte[Math.min(guess, limit)];
    }

    int limit() {
        return limit;
    }

    int size() {
        return size;
    }

    /** All of it; nothing is to be added any more. */
    byte[] bytes() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    /** The checksum of all of it. */
    int hash() {
        return XxHash32.hash(bytes, 0, size);
    }

    void append(byte[] source, int from, int length) throws ProtocolException {
        reserve(length);
        System.arraycopy(source, from, bytes, size, length);
        size += length;
    }

    /** Appends again what came a distance before. A match longer than its distance repeats itself. */
    void repeat(int distance, int length) throws ProtocolException {
        if (distance == 0 || distance > size) {
            throw new ProtocolException("lz4: a match reaches " + distance + " bytes back, there are " + size);
        }
        reserve(length);
        if (distance >= length) {
            System.arraycopy(bytes, size - distance, bytes, size, length);
        } else {
            for (int i = 0; i < length; i++) {
                bytes[size + i] = bytes[size + i - distance];
            }
        }
        size += length;
    }

    private void reserve(int more) throws ProtocolException {
        if (more > limit - size) {
            throw new ProtocolException("lz4: more than " + limit + " bytes unpacked");
        }
        if (size + more > bytes.length) {
            int doubled = bytes.length > limit / 2 ? limit : 2 * bytes.length;
            bytes = Arrays.copyOf(bytes, Math.max(doubled, size + more));
        }
    }
}
