package dev.thalweg.replication.log;

import dev.thalweg.crdt.Dot;
import dev.thalweg.crdt.VersionVector;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.replication.Journal;
import dev.thalweg.replication.StreamExtent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A replica of a document: commits what is done here to its own log, and reads the logs of others. It works offline;
 * replicas that have read each other's logs have the same document.
 *
 * <p>At any time only one may be open for a replica. If there are two, the one that commits second is refused and
 * closed.
 */
/*
 * A commit is seen here at once and is durable when its outcome succeeds. If it fails, nobody may know whether it is in
 * the log, and later ones build on it: the replica is closed then, and the next one to be opened reads what is there.
 */
public final class ReplicaLog {
    private final Journal journal;
    private final ReplicaLogs logs;
    private final Source own;
    private final BlockOrder order = new BlockOrder();
    private final String writer;
    private BlockDocument document = BlockDocument.EMPTY;
    /* With what is on its way to the journal. */
    private int version;
    private VersionVector acknowledged;
    private @Nullable Failure failure;

    private ReplicaLog(Journal journal, ReplicaLogs logs, Source own) {
        this.journal = journal;
        this.logs = logs;
        this.own = own;
        writer = own.writer();
        version = own.version;
        acknowledged = own.seen;
        join(own.state);
        logs.listen(this::join);
    }

    /**
     * Opens a replica: reads its own log.
     *
     * @param document the document's id, at least one character
     * @param replica  its id, 1 to {@value ReplicaLogs#MAX_REPLICA} characters; no other replica of the document may
     *                 ever have it
     */
    public static void open(Journal journal, String document, String replica, ReplicaLogs.Reports reports,
            Outcome<ReplicaLog> outcome) {
        ReplicaLogs logs = new ReplicaLogs(journal, document, reports);
        logs.advance(replica, new ReplicaLogs.Then<>(outcome) {
            @Override
            public void succeeded(Source own) {
                outcome.succeeded(new ReplicaLog(journal, logs, own));
            }
        });
    }

    /** The document: what was committed here, durable or not yet, and what was read of others. */
    public BlockDocument document() {
        return document;
    }

    /** The ids of its blocks, in order. */
    public List<String> order() {
        return order.ids();
    }

    /** The version of this replica's log, with what is on its way to the journal. */
    public int version() {
        return version;
    }

    /** The logs that are read here. */
    public ReplicaLogs logs() {
        return logs;
    }

    /** Why it is closed, or null while it is not. */
    public @Nullable Failure failure() {
        return failure;
    }

    /**
     * Commits operations, one record each: all of them, or none.
     *
     * @param at      the time here, a whole number from 0 to 2^53 - 1, milliseconds usually; it may run backwards
     * @param outcome hears the version of the log when they are durable
     * @throws IllegalArgumentException when one makes no sense after those before it: it inserts a block that is there,
     *                                  or names one that is not. Then nothing is committed
     * @throws IllegalStateException    when the replica is closed
     */
    public void commit(List<BlockOperation> operations, double at, Outcome<Integer> outcome) {
        requireOpen();
        if (operations.isEmpty()) {
            outcome.succeeded(version);
            return;
        }
        BlockDocument before = document;
        Set<String> changed = new TreeSet<>();
        List<LogEntry> entries = new ArrayList<>(operations.size());
        List<byte[]> records = new ArrayList<>(operations.size());
        try {
            for (BlockOperation operation : operations) {
                changed.add(operation.id());
                BlockDocument delta = document.apply(writer, operation, order, at);
                LogEntry.Verb verb = verb(operation);
                entries.add(new LogEntry.Change(version + entries.size() + 1, verb, operation.id(), at, delta));
                records.add(LogRecords.change(verb, operation.id(), at, delta));
                join(delta);
            }
        } catch (RuntimeException e) {
            document = before;
            for (String id : changed) {
                order.put(id, before.position(id));
            }
            throw e;
        }
        append(records, entries, outcome);
    }

