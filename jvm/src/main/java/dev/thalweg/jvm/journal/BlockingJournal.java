package dev.thalweg.jvm.journal;

import dev.thalweg.replication.JournalEntry;
import dev.thalweg.replication.StreamExtent;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A journal whose calls wait for the disk; {@link QueuedJournal} makes a journal of it that does not. All calls come from
 * one thread, with arguments that are checked.
 */
public interface BlockingJournal extends AutoCloseable {
    /**
     * What came of a write.
     *
     * @param extent what the stream has then
     * @param stale  when the write was refused, the version at which the stream is; -1 when it was made
     */
    record Written(StreamExtent extent, int stale) {
        /** It was made. */
        public static Written made(StreamExtent extent) {
            return new Written(extent, -1);
        }

        /** The stream is at another version than expected. */
        public static Written refused(StreamExtent extent, int version) {
            return new Written(extent, version);
        }
    }

    /**
     * Makes writes in order, each seeing those before it. When this returns, all that are not refused are durable.
     *
     * @return one outcome each
     * @throws IOException when that did not work: then nobody knows which of them were made
     */
    List<Written> write(List<JournalWrite> group) throws IOException;

    /** See {@link dev.thalweg.replication.Journal#read}. */
    List<JournalEntry> read(String stream, int after, int limit) throws IOException;

    /** See {@link dev.thalweg.replication.Journal#extent}. */
    StreamExtent extent(String stream) throws IOException;

    /** See {@link dev.thalweg.replication.Journal#snapshot}. */
    @Nullable
    JournalEntry snapshot(String stream) throws IOException;

    /** See {@link dev.thalweg.replication.Journal#streams}; sorted by the caller. */
    List<String> streams(String prefix) throws IOException;

    @Override
    void close() throws IOException;
}
