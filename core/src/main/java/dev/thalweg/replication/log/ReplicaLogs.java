package dev.thalweg.replication.log;

import dev.thalweg.bytes.Percent;
import dev.thalweg.crdt.Dot;
import dev.thalweg.crdt.VersionVector;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.replication.Journal;
import dev.thalweg.replication.JournalEntry;
import dev.thalweg.replication.JournalLimits;
import dev.thalweg.replication.StreamExtent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the logs of a document's replicas. Whoever reads the same logs has the same document, in whatever order and
 * however often they are read. What was read stays: each time only what is new is read and joined.
 *
 * <p>A record that cannot be read is set aside and reported; the document is then that of all others.
 */
public final class ReplicaLogs {
    /** A replica id has at most so many UTF-16 code units. */
    public static final int MAX_REPLICA = 200;

    private static final int PAGE = 512;

    private final Journal journal;
    private final String document;
    private final Reports reports;
    private final Map<String, Source> sources = new TreeMap<>();
    /* The logs that were last read together, with what they come to: kept up to date while they grow. */
    private Set<String> together = Set.of();
    private BlockDocument converged = BlockDocument.EMPTY;

    /** Hears what was set aside. */
    @FunctionalInterface
    public interface Reports {
        /**
         * Some records of a replica are missing from the document.
         *
         * @param from   the first version
         * @param to     the last version
         * @param reason for a person
         */
        void setAside(String replica, int from, int to, String reason);
    }

    /** Hears what is new. */
    @FunctionalInterface
    interface Listener {
        void joined(BlockDocument delta);
    }

    private Listener listener = delta -> {
    };

    /**
     * Reads nothing yet.
     *
     * @param document the document's id, at least one character
     */
    public ReplicaLogs(Journal journal, String document, Reports reports) {
        this.journal = journal;
        this.document = document;
        this.reports = reports;
        JournalLimits.name(prefix(document));
    }

    /** The stream of a replica: {@code crdt:<document>:<replica>}, with colons and percent signs percent-encoded. */
    public static String stream(String document, String replica) {
        if (replica.isEmpty() || replica.length() > MAX_REPLICA) {
            throw new IllegalArgumentException(
                    "a replica id has 1 to " + MAX_REPLICA + " characters, this one " + replica.length());
        }
        return JournalLimits.name(prefix(document) + plain(replica));
    }

    private static String prefix(String document) {
        if (document.isEmpty()) {
            throw new IllegalArgumentException("a document id has at least 1 character");
        }
        return "crdt:" + plain(document) + ":";
    }

    private static String plain(String id) {
        return id.replace("%", "%25").replace(":", "%3A");
    }

    /** Lists the replicas that have a log, sorted by UTF-16 code unit of their streams' names. */
    public void replicas(Outcome<List<String>> outcome) {
        String prefix = prefix(document);
        journal.streams(prefix, new Then<>(outcome) {
            @Override
            public void succeeded(List<String> names) {
                List<String> replicas = new ArrayList<>(names.size());
                for (String name : names) {
                    String replica = Percent.decode(name.substring(prefix.length()));
                    if (replica != null && !replica.isEmpty() && replica.length() <= MAX_REPLICA) {
                        replicas.add(replica);
                    }
                }
                outcome.succeeded(replicas);
            }
        });
    }

    /** The version of a replica's log. */
    public void version(String replica, Outcome<Integer> outcome) {
        journal.extent(stream(document, replica), new Then<>(outcome) {
            @Override
            public void succeeded(StreamExtent extent) {
                outcome.succeeded(extent.version());
            }
        });
    }

    /** Reads a replica's log itself, as {@link Journal#read}. */
    public void log(String replica, int after, int limit, Outcome<List<LogEntry>> outcome) {
        journal.read(stream(document, replica), after, limit, new Then<>(outcome) {
            @Override
            public void succeeded(List<JournalEntry> entries) {
                List<LogEntry> log = new ArrayList<>(entries.size());
                for (JournalEntry entry : entries) {
                    log.add(LogRecords.read(entry));
                }
                outcome.succeeded(log);
            }
        });
    }

    /** Replays one replica's log: what the document would be if it were alone, but for what its snapshot knows of others. */
    public void replay(String replica, Outcome<BlockDocument> outcome) {
        advance(replica, new Then<>(outcome) {
            @Override
            public void succeeded(Source source) {
                outcome.succeeded(source.state);
            }
        });
    }

    /** Replays the logs of some replicas, and joins what they come to. */
    public void converge(Collection<String> replicas, Outcome<BlockDocument> outcome) {
        Set<String> wanted = new TreeSet<>(replicas);
        if (wanted.isEmpty()) {
            outcome.succeeded(BlockDocument.EMPTY);
            return;
        }
        /* All at once; the last to arrive, or the first to fail, answers. */
        int[] left = {wanted.size()};
        for (String replica : wanted) {
            advance(replica, new Outcome<>() {
                @Override
                public void succeeded(Source source) {
                    left[0]--;
                    if (left[0] == 0) {
                        outcome.succeeded(joined(wanted));
                    }
                }

                @Override
                public void failed(Failure failure) {
                    if (left[0] > 0) {
                        left[0] = -1;
                        outcome.failed(failure);
                    }
                }
            });
        }
    }

