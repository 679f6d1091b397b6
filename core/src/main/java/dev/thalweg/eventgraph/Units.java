package dev.thalweg.eventgraph;

import dev.thalweg.json.ProtocolException;

/** What was ever inserted, a unit for each event that inserts, in the order of the events. */
abstract class Units {
    int length;

    /** How many there are. */
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

    /** Why no author can have inserted some of them at once, or an empty text. */
    abstract String flaw(int from, int end);

    /** What stands for the kind in files. */
    abstract int mark();

    abstract void write(ByteSink out);

    /** Adds what {@link #write} wrote. */
    abstract void read(ByteSource in) throws ProtocolException;
}
