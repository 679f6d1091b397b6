package dev.thalweg.replication;

import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps streams of records by name. A stream only grows at its end and is only cut at its start; beside its records it
 * has at most one snapshot, which stands for the records that were cut.
 *
 * <p>Records of a stream are numbered from 1 without gaps; the number of a record is its version, and that of the last
 * one the version of the stream. A stream that nobody has written to is empty, and nobody has to create it.
 *
 * <p>Calls take effect in the order in which they are made, so a call sees what those before it did. A change is durable
 * before its outcome succeeds, as durable as the journal can make it. When an outcome fails, the change was not made,
 * unless the failure {@linkplain Failure#retryable may pass}: then nobody knows, and the caller reads what is there.
 *
 * <p>What a caller gets wrong ends in an {@link IllegalArgumentException}: a name of no characters, of more than
 * {@value JournalLimits#MAX_NAME}, with a zero character or half a surrogate pair; a record of more than
 * {@value JournalLimits#MAX_RECORD} bytes, or more than {@value JournalLimits#MAX_RECORDS} at once.
 */
public interface Journal {
    /** In place of a version: whatever the version is. */
    int ANY = -1;

    /** The code of a {@link Failure} that says that the stream is not at the version that was expected. */
    int STALE = 409;

    /**
     * Puts records at the end of a stream: all of them, or none.
     *
     * @param expected the stream's version before, or {@link #ANY}; if it has another, this fails as {@link #STALE}
     * @param records  at least one; the journal keeps the arrays, so they may not change any more
     * @param outcome  hears what the stream has then
     */
    void append(String stream, int expected, List<byte[]> records, Outcome<StreamExtent> outcome);

    /**
     * Reads records in order.
     *
     * @param after the first record read is the next after this version that is still there, from 0
     * @param limit how many at most, at least 1; a journal may return fewer, but at least one if there is one
     */
    void read(String stream, int after, int limit, Outcome<List<JournalEntry>> outcome);

    /** Asks what a stream has. */
    void extent(String stream, Outcome<StreamExtent> outcome);

    /**
     * Cuts off the start of a stream. Its version stays.
     *
     * @param upTo the last version to go, from 0 to the stream's; beyond it this fails as {@link #STALE}
     */
    void truncate(String stream, int upTo, Outcome<StreamExtent> outcome);

    /**
     * Keeps a snapshot in place of the one before. Records stay.
     *
     * @param version what it stands for, from 0: usually the state after the record of this version. If there is a
     *                snapshot of a later one, this fails as {@link #STALE}
     */
    void save(String stream, int version, byte[] snapshot, Outcome<StreamExtent> outcome);

    /** Reads the snapshot, or null when there is none. */
    void snapshot(String stream, Outcome<@Nullable JournalEntry> outcome);

    /** Forgets a stream with its records, its snapshot and its version. */
    void delete(String stream, Outcome<StreamExtent> outcome);

    /**
     * Lists streams that have a version or a snapshot.
     *
     * @param prefix what their names start with; empty for all
     * @param outcome hears the names, sorted by UTF-16 code unit
     */
    void streams(String prefix, Outcome<List<String>> outcome);
}
