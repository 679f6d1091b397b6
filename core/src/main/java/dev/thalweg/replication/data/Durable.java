package dev.thalweg.replication.data;

import dev.thalweg.json.CompactJson;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonLimits;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.replication.Journal;
import dev.thalweg.replication.JournalEntry;
import dev.thalweg.replication.JournalLimits;
import dev.thalweg.replication.StreamExtent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Keeps the entries of some keys in a stream of a journal. */
final class Durable {
    /*
     * A record is an entry or a delta of one; what there is is all of them joined, so their order does not matter and a
     * record that cannot be read costs what it says and nothing else. Changes that come while records are being written
     * wait, joined by key, and are written together.
     *
     * A round of pruning is a record, too, and every entry says in which round it was written: those that follow are not to
     * be joined to those before it as they were. Should the record of a round be lost, what was written before it is of no
     * use, and comes from the other nodes.
     *
     * When much more has been written than there is, everything is written once more, whole, and what was before it is
     * cut off. A crash in between leaves both.
     */
    private static final int PAGE = 512;
    private static final int SPARE = 1000;
    private static final JsonLimits LIMITS = new JsonLimits(Message.MAX_DEPTH, JournalLimits.MAX_RECORD);

    private final Journal journal;
    private final String stream;
    private final Predicate<Key<?>> durable;
    private final Store store;
    private Horizon horizon = Horizon.START;
    private Batch waiting = new Batch();
    private @Nullable Batch writing;
    private int kept;
    private int records;

    private static final class Batch {
        final Map<String, Entry<?>> entries = new LinkedHashMap<>();
        final List<JsonObject> horizons = new ArrayList<>();
        final List<Outcome<@Nullable Void>> heard = new ArrayList<>();
    }

    /** Takes what was recovered. */
    interface Recovery {
        /** @param tag the round in which it was written */
        void recovered(Entry<?> entry, String tag) throws ProtocolException;

        /**
         * A round of pruning.
         *
         * @param reset  whether nothing was left of what there was before
         * @param joined whether all of that stayed as it was
         */
        void recovered(Horizon horizon, boolean reset, boolean joined);

        /** A record is lost. */
        void damaged(int version, String reason);
    }

    Durable(Journal journal, String stream, Predicate<Key<?>> durable, Store store) {
        this.journal = journal;
        this.stream = stream;
        this.durable = durable;
        this.store = store;
    }

    /** Reads what is there. @param recovered hears when that is done */
    void recover(Map<String, DataType<?>> types, Recovery recovery, Outcome<@Nullable Void> recovered) {
        journal.extent(stream, new Outcome<>() {
            @Override
            public void succeeded(StreamExtent extent) {
                page(types, extent.truncated(), extent.version(), recovery, recovered);
            }

            @Override
            public void failed(Failure failure) {
                recovered.failed(failure);
            }
        });
    }

    /* A memory journal answers at once: a page of many records keeps the stack low. */
    private void page(Map<String, DataType<?>> types, int after, int end, Recovery recovery,
            Outcome<@Nullable Void> recovered) {
        if (after >= end) {
            recovered.succeeded(null);
            return;
        }
        journal.read(stream, after, PAGE, new Outcome<>() {
            @Override
            public void succeeded(List<JournalEntry> entries) {
                int last = end;
                for (JournalEntry entry : entries) {
                    last = entry.version();
                    records++;
                    switch (entry) {
                        case JournalEntry.Intact intact -> read(types, intact, recovery);
                        case JournalEntry.Damaged damaged -> recovery.damaged(damaged.version(), damaged.reason());
                    }
                }
                page(types, last, end, recovery, recovered);
            }

            @Override
            public void failed(Failure failure) {
                recovered.failed(failure);
            }
        });
    }

    private static void read(Map<String, DataType<?>> types, JournalEntry.Intact record, Recovery recovery) {
        try {
            JsonObject json = JsonCasts.object(CompactJson.decode(record.bytes(), LIMITS), "record");
            if (json.has("horizon")) {
                recovery.recovered(Horizon.read(json.object("horizon")), json.optionalBool("reset", false),
                        json.optionalBool("joined", false));
            } else {
                String tag = json.optionalString("h");
                recovery.recovered(Entry.read(json, types), tag == null ? Horizon.START.tag() : tag);
            }
        } catch (ProtocolException e) {
            recovery.damaged(record.version(), String.valueOf(e.getMessage()));
        }
    }

    /** Something was changed, or recovered. @param anew whether the key was not there before */
    void count(Key<?> key, boolean anew) {
        kept += anew && durable.test(key) ? 1 : 0;
    }

    /** Counts again what there is, after much has changed at once. */
    void recount() {
        kept = 0;
        for (Entry<?> entry : store.all()) {
            count(entry.key, true);
        }
    }

    /** Nothing that is here was forgotten up to this round. */
    void join(Horizon next) {
        horizon = next;
        waiting.horizons.add(JsonObject.of("horizon", next.toJson()).with("joined", JsonValue.of(true)));
    }

    /** Everything goes through a round of pruning. */
    void lift(Horizon next) {
        horizon = next;
        waiting.horizons.add(JsonObject.of("horizon", next.toJson()));
        for (Map.Entry<String, Entry<?>> each : new ArrayList<>(waiting.entries.entrySet())) {
            Entry<?> lifted = next.lift(each.getValue());
            if (lifted == null) {
                waiting.entries.remove(each.getKey());
            } else {
                waiting.entries.put(each.getKey(), lifted);
            }
        }
        recount();
    }

