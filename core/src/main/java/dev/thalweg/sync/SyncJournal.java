package dev.thalweg.sync;

import dev.thalweg.eventgraph.DocumentKind;
import dev.thalweg.eventgraph.EventDocument;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.replication.Journal;
import dev.thalweg.replication.JournalEntry;
import dev.thalweg.replication.StreamExtent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the events of a document in a stream of a journal: a record for each push, and a snapshot for all before it. Nobody
 * else may write to the stream meanwhile.
 *
 * <p>Not for use by several threads at once.
 */
/*
 * A record holds the events that a push added, as EventFormat writes them, and so says of what kind the document is; before
 * the first, it is of none. A record that cannot be read is passed over: what
 * it held is not here then, replicas that have it see that and bring it again, and what was built on it waits until then.
 */
public final class SyncJournal {
    private static final int PAGE = 100;

    private final Journal journal;
    private final String stream;
    private final String agent;
    private final SyncLimits limits;
    private final List<String> damage = new ArrayList<>();
    private @Nullable EventDocument<?> document;
    private int version;
    /* Records since the snapshot. */
    private int records;
    private boolean saving;

    private SyncJournal(Journal journal, String stream, String agent, SyncLimits limits) {
        this.journal = journal;
        this.stream = stream;
        this.agent = agent;
        this.limits = limits;
    }

    /**
     * Reads a stream.
     *
     * @param agent   as whom the document is edited from here on. What was told to others just before a crash may not be in
     *                the stream, so that whoever tells before it is kept takes a new name each time
     * @param outcome hears the document when it is as it was
     */
    public static void open(Journal journal, String stream, String agent, SyncLimits limits,
            Outcome<SyncJournal> outcome) {
        SyncJournal opened = new SyncJournal(journal, stream, agent, limits);
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
                    EventDocument<?> kept = declare(DocumentKind.of(intact.bytes()));
                    kept.merge(kept.read(intact.bytes()));
                } catch (ProtocolException e) {
                    forgetEmpty();
                    damage.add(place(snapshot) + e.getMessage());
                }
            }
            case JournalEntry.Damaged damaged -> damage.add(place(snapshot) + damaged.reason());
        }
    }

    private String place(boolean snapshot) {
        return stream + (snapshot ? ", snapshot of record " : ", record ") + version + ": ";
    }

    /** What is kept, or null while nobody has written anything. */
    @Nullable
    EventDocument<?> document() {
        return document;
    }

    /**
     * What is kept, as a document of a kind.
     *
     * @throws ProtocolException when it is of another kind
     */
    public EventDocument<?> declare(DocumentKind kind) throws ProtocolException {
        EventDocument<?> kept = document;
        if (kept == null) {
            kept = SyncDocuments.create(kind, agent);
            document = kept;
        } else if (kept.kind() != kind) {
            throw new ProtocolException(otherKind(kept, kind));
        }
        return kept;
    }

    /** What is said to somebody who takes a document to be of another kind. */
    static String otherKind(EventDocument<?> document, DocumentKind asked) {
        return "the document is of kind " + document.kind().label() + ", not " + asked.label();
    }

    /** Makes nothing of a document that nothing has come into. */
    void forgetEmpty() {
        EventDocument<?> kept = document;
        if (kept != null && kept.graph().size() == 0 && kept.waiting() == 0) {
            document = null;
        }
    }

    /** What could not be read, for a person. */
    public List<String> damage() {
        return List.copyOf(damage);
    }

    /** Writes what is new, which the document has already. @param outcome hears when it is durable */
    public void append(byte[] events, Outcome<StreamExtent> outcome) {
        int before = version;
        version++;
        records++;
        journal.append(stream, before, List.of(events), outcome);
    }

    /** Puts a snapshot in place of the records when there are many; whether that works makes no difference to anybody. */
    public void compact() {
        EventDocument<?> kept = document;
        if (kept == null || records < limits.maxRecords() || saving) {
            return;
        }
        saving = true;
        records = 0;
        int upTo = version;
        journal.save(stream, upTo, kept.encode(), new Outcome<>() {
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