    private BlockDocument joined(Set<String> wanted) {
        if (!together.equals(wanted)) {
            together = wanted;
            converged = BlockDocument.EMPTY;
            for (String replica : wanted) {
                converged = converged.join(source(replica).state);
            }
        }
        return converged;
    }

    /**
     * What each of some replicas is known to have read: how much of each one's log. Whatever is in it, none of them needs
     * any more. Only as far as the logs were read.
     */
    public VersionVector stable(Collection<String> replicas) {
        @Nullable
        VersionVector stable = null;
        for (String replica : replicas) {
            VersionVector known = source(replica).known();
            stable = stable == null ? known : stable.meet(known);
        }
        return stable == null ? VersionVector.EMPTY : stable;
    }

    /** How much of each log was read, of those that have anything. */
    public VersionVector versions(Collection<String> replicas) {
        VersionVector versions = VersionVector.EMPTY;
        for (String replica : replicas) {
            int version = source(replica).version;
            versions = version == 0 ? versions : versions.with(new Dot(replica, version));
        }
        return versions;
    }

    void listen(Listener heard) {
        listener = heard;
    }

    Source source(String replica) {
        Source source = sources.get(replica);
        if (source == null) {
            source = new Source(document, replica);
            sources.put(replica, source);
        }
        return source;
    }

    /** Takes entries into account that follow what was read; others are passed over. */
    void take(Source source, List<LogEntry> entries) {
        for (LogEntry entry : entries) {
            if (entry.version() == source.version + 1) {
                BlockDocument delta = source.take(entry);
                if (entry instanceof LogEntry.SetAside lost) {
                    reports.setAside(source.replica, lost.version(), lost.version(), lost.reason());
                }
                join(source, delta);
            }
        }
    }

    private void join(Source source, BlockDocument delta) {
        if (together.contains(source.replica)) {
            converged = converged.join(delta);
        }
        listener.joined(delta);
    }

    /** Reads what is new in a log. */
    void advance(String replica, Outcome<Source> outcome) {
        new Advance(source(replica), outcome).start();
    }

    /* Goes on by itself while answers come at once, so that the stack does not grow with the log. */
    private final class Advance {
        private final Source source;
        private final Outcome<Source> outcome;
        private int end;
        private boolean going;
        private boolean again;

        Advance(Source source, Outcome<Source> outcome) {
            this.source = source;
            this.outcome = outcome;
        }

        void start() {
            journal.extent(source.stream, new Then<>(outcome) {
                @Override
                public void succeeded(StreamExtent extent) {
                    end = extent.version();
                    if (end < source.version) {
                        reports.setAside(source.replica, end + 1, source.version, "the log ends before them now");
                        source.epoch = Math.max(source.epoch, source.version);
                        source.version = end;
                    }
                    /* A new reader starts from the snapshot, and so does one that lags behind what was cut off. */
                    if (source.version < extent.truncated() || source.version == 0) {
                        snapshot(extent.truncated());
                    } else {
                        read();
                    }
                }
            });
        }

        private void snapshot(int truncated) {
            journal.snapshot(source.stream, new Outcome<@Nullable JournalEntry>() {
                @Override
                public void succeeded(@Nullable JournalEntry entry) {
                    resume(entry, truncated);
                    read();
                }

                @Override
                public void failed(Failure failure) {
                    outcome.failed(failure);
                }
            });
        }

        private void resume(@Nullable JournalEntry entry, int truncated) {
            String reason = "they were cut off, and there is no snapshot";
            if (entry instanceof JournalEntry.Damaged damaged) {
                reason = "the snapshot in their place is damaged: " + damaged.reason();
            } else if (entry instanceof JournalEntry.Intact intact) {
                try {
                    LogRecords.Snapshot snapshot = LogRecords.readSnapshot(intact.bytes());
                    source.take(snapshot, intact.version());
                    join(source, snapshot.state());
                    reason = "they were cut off, and the snapshot is older";
                } catch (ProtocolException e) {
                    reason = "the snapshot in their place cannot be read: " + e.getMessage();
                }
            }
            if (source.version < truncated) {
                reports.setAside(source.replica, source.version + 1, truncated, reason);
                source.version = truncated;
                source.epoch = Math.max(source.epoch, truncated);
            }
        }

        private void read() {
            if (going) {
                again = true;
                return;
            }
            going = true;
            do {
                again = false;
                if (source.version >= end) {
                    outcome.succeeded(source);
                    break;
                }
                journal.read(source.stream, source.version, PAGE, new Then<>(outcome) {
                    @Override
                    public void succeeded(List<JournalEntry> entries) {
                        page(entries);
                    }
                });
            } while (again);
            going = false;
        }

        private void page(List<JournalEntry> entries) {
            /* Cut off since the extent was asked for: begin anew. */
            if (entries.isEmpty() || entries.get(0).version() > source.version + 1) {
                start();
                return;
            }
            List<LogEntry> log = new ArrayList<>(entries.size());
            for (JournalEntry entry : entries) {
                log.add(LogRecords.read(entry));
            }
            take(source, log);
            read();
        }
    }

    /** An outcome that passes failures on. */
    abstract static class Then<T> implements Outcome<T> {
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
