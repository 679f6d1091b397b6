package dev.thalweg.notes;

import dev.thalweg.bytes.Utf8;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.platform.Timers;
import dev.thalweg.replication.Journal;
import dev.thalweg.replication.JournalEntry;
import dev.thalweg.replication.Membership;
import dev.thalweg.replication.Messenger;
import dev.thalweg.replication.StreamExtent;
import dev.thalweg.replication.log.Block;
import dev.thalweg.replication.log.BlockDocument;
import dev.thalweg.replication.log.BlockOperation;
import dev.thalweg.replication.log.LogEntry;
import dev.thalweg.replication.log.ReplicaLog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The notes of one tab: a replica log of its own, the logs of other tabs as far as they came, and what of its own no other
 * tab is known to have read.
 */
/*
 * What was shared is read off the logs: a replica that has read others writes that into its own log, which travels like
 * everything else. So a tab that is opened again knows it without asking anybody.
 */
final class Notebook {
    private static final String DOCUMENT = "notes";
    /* Holds one record, the id that the replica was given when the database was made. */
    private static final String IDENTITY = "identity";
    private static final int PAGE = 500;

    private final ReplicaLog log;
    private final LogExchange exchange;
    private final String replica;
    private final Timers timers;
    private final Listener listener;
    /* The blocks of changes made here that nobody else is known to have, by version. */
    private final TreeMap<Integer, String> unshared = new TreeMap<>();
    private boolean reading;
    private boolean again;

    /** Hears what happens. */
    interface Listener {
        /** The notes, or what is known to be shared of them, may have changed. */
        void changed();

        /** Something went wrong. @param reason for a person */
        void failed(String reason);
    }

    private Notebook(ReplicaLog log, Journal journal, String replica, Messenger messenger, Membership members,
            Timers timers, Listener listener) {
        this.log = log;
        this.replica = replica;
        this.timers = timers;
        this.listener = listener;
        exchange = new LogExchange(journal, DOCUMENT, replica, messenger, members, timers, new LogExchange.Listener() {
            @Override
            public void grown() {
                read();
            }

            @Override
            public void failed(String reason) {
                listener.failed(reason);
            }
        });
    }

    /**
     * Opens the notes of a tab, offline.
     *
     * @param journal   of this tab alone
     * @param messenger whose own name is the tab's, one letter
     * @param members   all names that tabs may have
     * @param uuid      a fresh one, for a journal that is new
     */
    static void open(Journal journal, Messenger messenger, Membership members, Timers timers, String uuid,
            Listener listener, Outcome<Notebook> outcome) {
        identity(journal, messenger.self() + uuid.replace("-", "").substring(0, 8), new Then<>(outcome) {
            @Override
            public void succeeded(String replica) {
                ReplicaLog.open(journal, DOCUMENT, replica,
                        (from, first, last, reason) -> listener.failed("records " + first + " to " + last + " of tab "
                                + from.charAt(0) + " are missing: " + reason),
                        new Then<>(outcome) {
                            @Override
                            public void succeeded(ReplicaLog log) {
                                Notebook notebook = new Notebook(log, journal, replica, messenger, members, timers,
                                        listener);
                                notebook.start(outcome);
                            }
                        });
            }
        });
    }

    /* A database that was lost is another replica, or it would number its changes like some that others have. */
    private static void identity(Journal journal, String fresh, Outcome<String> outcome) {
        journal.read(IDENTITY, 0, 1, new Then<>(outcome) {
            @Override
            public void succeeded(List<JournalEntry> entries) {
                if (entries.isEmpty()) {
                    journal.append(IDENTITY, 0, List.of(Utf8.encode(fresh)), new Then<>(outcome) {
                        @Override
                        public void succeeded(StreamExtent extent) {
                            outcome.succeeded(fresh);
                        }
                    });
                } else if (entries.get(0) instanceof JournalEntry.Intact intact
                        && isReplica(Utf8.decode(intact.bytes()))) {
                    outcome.succeeded(Utf8.decode(intact.bytes()));
                } else {
                    outcome.failed(Failure.permanent(0, "the database does not say which replica it is of"));
                }
            }
        });
    }

