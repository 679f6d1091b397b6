package dev.thalweg.jvm.journal;

import java.util.List;

/** A change of a stream, as {@link dev.thalweg.replication.Journal} has them; its arguments are checked. */
public sealed interface JournalWrite {
    /** The stream. */
    String stream();

    /** Records at the end. */
    record Append(String stream, int expected, List<byte[]> records) implements JournalWrite {}

    /** Records off the start. */
    record Truncate(String stream, int upTo) implements JournalWrite {}

    /** A snapshot. */
    @SuppressWarnings("ArrayRecordComponent") // read once, compared by nobody
    record Save(String stream, int version, byte[] snapshot) implements JournalWrite {}

    /** The stream forgotten. */
    record Delete(String stream) implements JournalWrite {}
}
