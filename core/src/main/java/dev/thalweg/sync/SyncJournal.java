package dev.thalweg.sync;

import dev.thalweg.eventgraph.TableDocument;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.replication.Journal;
import dev.thalweg.replication.JournalEntry;
import dev.thalweg.replication.StreamExtent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the events of some tables in a stream of a journal: a record for each push, and a snapshot for all before it. */
/*
 * A record holds the events that a push added, as EventFormat writes them. A record that cannot be read is passed over: what
 * it held is not here then, replicas that have it see that and bring it again, and what was built on it waits until then.
 */
final class SyncJournal {
    private static final int PAGE = 100;

    private final Journal journal;
    private final String stream;
    private final SyncLimits limits;
    private final List<String> damage = new ArrayList<>();
    private TableDocument tables;
    private int version;
    /* Records since the snapshot. */
    private int records;
    private boolean saving;

    private SyncJournal(Journal journal, String stream, SyncLimits limits) {
        this.journal = journal;
        this.stream = stream;
        this.limits = limits;
        tables = new TableDocument(stream);
    }

    /** Reads a stream. @param outcome hears the tables when they are as they were */
    static void open(Journal journal, String stream, SyncLimits limits, Outcome<SyncJournal> outcome) {
        SyncJournal opened = new SyncJournal(journal, stream, limits);
        journal.snapshot(stream, new Outcome<>() {
            @Override
            public void succeeded(@Nullable JournalEntry snapshot) {
                if (snapshot != null) {
                    opened.take(snapshot, true);
                }
                opened.read(outcome);
            }

            @Override
            public void failed(Failure failure) {
                outcome.failed(failure);
            }
        });
    }

    private void read(Outcome<SyncJournal> outcome) {
        journal.read(stream, version, PAGE, new Outcome<>() {
            @Override
            public void succeeded(List<JournalEntry> entries) {
                for (JournalEntry entry : entries) {
                    take(entry, false);
                    records++;
                }
                if (entries.isEmpty()) {
                    outcome.succeeded(SyncJournal.this);
                } else {
                    read(outcome);
                }
            }

            @Override
            public void failed(Failure failure) {
                outcome.failed(failure);
            }
        });
    }

    private void take(JournalEntry entry, boolean snapshot) {
        version = entry.version();
        switch (entry) {
            case JournalEntry.Intact intact -> {
                try {
                    if (snapshot) {
                        tables = TableDocument.load(stream, intact.bytes());
                    } else {
                        tables.merge(intact.bytes());
                    }
                } catch (ProtocolException e) {
                    damage.add(place(snapshot) + e.getMessage());
                }
            }
            case JournalEntry.Damaged damaged -> damage.add(place(snapshot) + damaged.reason());
        }
    }

    private String place(boolean snapshot) {
        return stream + (snapshot ? ", snapshot of record " : ", record ") + version + ": ";
    }

    TableDocument tables() {
        return tables;
    }

    /** What could not be read, for a person. */
    List<String> damage() {
        return List.copyOf(damage);
    }

    /** Writes what is new. @param outcome hears when it is durable */
    void append(byte[] events, Outcome<StreamExtent> outcome) {
        int before = version;
        version++;
        records++;
        journal.append(stream, before, List.of(events), outcome);
    }

    /** Puts a snapshot in place of the records when there are many; whether that works makes no difference to anybody. */
    void compact() {
        if (records < limits.maxRecords() || saving) {
            return;
        }
        saving = true;
        records = 0;
        int upTo = version;
        journal.save(stream, upTo, tables.encode(), new Outcome<>() {
            @Override
            public void succeeded(StreamExtent saved) {
                saving = false;
                journal.truncate(stream, upTo, Outcome.ignored());
            }

            @Override
            public void failed(Failure failure) {
                saving = false;
            }
        });
    }
}
