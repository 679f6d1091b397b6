package dev.thalweg.eventgraph;

import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.List;

/** What was ever inserted, a unit for each event that inserts, in the order of the events. */
abstract class Units {
    int length;

    /** Marks of a text, one for each event that makes one, in the order of the events; other kinds have none. */
    final List<TextMark> marks = new ArrayList<>(0);

    /** Forgets the marks behind the first so many. */
    final void truncateMarks(int count) {
        while (marks.size() > count) {
            marks.remove(marks.size() - 1);
        }
    }

    /** How many units there are. */
    final int length() {
        return length;
    }

    /** None, of the same kind. */
    abstract Units none();

    /** Adds some of others of the same kind. */
    abstract void append(Units source, int from, int count);

    /** Forgets those behind the first so many. */
    abstract void truncate(int count);

    /** Whether a unit is the same as one of others. */
    abstract boolean same(int at, Units other, int otherAt);

    /** Whether a unit and the one before it go together, so that nobody can have one without the other. */
    boolean isWithin(int at) {
        return false;
    }

    /** Why no author can have inserted some of them at once, or an empty text. */
    abstract String flaw(int from, int end);

    /** What stands for the kind in files. */
    abstract int mark();

    abstract void write(ByteSink out);

    /** Adds what {@link #write} wrote. */
    abstract void read(ByteSource in) throws ProtocolException;
}
