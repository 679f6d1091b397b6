package dev.thalweg.jvm.journal;

import dev.thalweg.jvm.journal.Frame.Kind;
import dev.thalweg.replication.JournalEntry;
import dev.thalweg.replication.JournalLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Goes through a journal's file when it is opened: finds the entries, and what is not one. */
/*
 * What was acknowledged is whole on the disk, so after a crash the file is whole up to some place and anything from
 * there on: the torn tail. It is cut off. Entries of one write that is torn go with it, those before the tear too.
 *
 * Damage is something else. When the head of an entry is whole, the entry counts, and reading its body tells that it is
 * damaged. When the head is not, the next head that is whole is looked for; there the stream goes on, and the gap in the
 * versions tells whose record was lost. Without a next head the two cannot be told apart, and it is taken for a tear.
 */
final class Recovery {
    /** Hears what is found. */
    interface Found {
        /** An entry counts. */
        void entry(Frame frame, long place) throws IOException;

        /** Something is no entry, or is one whose body is damaged. */
        void damage(long from, long to, String reason) throws IOException;
    }

    private record Entry(Frame frame, long place) {}

    private final Window window;
    private final Found found;
    /* Of the write that is being read. */
    private final List<Entry> write = new ArrayList<>();

    Recovery(Window window, Found found) {
        this.window = window;
        this.found = found;
    }

    /** Goes through it all. @return where the torn tail starts, or the end when there is none */
    long run() throws IOException {
        long place = 0;
        while (place < window.end()) {
            Frame frame = window.frame(place);
            if (frame == null) {
                long next = window.search(place + 1);
                if (next < 0) {
                    break;
                }
                found.damage(place, next, "no entry is there");
                place = next;
                continue;
            }
            if (place + frame.size() > window.end()) {
                break;
            }
            if (!write.isEmpty() && write.get(write.size() - 1).frame.following() != frame.following() + 1) {
                // Part of that write is damaged; it was made, since another follows.
                count();
            }
            write.add(new Entry(frame, place));
            if (frame.following() == 0) {
                count();
            }
            place += frame.size();
        }
        return write.isEmpty() ? place : write.get(0).place;
    }

    private void count() throws IOException {
        for (Entry entry : write) {
            boolean body = entry.frame.kind() == Kind.APPEND || entry.frame.kind() == Kind.SAVE;
            if (body && entry(entry.frame,
                    window.bytes(entry.place, entry.frame.size())) instanceof JournalEntry.Damaged damaged) {
                found.damage(entry.place, entry.place + entry.frame.size(), damaged.reason());
            }
            found.entry(entry.frame, entry.place);
        }
        write.clear();
    }

    /** The record or snapshot in an entry. */
    static JournalEntry entry(Frame frame, byte[] bytes) {
        byte[] body = body(frame, bytes);
        return JournalLimits.entry(frame.version(), body, checksum(bytes));
    }

    static byte[] body(Frame frame, byte[] bytes) {
        byte[] body = new byte[frame.length()];
        System.arraycopy(bytes, frame.head(), body, 0, body.length);
        return body;
    }

    static int checksum(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(bytes.length - 4);
    }
}
