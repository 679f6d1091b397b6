package dev.thalweg.replication.eventsourcing;

import dev.thalweg.crdt.VersionVector;
import dev.thalweg.json.CompactJson;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.replication.Journal;
import dev.thalweg.replication.JournalEntry;
import dev.thalweg.replication.StreamExtent;
import dev.thalweg.replication.Subscribers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What a node writes down of an entity: records that gather while others are on their way, and a snapshot in place of
 * those before it. Calls of a journal take effect in order, so a record is never durable before one that it needs.
 */
final class EntityJournal {
    private static final int PAGE = 512;
    private static final int DAMAGED = 410;

    private final Journal journal;
    private final String stream;
    private final ReplicatedEntity.Reports reports;
    private final Owner owner;
    private final List<JsonValue> records = new ArrayList<>();
    private final List<Outcome<@Nullable Void>> afterwards = new ArrayList<>();
    private boolean writing;
    private int kept;

    /** Whose journal it is. */
    interface Owner {
        /** Takes a record, or the snapshot, that was written before. */
        void restore(JournalEntry entry) throws ProtocolException;

        /** All events that are in the records so far, written or not. */
        VersionVector seen();

        /** So much is durable now. */
        void durable(VersionVector events);

        /** The journal failed. Nobody knows what is there now: whoever opens the entity again finds out. */
        void broken();
    }

    EntityJournal(Journal journal, String stream, ReplicatedEntity.Reports reports, Owner owner) {
        this.journal = journal;
        this.stream = stream;
        this.reports = reports;
        this.owner = owner;
    }

    /** Gives the owner all there is. @param outcome fails when something cannot be read */
    void replay(Outcome<@Nullable Void> outcome) {
        journal.snapshot(stream, new Outcome<@Nullable JournalEntry>() {
            @Override
            public void succeeded(@Nullable JournalEntry snapshot) {
                if (snapshot == null || restored(snapshot, outcome)) {
                    replay(snapshot == null ? 0 : snapshot.version(), outcome);
                }
            }

            @Override
            public void failed(Failure failure) {
                outcome.failed(failure);
            }
        });
    }

    private void replay(int after, Outcome<@Nullable Void> outcome) {
        journal.read(stream, after, PAGE, new Outcome<>() {
            @Override
            public void succeeded(List<JournalEntry> entries) {
                int last = after;
                for (JournalEntry entry : entries) {
                    last = entry.version();
                    kept++;
                    if (!restored(entry, outcome)) {
                        return;
                    }
                }
                if (last > after) {
                    replay(last, outcome);
                } else {
                    outcome.succeeded(null);
                }
            }

            @Override
            public void failed(Failure failure) {
                outcome.failed(failure);
            }
        });
    }

    /* Whether it could be read. What could not may be an event of this node, or what others rely on that it knows. */
    private boolean restored(JournalEntry entry, Outcome<?> outcome) {
        try {
            owner.restore(entry);
            return true;
        } catch (ProtocolException | IllegalArgumentException e) {
            outcome.failed(Failure.permanent(DAMAGED, "record " + entry.version() + " of " + stream
                    + " is lost, and the node has to come back under another name: " + e.getMessage()));
            return false;
        }
    }

    /** Adds a record to the next write. */
    void add(JsonValue record) {
        records.add(record);
    }

    /** Writes what was added. @param done hears when all of it is durable */
    void write(Outcome<@Nullable Void> done) {
        afterwards.add(done);
        if (!writing) {
            writeNow();
        }
    }

    private void writeNow() {
        List<Outcome<@Nullable Void>> heard = new ArrayList<>(afterwards);
        afterwards.clear();
        if (records.isEmpty()) {
            told(heard);
            return;
        }
        List<byte[]> bytes = new ArrayList<>(records.size());
        for (JsonValue record : records) {
            bytes.add(CompactJson.encode(record));
        }
        records.clear();
        VersionVector then = owner.seen();
        writing = true;
        journal.append(stream, Journal.ANY, bytes, new Outcome<>() {
            @Override
            public void succeeded(StreamExtent extent) {
                kept += bytes.size();
                owner.durable(then);
                writing = false;
                try {
                    told(heard);
                } finally {
                    if (!writing && (!records.isEmpty() || !afterwards.isEmpty())) {
                        writeNow();
                    }
                }
            }

            @Override
            public void failed(Failure failure) {
                owner.broken();
                reports.refused(stream, failure.message());
                heard.forEach(each -> each.failed(failure));
            }
        });
    }

    private static void told(List<Outcome<@Nullable Void>> heard) {
        Queue<Runnable> calls = new ArrayDeque<>();
        for (Outcome<@Nullable Void> each : heard) {
            calls.add(() -> each.succeeded(null));
        }
        Subscribers.run(calls);
    }

    /** Whether a write is on its way. */
    boolean writing() {
        return writing;
    }

    /** Whether all that was added is durable, and there is enough of it that a snapshot is worth its while. */
    boolean ripe(int enough) {
        return kept >= enough && !writing && records.isEmpty();
    }

    /** Puts a snapshot in place of all records. */
    void snapshot(JsonObject json) {
        kept = 0;
        journal.extent(stream, new Step() {
            @Override
            public void succeeded(StreamExtent extent) {
                save(extent.version(), json);
            }
        });
    }

    private void save(int version, JsonObject json) {
        journal.save(stream, version, CompactJson.encode(json), new Step() {
            @Override
            public void succeeded(StreamExtent extent) {
                journal.truncate(stream, version, new Step() {
                    @Override
                    public void succeeded(StreamExtent left) {}
                });
            }
        });
    }

    /* What fails of a snapshot is reported and does no harm: the records are there. */
    private abstract class Step implements Outcome<StreamExtent> {
        @Override
        public void failed(Failure failure) {
            reports.refused(stream, failure.message());
        }
    }
}
