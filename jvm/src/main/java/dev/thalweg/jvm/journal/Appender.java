package dev.thalweg.jvm.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Writes at the end of a file, many small pieces at once. */
final class Appender {
    private static final int ROOM = 1 << 18;

    private final FileChannel channel;
    private final ByteBuffer gathered = ByteBuffer.allocate(ROOM);
    private long written;
    private boolean any;

    Appender(FileChannel channel, long end) {
        this.channel = channel;
        written = end;
    }

    /** Where the next piece goes. */
    long place() {
        return written + gathered.position();
    }

    /** @return where it went */
    long append(ByteBuffer piece) throws IOException {
        any = true;
        long place = place();
        if (piece.remaining() > gathered.remaining()) {
            flush();
        }
        if (piece.remaining() > gathered.remaining()) {
            write(piece);
        } else {
            gathered.put(piece);
        }
        return place;
    }

    /** Hands everything to the system. @return whether there was anything */
    boolean finish() throws IOException {
        flush();
        return any;
    }

    private void flush() throws IOException {
        write(gathered.flip());
        gathered.clear();
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            written += channel.write(bytes, written);
        }
    }
}