    /** Nothing is left of what there was. */
    void reset(Horizon next) {
        horizon = next;
        waiting.entries.clear();
        waiting.horizons.clear();
        waiting.horizons.add(JsonObject.of("horizon", next.toJson()).with("reset", JsonValue.of(true)));
        kept = 0;
    }

    /** What was recovered is in this round. */
    void recovered(Horizon current) {
        horizon = current;
        recount();
    }

    /** An entry was changed, which {@link #sync} will see to. */
    void changed(Entry<?> delta) {
        if (durable.test(delta.key)) {
            put(waiting.entries, delta);
        }
    }

    /* Entries of one name are of one type. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static void put(Map<String, Entry<?>> entries, Entry delta) {
        Entry<?> before = entries.get(delta.key.name());
        entries.put(delta.key.name(), before == null ? delta : delta.join(before));
    }

    /** Writes what was changed so far. @param heard hears when all of that is durable, at once where it is */
    void sync(Outcome<@Nullable Void> heard) {
        Batch now = writing;
        if (waiting.entries.isEmpty() && waiting.horizons.isEmpty()) {
            if (now == null) {
                heard.succeeded(null);
            } else {
                now.heard.add(heard);
            }
            return;
        }
        waiting.heard.add(heard);
        if (now == null) {
            write();
        }
    }

    private void write() {
        Batch batch = waiting;
        waiting = new Batch();
        writing = batch;
        List<byte[]> bytes = new ArrayList<>(batch.horizons.size() + batch.entries.size());
        for (JsonObject each : batch.horizons) {
            bytes.add(CompactJson.encode(each));
        }
        for (Entry<?> entry : batch.entries.values()) {
            bytes.add(record(entry));
        }
        append(bytes, 0, new Outcome<>() {
            @Override
            public void succeeded(StreamExtent extent) {
                records += bytes.size();
                writing = null;
                told(batch);
                next();
            }

            @Override
            public void failed(Failure failure) {
                /* It stays to be written, with the next change: whoever asks for durability then must get it. */
                writing = null;
                waiting.horizons.addAll(0, batch.horizons);
                for (String name : batch.entries.keySet()) {
                    Entry<?> now = store.get(name);
                    if (now != null) {
                        put(waiting.entries, now);
                    }
                }
                List<Outcome<@Nullable Void>> later = new ArrayList<>(waiting.heard);
                waiting.heard.clear();
                batch.heard.forEach(heard -> heard.failed(failure));
                later.forEach(heard -> heard.failed(failure));
            }
        });
    }

    private byte[] record(Entry<?> entry) {
        JsonObject json = entry.toJson();
        return CompactJson.encode(horizon.round == 0 ? json : json.with("h", JsonValue.of(horizon.tag())));
    }

    private void next() {
        if (writing != null) {
            return;
        }
        if (!waiting.entries.isEmpty() || !waiting.horizons.isEmpty()) {
            write();
        } else if (records > 2 * kept + SPARE) {
            rewrite();
        }
    }

    private void rewrite() {
        Batch batch = new Batch();
        writing = batch;
        List<byte[]> bytes = new ArrayList<>();
        if (horizon.round > 0 && horizon.isKnown()) {
            bytes.add(CompactJson.encode(JsonObject.of("horizon", horizon.toJson())));
        }
        for (Entry<?> entry : store.all()) {
            if (durable.test(entry.key)) {
                bytes.add(record(entry));
            }
        }
        if (bytes.isEmpty()) {
            rewritten(batch, 0);
            return;
        }
        append(bytes, 0, new Outcome<>() {
            @Override
            public void succeeded(StreamExtent extent) {
                journal.truncate(stream, extent.version() - bytes.size(), new Outcome<>() {
                    @Override
                    public void succeeded(StreamExtent left) {
                        rewritten(batch, bytes.size());
                    }

                    @Override
                    public void failed(Failure failure) {
                        rewritten(batch, 0);
                    }
                });
            }

            @Override
            public void failed(Failure failure) {
                rewritten(batch, 0);
            }
        });
    }

    /* Whoever waited meanwhile had nothing to be written. When it failed, another try comes after as many records again. */
    private void rewritten(Batch batch, int written) {
        records = written;
        writing = null;
        told(batch);
        next();
    }

    private static void told(Batch batch) {
        for (Outcome<@Nullable Void> heard : batch.heard) {
            heard.succeeded(null);
        }
    }

    /* All of them, as many at once as a journal takes. */
    private void append(List<byte[]> bytes, int from, Outcome<StreamExtent> outcome) {
        int to = Math.min(bytes.size(), from + JournalLimits.MAX_RECORDS);
        journal.append(stream, Journal.ANY, new ArrayList<>(bytes.subList(from, to)), new Outcome<>() {
            @Override
            public void succeeded(StreamExtent extent) {
                if (to == bytes.size()) {
                    outcome.succeeded(extent);
                } else {
                    append(bytes, to, outcome);
                }
            }

            @Override
            public void failed(Failure failure) {
                outcome.failed(failure);
            }
        });
    }
}
