package dev.thalweg.container;

import dev.thalweg.platform.Timers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is made in one turn of the thread and lets it go as one batch: at the end of the turn, at the end of a
 * batch made by hand, or before anything that comes from the service is processed, since all operations of a batch
 * share one reference sequence number.
 */
final class Outbox {
    /** Takes batches. */
    interface Sink {
        /**
         * @param batchId  the name of a batch that is made again, or null
         * @param together whether they must stay together, or just happened to be made in one turn
         */
        void send(List<PendingOp> operations, @Nullable String batchId, boolean together);
    }

    private final Timers timers;
    private final Sink sink;
    private List<PendingOp> turn = new ArrayList<>();
    private boolean scheduled;
    private int bytes;
    private int depth;
    private int transactions;
    private boolean byHand;

    Outbox(Timers timers, Sink sink) {
        this.timers = timers;
        this.sink = sink;
    }

    /** How many operations wait for their flush. */
    int size() {
        return turn.size();
    }

    /** How many bytes it takes at most to send what waits. */
    int bytes() {
        return bytes;
    }

    /** How many bytes it takes at most to send an operation. */
    static int bytes(PendingOp operation) {
        return bytes(operation.text());
    }

    /** How many bytes it takes at most to send an envelope. */
    static int bytes(String envelope) {
        return 3 * envelope.length() + Draft.ENVELOPE;
    }

    /** Whether a batch is being made by hand. */
    boolean inBatch() {
        return depth > 0;
    }

    /** Which batch is being made by hand, counted from 1; 0 when none is. */
    int transaction() {
        return byHand ? transactions : 0;
    }

    void add(PendingOp operation) {
        turn.add(operation);
        bytes += bytes(operation);
        if (!scheduled && depth == 0) {
            scheduled = true;
            timers.schedule(0, () -> {
                scheduled = false;
                flush();
            });
        }
    }

    /** Lets go what was collected, unless a batch is being made. */
    void flush() {
        if (depth == 0 && !turn.isEmpty()) {
            sink.send(take(0), null, false);
        }
    }

    /** Makes a batch by hand; what it made is taken back when it throws. */
    void batch(Runnable edits) {
        flush();
        int start = turn.size();
        boolean outermost = !byHand;
        if (outermost) {
            transactions++;
            byHand = true;
        }
        depth++;
        boolean done = false;
        try {
            edits.run();
            done = true;
        } finally {
            if (!done) {
                rollback(take(start));
            }
            depth--;
            byHand = !outermost;
            if (depth == 0 && !turn.isEmpty()) {
                sink.send(take(0), null, true);
            }
        }
    }

    /** Makes a batch again: whatever is made meanwhile goes under its name, even if it is nothing. */
    void resubmit(String batchId, Runnable edits) {
        flush();
        depth++;
        try {
            edits.run();
        } finally {
            depth--;
        }
        sink.send(take(0), batchId, true);
    }

    /** Takes out what was collected from a place on. */
    List<PendingOp> take(int from) {
        if (from == 0) {
            List<PendingOp> all = turn;
            turn = new ArrayList<>();
            bytes = 0;
            return all;
        }
        List<PendingOp> tail = new ArrayList<>(turn.subList(from, turn.size()));
        turn.subList(from, turn.size()).clear();
        tail.forEach(operation -> bytes -= bytes(operation));
        return tail;
    }

    private static void rollback(List<PendingOp> operations) {
        for (int i = operations.size() - 1; i >= 0; i--) {
            operations.get(i).owner().rollback(operations.get(i));
        }
    }
}
