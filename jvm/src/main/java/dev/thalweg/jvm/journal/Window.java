package dev.thalweg.jvm.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/** A file from its start to its end, a stretch at a time. */
final class Window {
    private static final int STRETCH = 1 << 20;

    private final FileChannel channel;
    private final long end;
    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private long start;

    Window(FileChannel channel) throws IOException {
        this.channel = channel;
        end = channel.size();
    }

    long end() {
        return end;
    }

    /** Reads a stretch that has so many bytes from a place on, as far as the file has them. @return where it is in it */
    private int at(long place, int bytes) throws IOException {
        long wanted = Math.min(bytes, end - place);
        if (place < start || place + wanted > start + buffer.limit()) {
            int length = (int) Math.min(Math.max(bytes, STRETCH), end - place);
            buffer = read(channel, place, length);
            start = place;
        }
        return (int) (place - start);
    }

    /** The head of the entry at a place, or null when there is none that is whole. */
    @Nullable
    Frame frame(long place) throws IOException {
        int at = at(place, Frame.MAX_HEAD);
        return Frame.read(buffer, at);
    }

    /** An entry's bytes, which must all be there. */
    byte[] bytes(long place, int size) throws IOException {
        byte[] bytes = new byte[size];
        int at = at(place, size);
        buffer.get(at, bytes);
        return bytes;
    }

    /** The first place from one on at which a whole entry starts, or -1. */
    long search(long from) throws IOException {
        for (long place = from; place + Frame.FIXED <= end; place++) {
            Frame frame = frame(place);
            if (frame != null && place + frame.size() <= end) {
                return place;
            }
        }
        return -1;
    }

    /** So many bytes of a file, which must be there. */
    static ByteBuffer read(FileChannel channel, long place, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, place + bytes.position()) < 0) {
                throw new IOException("the file ends at " + (place + bytes.position()) + ", " + bytes.remaining()
                        + " bytes too early");
            }
        }
        return bytes.flip();
    }
}
