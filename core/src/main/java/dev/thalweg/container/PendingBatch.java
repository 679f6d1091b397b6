package dev.thalweg.container;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operations that were made together and stay together: what one flush sent, or would have sent. */
final class PendingBatch {
    /** What was made, in order. */
    final List<PendingOp> operations;

    /** The name it keeps when it is sent again, so that one batch sequenced twice can be told; null for the first. */
    final @Nullable String batchId;

    /** The connection it was sent on, or null when it was made without one. */
    private @Nullable String clientId;

    private int firstCsn;
    private int lead;
    private int messages;
    private int acknowledged;

    PendingBatch(List<PendingOp> operations, @Nullable String batchId) {
        this.operations = operations;
        this.batchId = batchId;
    }

    /**
     * Notes how it went out.
     *
     * @param lead     how many chunks went before the message that completes them
     * @param messages one, or one for each operation
     */
    void sent(String clientId, int firstCsn, int lead, int messages) {
        this.clientId = clientId;
        this.firstCsn = firstCsn;
        this.lead = lead;
        this.messages = messages;
    }

    @Nullable
    String clientId() {
        return clientId;
    }

    int nextCsn() {
        return firstCsn + acknowledged;
    }

    /** What the next message of this batch acknowledges: nothing when it is a chunk that others follow. */
    List<PendingOp> acknowledgeNext() {
        int place = acknowledged++ - lead;
        if (place < 0) {
            return List.of();
        }
        return messages == 1 ? operations : operations.subList(place, place + 1);
    }

    /** Whether the next message of this batch is a chunk that others follow. */
    boolean chunkDue() {
        return acknowledged < lead;
    }

    /** Whether chunks are acknowledged and the message they belong to is not. */
    boolean insideChunks() {
        return acknowledged > 0 && acknowledged <= lead;
    }

    boolean complete() {
        return acknowledged == lead + messages;
    }

    /** What is not acknowledged. */
    List<PendingOp> remaining() {
        return messages > 1 ? operations.subList(Math.max(0, acknowledged - lead), operations.size()) : operations;
    }

    /** The name under which it is sent again. @param fresh a random id for one that was never sent */
    String resubmissionId(String fresh) {
        if (batchId != null) {
            return batchId;
        }
        return clientId == null ? RecentBatches.id(fresh, -1) : RecentBatches.id(clientId, firstCsn + lead);
    }
}
