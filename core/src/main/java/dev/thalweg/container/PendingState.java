package dev.thalweg.container;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was made here and not heard back, in order. Acknowledgements come in that order, or something is badly wrong. */
final class PendingState {
    private final ArrayDeque<PendingBatch> batches = new ArrayDeque<>();
    private int count;

    /** How many operations wait. */
    int count() {
        return count;
    }

    void add(PendingBatch batch) {
        batches.add(batch);
        count += batch.operations.size();
    }

    /**
     * Whether the next acknowledgement comes from this connection. It may be an old one: what it sent before it broke
     * is sequenced under the id it had.
     */
    boolean expects(@Nullable String clientId) {
        PendingBatch first = batches.peekFirst();
        return first != null && clientId != null && clientId.equals(first.clientId());
    }

    /**
     * Takes the operations that a message of an expected connection acknowledges.
     *
     * @return null when another message was due
     */
    @Nullable
    List<PendingOp> acknowledge(int clientSequenceNumber) {
        PendingBatch first = batches.getFirst();
        if (first.nextCsn() != clientSequenceNumber) {
            return null;
        }
        List<PendingOp> acked = first.acknowledgeNext();
        if (first.complete()) {
            batches.removeFirst();
        }
        count -= acked.size();
        return acked;
    }

    /** Whether the next acknowledgement is for a chunk that others follow. */
    boolean chunkDue() {
        PendingBatch first = batches.peekFirst();
        return first != null && first.chunkDue();
    }

    /** Whether chunks are acknowledged of a message that is not. */
    boolean insideChunks() {
        PendingBatch first = batches.peekFirst();
        return first != null && first.insideChunks();
    }

    /** The name of the batch that is due next, or null when it has none. */
    @Nullable
    String dueBatchId() {
        PendingBatch first = batches.peekFirst();
        return first == null ? null : first.batchId;
    }

    /** What message is due next, for errors. */
    int dueCsn() {
        return batches.getFirst().nextCsn();
    }

    /** The connection on which the oldest unacknowledged batch was sent, or null when nothing is in flight. */
    @Nullable
    String inFlightOn() {
        PendingBatch first = batches.peekFirst();
        return first == null ? null : first.clientId();
    }

    /** Takes everything out, to be made again. */
    List<PendingBatch> drain() {
        List<PendingBatch> all = new ArrayList<>(batches);
        batches.clear();
        count = 0;
        return all;
    }
}