    /** Commits one operation, see {@link #commit(List, double, Outcome)}. */
    public void commit(BlockOperation operation, double at, Outcome<Integer> outcome) {
        commit(List.of(operation), at, outcome);
    }

    /** Reads what is new in the logs of some replicas, and its own. @param outcome hears {@link #document} */
    public void converge(Collection<String> replicas, Outcome<BlockDocument> outcome) {
        logs.converge(replicas, new ReplicaLogs.Then<>(outcome) {
            @Override
            public void succeeded(BlockDocument converged) {
                outcome.succeeded(document);
            }
        });
    }

    /**
     * Writes down how far the logs of others were read, so that they know what this replica does not need any more. When
     * nothing was read since the last time, nothing is written.
     *
     * @param replicas those to say it of
     * @param outcome  hears the version of the log
     */
    public void acknowledge(Collection<String> replicas, Outcome<Integer> outcome) {
        requireOpen();
        VersionVector now = acknowledged;
        for (String replica : replicas) {
            Source source = logs.source(replica);
            if (!replica.equals(own.replica) && source.lastChange > now.get(replica)) {
                now = now.with(new Dot(replica, source.version));
            }
        }
        if (acknowledged.covers(now)) {
            outcome.succeeded(version);
            return;
        }
        acknowledged = now;
        append(List.of(LogRecords.seen(now)), List.of(new LogEntry.Seen(version + 1, now)), outcome);
    }

    /**
     * Saves a snapshot and cuts off the records of this replica's log that all replicas are known to have read; a
     * replica that is not among them, or comes back after it was left out, notices that and starts from the snapshot.
     *
     * @param replicas all replicas of the document
     * @param outcome  hears what the log has then
     */
    public void compact(Collection<String> replicas, Outcome<StreamExtent> outcome) {
        requireOpen();
        Set<String> all = new TreeSet<>(replicas);
        all.add(own.replica);
        logs.converge(all, new ReplicaLogs.Then<>(outcome) {
            @Override
            public void succeeded(BlockDocument converged) {
                int cut = Math.min(own.version, logs.stable(all).get(own.replica));
                if (cut == 0) {
                    journal.extent(own.stream, outcome);
                    return;
                }
                byte[] snapshot = LogRecords
                        .snapshot(new LogRecords.Snapshot(own.epoch, logs.versions(all), converged));
                journal.save(own.stream, cut, snapshot, new ReplicaLogs.Then<>(outcome) {
                    @Override
                    public void succeeded(StreamExtent saved) {
                        journal.truncate(own.stream, cut, outcome);
                    }
                });
            }
        });
    }

    private static LogEntry.Verb verb(BlockOperation operation) {
        return switch (operation) {
            case BlockOperation.Insert insert -> LogEntry.Verb.INSERT;
            case BlockOperation.Update update -> LogEntry.Verb.UPDATE;
            case BlockOperation.Delete delete -> LogEntry.Verb.DELETE;
            case BlockOperation.Move move -> LogEntry.Verb.MOVE;
        };
    }

    private void append(List<byte[]> records, List<LogEntry> entries, Outcome<Integer> outcome) {
        int before = version;
        version += records.size();
        int after = version;
        journal.append(own.stream, before, records, new Outcome<>() {
            @Override
            public void succeeded(StreamExtent extent) {
                logs.take(own, entries);
                outcome.succeeded(after);
            }

            @Override
            public void failed(Failure why) {
                if (failure == null) {
                    failure = why;
                }
                outcome.failed(why);
            }
        });
    }

    private void requireOpen() {
        if (failure != null) {
            throw new IllegalStateException("the replica is closed: " + failure.message());
        }
    }

    private void join(BlockDocument delta) {
        Set<String> touched = document.touched(delta);
        document = document.join(delta);
        for (String id : touched) {
            order.put(id, document.position(id));
        }
    }

    /** Throws an {@link IllegalStateException} when an invariant does not hold. For tests. */
    public void check() {
        document.check();
        if (!order.ids().equals(document.order())) {
            throw new IllegalStateException("order is " + order.ids().size() + " blocks, kept wrongly");
        }
    }
}
