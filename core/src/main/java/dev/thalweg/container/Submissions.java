package dev.thalweg.container;

import dev.thalweg.dds.OperationContext;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Ids;
import dev.thalweg.platform.Timers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way out: from what a channel submits to its acknowledgement, across any number of connections. */
final class Submissions implements Outbox.Sink {
    /** What is sent at once unpacked, as the stock client limits itself; sockets take no more than a million. */
    private static final int MAX_BATCH_BYTES = 716_800;

    /** What is packed at once: half of what a client unpacks, since these bytes are an estimate. */
    private static final int MAX_PACKED_BYTES = Packing.MAX_UNPACKED / 2;

    private final Connection connection;
    private final DeltaManager deltas;
    private final NoopClock noops;
    private final Events events;
    private final Ids ids;
    private final DocumentMetadata metadata;
    private final Outbox outbox;
    private final PendingState pending = new PendingState();
    private int maxMessageSize;
    private int behind;
    private boolean dirty;

    Submissions(Connection connection, DeltaManager deltas, NoopClock noops, Events events, Timers timers, Ids ids,
            DocumentMetadata metadata, int maxMessageSize) {
        this.connection = connection;
        this.deltas = deltas;
        this.noops = noops;
        this.events = events;
        this.ids = ids;
        this.metadata = metadata;
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
        boolean packs = packs();
        int limit = packs ? MAX_PACKED_BYTES : MAX_BATCH_BYTES;
        int most = Outbox.bytes(envelope);
        if (!packs && most > maxMessageSize && Draft.characters(envelope) > maxMessageSize) {
            throw new IllegalArgumentException("the operation needs a message of " + Draft.characters(envelope)
                    + " characters, the service takes at most " + maxMessageSize);
        }
        if (most > limit && Draft.bytes(envelope) > limit) {
            throw new IllegalArgumentException("the operation needs a message of " + Draft.bytes(envelope)
                    + " bytes, at most " + limit + " are sent at once");
        }
        if (outbox.inBatch() && outbox.bytes() + most > limit) {
            throw new IllegalArgumentException("the batch needs " + (outbox.bytes() + most)
                    + " bytes with this operation, at most " + limit + " are sent at once");
        }
    }

    private boolean packs() {
        return metadata.allowed().packs() && Packing.chunk(maxMessageSize) > 0;
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

    /** Which batch is being made by hand, or 0. */
    int transaction() {
        return outbox.transaction();
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
    public void send(List<PendingOp> operations, @Nullable String batchId, boolean together) {
        int from = 0;
        int bytes = 0;
        for (int i = 0; !together && i < operations.size(); i++) {
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
            Draft.Batch drafts = Draft.batch(operations, batchId, maxMessageSize, metadata.allowed());
            List<Draft> messages = drafts.messages();
            int lead = drafts.lead();
            batch.sent(clientId, connection.nextClientSequenceNumber(), lead, messages.size() - lead);
            noops.sent();
            // Each chunk alone: together they would be more than a socket takes.
            int reference = reference();
            for (int i = 0; i < lead && clientId.equals(connection.clientId()); i++) {
                connection.send(messages.subList(i, i + 1), reference);
            }
            if (clientId.equals(connection.clientId())) {
                connection.send(messages.subList(lead, messages.size()), reference);
            }
        }
    }

    /** Makes everything again that is not acknowledged, in order, on the present connection. */
    void resubmit() {
        for (PendingBatch batch : pending.drain()) {
            String name = batch.resubmissionId(ids.uuid());
            outbox.resubmit(name, () -> {
                for (PendingOp operation : batch.remaining()) {
                    operation.owner().resubmit(operation);
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
            operation.owner().acknowledge(operation, context);
        }
        if (context.clientId().equals(connection.clientId())) {
            connection.progress();
        }
        settle();
    }

    /** Whether the next acknowledgement is for a chunk that others follow. */
    boolean chunkDue() {
        return pending.chunkDue();
    }

    /** Whether chunks of a message from here are acknowledged and the message is not. */
    boolean insideChunks() {
        return pending.insideChunks();
    }

    /** What a message from here says about its batch; the name of one that went in chunks is not beside its last chunk. */
    Inbox.Marks named(Inbox.Marks marks) {
        return new Inbox.Marks(marks.batch(), pending.dueBatchId());
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
