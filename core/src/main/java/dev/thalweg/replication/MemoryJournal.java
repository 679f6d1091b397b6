package dev.thalweg.replication;

import dev.thalweg.platform.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps streams as long as the program runs. Outcomes arrive before a call returns. */
public final class MemoryJournal implements Journal {
    private static final class Stream {
        /* Those that are there are from `first` on; what was cut is dropped once it is half of the list. */
        private List<byte[]> records = new ArrayList<>();
        private int first;
        private int truncated;
        private JournalEntry.@Nullable Intact snapshot;

        int version() {
            return truncated + records.size() - first;
        }

        StreamExtent extent() {
            return new StreamExtent(truncated, version());
        }

        void truncate(int upTo) {
            for (; truncated < upTo; truncated++) {
                records.set(first++, NOTHING);
            }
            if (2 * first > records.size()) {
                records = new ArrayList<>(records.subList(first, records.size()));
                first = 0;
            }
        }
    }

    private static final byte[] NOTHING = {};

    private final Map<String, Stream> streams = new HashMap<>();

    @Override
    public void append(String name, int expected, List<byte[]> records, Outcome<StreamExtent> outcome) {
        JournalLimits.name(name);
        JournalLimits.records(expected, records);
        Stream stream = streams.get(name);
        int version = stream == null ? 0 : stream.version();
        if (expected != ANY && expected != version) {
            outcome.failed(JournalLimits.stale(name, version, expected));
            return;
        }
        Stream grown = of(name);
        grown.records.addAll(records);
        outcome.succeeded(grown.extent());
    }

    @Override
    public void read(String name, int after, int limit, Outcome<List<JournalEntry>> outcome) {
        JournalLimits.name(name);
        JournalLimits.page(after, limit);
        List<JournalEntry> entries = new ArrayList<>();
        Stream stream = streams.get(name);
        if (stream != null) {
            int version = Math.max(after, stream.truncated);
            for (int left = limit; left > 0 && version < stream.version(); left--) {
                byte[] bytes = stream.records.get(stream.first + version - stream.truncated);
                version++;
                entries.add(new JournalEntry.Intact(version, bytes));
            }
        }
        outcome.succeeded(entries);
    }

    @Override
    public void extent(String name, Outcome<StreamExtent> outcome) {
        Stream stream = streams.get(JournalLimits.name(name));
        outcome.succeeded(stream == null ? StreamExtent.EMPTY : stream.extent());
    }

    @Override
    public void truncate(String name, int upTo, Outcome<StreamExtent> outcome) {
        JournalLimits.name(name);
        JournalLimits.version(upTo);
        Stream stream = streams.get(name);
        int version = stream == null ? 0 : stream.version();
        if (upTo > version) {
            outcome.failed(JournalLimits.stale(name, version, upTo));
            return;
        }
        if (stream != null) {
            stream.truncate(upTo);
        }
        outcome.succeeded(stream == null ? StreamExtent.EMPTY : stream.extent());
    }

    @Override
    public void save(String name, int version, byte[] snapshot, Outcome<StreamExtent> outcome) {
        JournalLimits.name(name);
        JournalLimits.version(version);
        JournalLimits.record(snapshot);
        Stream stream = streams.get(name);
        JournalEntry.Intact before = stream == null ? null : stream.snapshot;
        if (before != null && before.version() > version) {
            outcome.failed(JournalLimits.stale(name, before.version(), version));
            return;
        }
        Stream saved = of(name);
        saved.snapshot = new JournalEntry.Intact(version, snapshot);
        outcome.succeeded(saved.extent());
    }

    @Override
    public void snapshot(String name, Outcome<@Nullable JournalEntry> outcome) {
        Stream stream = streams.get(JournalLimits.name(name));
        outcome.succeeded(stream == null ? null : stream.snapshot);
    }

    @Override
    public void delete(String name, Outcome<StreamExtent> outcome) {
        streams.remove(JournalLimits.name(name));
        outcome.succeeded(StreamExtent.EMPTY);
    }

    @Override
    public void streams(String prefix, Outcome<List<String>> outcome) {
        JournalLimits.prefix(prefix);
        List<String> names = new ArrayList<>();
        for (String name : streams.keySet()) {
            if (name.startsWith(prefix)) {
                names.add(name);
            }
        }
        Collections.sort(names);
        outcome.succeeded(names);
    }

    private Stream of(String name) {
        Stream stream = streams.get(name);
        if (stream == null) {
            stream = new Stream();
            streams.put(name, stream);
        }
        return stream;
    }
}