    /** Whether this is an id of a replica: a letter and eight hexadecimal digits. */
    static boolean isReplica(String id) {
        if (id.length() != 9 || id.charAt(0) < 'A' || id.charAt(0) > 'Z') {
            return false;
        }
        for (int i = 1; i < 9; i++) {
            if ("0123456789abcdef".indexOf(id.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    private void start(Outcome<Notebook> outcome) {
        exchange.start(log.logs(), () -> log.converge(exchange.replicas(), new Then<>(outcome) {
            @Override
            public void succeeded(BlockDocument document) {
                recall(shared(), outcome);
            }
        }));
    }

    /* Which of the own changes nobody else has yet. */
    private void recall(int after, Outcome<Notebook> outcome) {
        log.logs().log(replica, after, PAGE, new Then<>(outcome) {
            @Override
            public void succeeded(List<LogEntry> entries) {
                int last = after;
                for (LogEntry entry : entries) {
                    last = entry.version();
                    if (entry instanceof LogEntry.Change change) {
                        unshared.put(last, change.block());
                    }
                }
                if (last == after) {
                    outcome.succeeded(Notebook.this);
                } else {
                    recall(last, outcome);
                }
            }
        });
    }

    /* Up to which version somebody else has read the own log. */
    private int shared() {
        int shared = 0;
        for (String other : exchange.replicas()) {
            if (!other.equals(replica)) {
                shared = Math.max(shared, log.logs().stable(List.of(other)).get(replica));
            }
        }
        return shared;
    }

    /* One at a time; what comes meanwhile is read in one go afterwards. */
    private void read() {
        if (reading) {
            again = true;
            return;
        }
        reading = true;
        again = false;
        log.converge(exchange.replicas(), new Outcome<>() {
            @Override
            public void succeeded(BlockDocument document) {
                reading = false;
                int shared = shared();
                while (!unshared.isEmpty() && unshared.firstKey() <= shared) {
                    unshared.pollFirstEntry();
                }
                if (log.failure() == null) {
                    log.acknowledge(exchange.replicas(), written());
                }
                listener.changed();
                if (again) {
                    read();
                }
            }

            @Override
            public void failed(Failure failure) {
                reading = false;
                listener.failed(failure.message());
            }
        });
    }

    private Outcome<Integer> written() {
        int before = log.version();
        return new Outcome<>() {
            @Override
            public void succeeded(Integer version) {
                exchange.grown(replica, version);
                if (version > before) {
                    exchange.tell();
                }
            }

            @Override
            public void failed(Failure failure) {
                listener.failed("nothing more can be written here: " + failure.message());
            }
        };
    }

    /** The notes, in order. */
    List<Block> notes() {
        List<Block> notes = new ArrayList<>();
        for (String id : log.order()) {
            Block block = log.document().block(id);
            if (block != null) {
                notes.add(block);
            }
        }
        return notes;
    }

    /** The ids of the blocks with changes that nobody else has, one for each change. */
    Collection<String> unshared() {
        return unshared.values();
    }

    /** What two tabs with the same notes have alike. */
    String digest() {
        return log.document().digest();
    }

    /** Whether it speaks with other tabs. */
    boolean isOnline() {
        return exchange.isOnline();
    }

    /** Goes online or offline. */
    void online(boolean on) {
        exchange.online(on);
        listener.changed();
    }

    /** Puts an empty note in front. */
    void add(String id) {
        commit(new BlockOperation.Insert(id, null, JsonObject.EMPTY));
    }

    /** Writes a field of a note. */
    void write(String id, String field, String value) {
        commit(new BlockOperation.Update(id, JsonObject.of(field, JsonValue.of(value))));
    }

    /** Takes a note away. */
    void delete(String id) {
        commit(new BlockOperation.Delete(id));
    }

    /** Moves a note by one place. @param step -1 towards the start, 1 towards the end */
    void move(String id, int step) {
        List<String> others = new ArrayList<>(log.order());
        int at = 0;
        while (at < others.size() && !others.get(at).equals(id)) {
            at++;
        }
        int to = at + step;
        if (to < 0 || to >= others.size()) {
            return;
        }
        others.remove(at);
        @Nullable
        String after = to == 0 ? null : others.get(to - 1);
        commit(new BlockOperation.Move(id, after));
    }

    private void commit(BlockOperation operation) {
        boolean inserts = operation instanceof BlockOperation.Insert;
        if (log.failure() != null || log.document().has(operation.id()) == inserts) {
            return;
        }
        unshared.put(log.version() + 1, operation.id());
        Outcome<Integer> outcome = written();
        log.commit(operation, Math.floor(timers.now()), outcome);
        listener.changed();
    }

    private abstract static class Then<T> implements Outcome<T> {
        private final Outcome<?> next;

        Then(Outcome<?> next) {
            this.next = next;
        }

        @Override
        public void failed(Failure failure) {
            next.failed(failure);
        }
    }
}
