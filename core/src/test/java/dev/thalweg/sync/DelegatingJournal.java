package dev.thalweg.sync;

import dev.thalweg.platform.Outcome;
import dev.thalweg.replication.Journal;
import dev.thalweg.replication.JournalEntry;
import dev.thalweg.replication.MemoryJournal;
import dev.thalweg.replication.StreamExtent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A journal in memory, some of whose methods a test changes. */
class DelegatingJournal implements Journal {
    private final MemoryJournal memory = new MemoryJournal();

    @Override
    public void append(String stream, int expected, List<byte[]> records, Outcome<StreamExtent> outcome) {
        memory.append(stream, expected, records, outcome);
    }

    @Override
    public void read(String stream, int after, int limit, Outcome<List<JournalEntry>> outcome) {
        memory.read(stream, after, limit, outcome);
    }

    @Override
    public void extent(String stream, Outcome<StreamExtent> outcome) {
        memory.extent(stream, outcome);
    }

    @Override
    public void truncate(String stream, int upTo, Outcome<StreamExtent> outcome) {
        memory.truncate(stream, upTo, outcome);
    }

    @Override
    public void save(String stream, int version, byte[] snapshot, Outcome<StreamExtent> outcome) {
        memory.save(stream, version, snapshot, outcome);
    }

    @Override
    public void snapshot(String stream, Outcome<@Nullable JournalEntry> outcome) {
        memory.snapshot(stream, outcome);
    }

    @Override
    public void delete(String stream, Outcome<StreamExtent> outcome) {
        memory.delete(stream, outcome);
    }

    @Override
    public void streams(String prefix, Outcome<List<String>> outcome) {
        memory.streams(prefix, outcome);
    }
}
