package dev.thalweg.container;

import dev.thalweg.dds.OperationContext;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Ids;
import dev.thalweg.platform.Timers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way out: from what a channel submits to its acknowledgement, across any number of connections. */
final class Submissions implements Outbox.Sink {
    /** What is sent at once, as the stock client limits itself; sockets take no more than a million. */
    private static final int MAX_BATCH_BYTES = 716_800;

    private final Connection connection;
    private final DeltaManager deltas;
    private final NoopClock noops;
    private final Events events;
    private final Ids ids;
    private final Outbox outbox;
    private final PendingState pending = new PendingState();
    private int maxMessageSize;
    private int behind;
    private boolean dirty;

    Submissions(Connection connection, DeltaManager deltas, NoopClock noops, Events events, Timers timers, Ids ids,
            int maxMessageSize) {
        this.connection = connection;
        this.deltas = deltas;
        this.noops = noops;
        this.events = events;
        this.ids = ids;
        this.outbox = new Outbox(timers, this);
        this.maxMessageSize = maxMessageSize;
    }

    /** How many operations were made and are not acknowledged. */
    int count() {
        return outbox.size() + pending.count();
    }

    /** Takes over the limit of the service. */
    void limit(int characters) {
        maxMessageSize = characters;
    }

    /** Throws when an operation would not be taken, however it is sent. */
    void requireFits(String envelope) {
        int most = 3 * envelope.length() + Draft.ENVELOPE;
        if (most > maxMessageSize && Draft.characters(envelope) > maxMessageSize) {
            throw new IllegalArgumentException("the operation needs a message of " + Draft.characters(envelope)
                    + " characters, the service takes at most " + maxMessageSize);
        }
        if (most > MAX_BATCH_BYTES && Draft.bytes(envelope) > MAX_BATCH_BYTES) {
            throw new IllegalArgumentException("the operation needs a message of " + Draft.bytes(envelope)
                    + " bytes, at most " + MAX_BATCH_BYTES + " are sent at once");
        }
        if (outbox.inBatch() && outbox.bytes() + most > MAX_BATCH_BYTES) {
            throw new IllegalArgumentException("the batch needs " + (outbox.bytes() + most)
                    + " bytes with this operation, at most " + MAX_BATCH_BYTES + " are sent at once");
        }
    }

    void submit(PendingOp operation) {
        outbox.add(operation);
        if (!dirty) {
            dirty = true;
            events.tell(new ContainerEvent.Dirty());
        }
    }

    void flush() {
        outbox.flush();
    }

    /**
     * A message of several operations begins. What listeners make while it is only half applied refers to the message
     * before, whichever of its operations it follows.
     */
    void beginSeveral() {
        behind = 1;
    }

    /** What an operation that is made now refers to: the last message that is applied as a whole. */
    int reference() {
        return deltas.sequenceNumber() - behind;
    }

    /** The message of several operations is applied. */
    void endSeveral() {
        if (behind > 0) {
            outbox.flush();
            behind = 0;
        }
    }

    /** Makes a batch by hand. Nothing is processed meanwhile, so that it has one reference sequence number. */
    void batch(Runnable edits) {
        deltas.hold();
        try {
            outbox.batch(edits);
        } finally {
            deltas.release();
            settle();
        }
    }

    /* What one turn made is one batch as far as it fits; a batch made by hand and one that is made again always do. */
    @Override
    public void send(List<PendingOp> operations, @Nullable String batchId) {
        int from = 0;
        int bytes = 0;
        for (int i = 0; batchId == null && i < operations.size(); i++) {
            int more = Outbox.bytes(operations.get(i));
            if (bytes + more > MAX_BATCH_BYTES && i > from) {
                sendTogether(operations.subList(from, i), null);
                from = i;
                bytes = 0;
            }
            bytes += more;
        }
        sendTogether(from == 0 ? operations : operations.subList(from, operations.size()), batchId);
    }

    private void sendTogether(List<PendingOp> operations, @Nullable String batchId) {
        PendingBatch batch = new PendingBatch(operations, batchId);
        pending.add(batch);
        String clientId = connection.clientId();
        if (connection.state() == ConnectionState.CONNECTED && clientId != null) {
            List<Draft> drafts = Draft.batch(operations, batchId, maxMessageSize);
            batch.sent(clientId, connection.nextClientSequenceNumber(), drafts.size());
            noops.sent();
            connection.send(drafts, reference());
        }
    }

    /** Makes everything again that is not acknowledged, in order, on the present connection. */
    void resubmit() {
        for (PendingBatch batch : pending.drain()) {
            String name = batch.resubmissionId(ids.uuid());
            outbox.resubmit(name, () -> {
                for (PendingOp operation : batch.remaining()) {
                    operation.channel().resubmit(operation);
                }
            });
        }
        settle();
    }

    /** Whether the next acknowledgement comes from this connection, the present one or an earlier. */
    boolean expects(@Nullable String clientId) {
        return pending.expects(clientId);
    }

    /** A message sent here is sequenced. */
    void acknowledge(int clientSequenceNumber, OperationContext context) {
        int due = pending.dueCsn();
        List<PendingOp> acknowledged = pending.acknowledge(clientSequenceNumber);
        if (acknowledged == null) {
            connection.close(Failure.permanent(0, "message " + clientSequenceNumber + " of " + context.clientId()
                    + " was sequenced where " + due + " was due"));
            return;
        }
        if (acknowledged.size() > 1) {
            beginSeveral();
        }
        for (PendingOp operation : acknowledged) {
            operation.channel().acknowledge(operation, context);
        }
        if (context.clientId().equals(connection.clientId())) {
            connection.progress();
        }
        settle();
    }

    /** The connection on which the oldest operation in flight was sent, or null when nothing is in flight. */
    @Nullable
    String inFlightOn() {
        return pending.inFlightOn();
    }

    private void settle() {
        if (dirty && count() == 0) {
            dirty = false;
            events.tell(new ContainerEvent.Saved());
        }
    }
}
