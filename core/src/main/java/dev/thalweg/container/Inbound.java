package dev.thalweg.container;

import dev.thalweg.dds.OperationContext;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Failure;
import dev.thalweg.protocol.MessageBody;
import dev.thalweg.protocol.SequencedMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way in: gives each sequenced message to the machine it concerns. What cannot be read is told and passed over; it
 * is the same on every replica.
 */
final class Inbound {
    /** Hears of connections that come and go by a sequenced message. */
    interface Members {
        void joined(String clientId);

        void left(String clientId);
    }

    private final Connection connection;
    private final Submissions submissions;
    private final DataStores stores;
    private final Quorum quorum;
    private final Audience audience;
    private final Summarizer summarizer;
    private final SummaryWriter writer;
    private final DocumentParts parts;
    private final Inbox inbox;
    private final NoopClock noops;
    private final Events events;
    private final Members members;
    private final Election election;
    private @Nullable String openBatch;
    private @Nullable SequencedMessage last;
    private final List<Runnable> later = new ArrayList<>();
    private boolean processing;

    Inbound(Connection connection, Submissions submissions, DataStores stores, Quorum quorum, Audience audience,
            Summarizer summarizer, SummaryWriter writer, DocumentParts parts, NoopClock noops, Events events,
            Members members, Election election) {
        this.connection = connection;
        this.submissions = submissions;
        this.stores = stores;
        this.quorum = quorum;
        this.audience = audience;
        this.summarizer = summarizer;
        this.writer = writer;
        this.parts = parts;
        this.inbox = new Inbox(parts.chunks);
        this.noops = noops;
        this.events = events;
        this.members = members;
        this.election = election;
    }

    /** The last message processed, or null when there was none. */
    @Nullable
    SequencedMessage last() {
        return last;
    }

    /** Whether a batch of several messages, or of several chunks from here, has begun and not ended. */
    boolean insideBatch() {
        return openBatch != null || submissions.insideChunks();
    }

    /** Runs work when the message that is being processed has had all its effects; at once when there is none. */
    void afterMessage(Runnable work) {
        if (processing) {
            later.add(work);
        } else {
            work.run();
        }
    }

    void process(SequencedMessage message, boolean live) {
        processing = true;
        try {
            take(message, live);
        } finally {
            processing = false;
        }
        runLater();
    }

    private void take(SequencedMessage message, boolean live) {
        last = message;
        boolean local = message.clientId() != null
                && (message.clientId().equals(connection.clientId()) || submissions.expects(message.clientId()));
        switch (message.type()) {
            case OP -> {
                operation(message);
                election.operation();
            }
            case NOOP, REJECT, ACCEPT, NO_CLIENT, CONTROL, UNKNOWN -> {}
            case JOIN, LEAVE, PROPOSE, SUMMARIZE, SUMMARY_ACK, SUMMARY_NACK -> system(message);
        }
        parts.recent.minimum(message.minimumSequenceNumber());
        quorum.minimum(message.minimumSequenceNumber());
        events.tell(new ContainerEvent.Sequenced(message, local));
        if (live && countsAsWork(message)) {
            noops.received();
        }
    }

    private void runLater() {
        if (later.isEmpty()) {
            return;
        }
        List<Runnable> due = new ArrayList<>(later);
        later.clear();
        for (Runnable work : due) {
            if (connection.state() != ConnectionState.CLOSED) {
                try {
                    work.run();
                } catch (RuntimeException e) {
                    events.failed(e);
                }
            }
        }
    }

    private static boolean countsAsWork(SequencedMessage message) {
        return switch (message.type()) {
            case OP, PROPOSE -> true;
            case NOOP, JOIN, LEAVE, REJECT, ACCEPT, SUMMARIZE, SUMMARY_ACK, SUMMARY_NACK, NO_CLIENT, CONTROL, UNKNOWN ->
                    false;
        };
    }

    private void system(SequencedMessage message) {
        int sequenceNumber = message.sequenceNumber();
        try {
            switch (message.body()) {
                case MessageBody.Join join -> {
                    quorum.join(join.clientId(), join.client(), sequenceNumber);
                    audience.add(join.clientId(), join.client());
                    members.joined(join.clientId());
                }
                case MessageBody.Leave leave -> {
                    quorum.leave(leave.clientId(), sequenceNumber);
                    audience.remove(leave.clientId());
                    stores.memberLeft(leave.clientId(), sequenceNumber);
                    if (leave.clientId().equals(openBatch)) {
                        openBatch = null;
                    }
                    int chunks = parts.chunks.left(leave.clientId());
                    if (chunks > 0) {
                        unreadable(sequenceNumber, new ProtocolException("connection " + leave.clientId()
                                + " ended after " + chunks + " chunks of a message"));
                    }
                    members.left(leave.clientId());
                }
                case MessageBody.Propose propose -> quorum.propose(propose.key(), propose.value(), sequenceNumber);
                case MessageBody.Summarize summarize -> summarizer.sequenced(message);
                case MessageBody.SummaryAck ack -> {
                    summarizer.acknowledged(ack);
                    election.summarized();
                    events.tell(new ContainerEvent.SummaryAcknowledged(ack.handle(), ack.summarySequenceNumber()));
                }
                case MessageBody.SummaryNack nack -> summarizer.refused(nack);
                case MessageBody.Op ignored -> {}
                case MessageBody.Noop ignored -> {}
                case MessageBody.Reject ignored -> {}
                case MessageBody.Accept ignored -> {}
                case MessageBody.NoClient ignored -> {}
                case MessageBody.Control ignored -> {}
                case MessageBody.Unknown ignored -> {}
            }
        } catch (ProtocolException e) {
            unreadable(sequenceNumber, e);
        }
    }

    private void operation(SequencedMessage message) {
        int sequenceNumber = message.sequenceNumber();
        String clientId = message.clientId();
        if (clientId == null) {
            unreadable(sequenceNumber, new ProtocolException("a runtime operation without a sender"));
            return;
        }
        OperationContext context = new OperationContext(sequenceNumber, message.referenceSequenceNumber(),
                message.minimumSequenceNumber(), clientId, quorum);
        if (!submissions.expects(clientId)) {
            remote(message, context);
        } else if (submissions.chunkDue()
                || !repeated(message, clientId, submissions.named(Inbox.marks(message)))) {
            submissions.acknowledge(message.clientSequenceNumber(), context);
        }
        submissions.endSeveral();
    }

    private void remote(SequencedMessage message, OperationContext context) {
        String clientId = context.clientId();
        Inbox.Content content;
        try {
            content = inbox.open(message, clientId);
        } catch (ProtocolException e) {
            if (!repeated(message, clientId, Inbox.marks(message))) {
                unreadable(message.sequenceNumber(), e);
            }
            return;
        }
        switch (content) {
            case Inbox.Content.Envelopes several -> {
                if (!repeated(message, clientId, several.marks())) {
                    envelopes(several.envelopes(), context);
                }
            }
            case Inbox.Content.Sealed packed -> {
                if (!repeated(message, clientId, packed.marks())) {
                    writer.unreadable(message.sequenceNumber(), packed.reason());
                    unreadable(message.sequenceNumber(), new ProtocolException(packed.reason()));
                }
            }
            case Inbox.Content.Chunk ignored -> {}
        }
    }

    private void envelopes(List<Inbox.Envelope> envelopes, OperationContext context) {
        if (envelopes.size() > 1) {
            submissions.beginSeveral();
        }
        for (Inbox.Envelope envelope : envelopes) {
            try {
                envelope(envelope, context);
            } catch (ProtocolException e) {
                unreadable(context.sequenceNumber(), e);
            }
        }
    }

    private void envelope(Inbox.Envelope each, OperationContext context) throws ProtocolException {
        JsonObject envelope = JsonCasts.object(each.value(), "envelope");
        String type = envelope.string("type");
        int sequenceNumber = context.sequenceNumber();
        switch (type) {
            case "component" -> stores.process(envelope.require("contents"), context);
            case "attach" -> attach(envelope, context);
            case "alias" -> {
                JsonObject alias = envelope.object("contents");
                stores.alias(alias.string("alias"), alias.string("internalId"), sequenceNumber);
            }
            case "idAllocation" -> part(DocumentFormat.ID_COMPRESSOR, each, sequenceNumber);
            case "blobAttach" -> part(DocumentFormat.BLOBS, each, sequenceNumber);
            case "schema" -> part(DocumentFormat.METADATA, each, sequenceNumber);
            case "GC" -> collected(envelope.object("contents"), sequenceNumber);
            case "rejoin" -> {}
            default -> {
                writer.unreadable(sequenceNumber, "of type " + type);
                throw new ProtocolException("unknown runtime operation " + type);
            }
        }
    }

    /* Others may have been able to read what is lost here. */
    private void attach(JsonObject envelope, OperationContext context) throws ProtocolException {
        try {
            stores.attach(envelope.require("contents"), context);
        } catch (ProtocolException e) {
            writer.unreadable(context.sequenceNumber(), String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private void part(String part, Inbox.Envelope each, int sequenceNumber) throws ProtocolException {
        try {
            parts.process(part, each, sequenceNumber);
        } catch (ProtocolException e) {
            writer.touched(part, sequenceNumber);
            throw e;
        }
    }

    /* The garbage collection of stock clients. A sweep takes parts out of the document, which is not done here; what
       else it says, that someone looked at a part that was given up, changes nothing. */
    private void collected(JsonObject contents, int sequenceNumber) throws ProtocolException {
        if (!contents.string("type").equals("TombstoneLoaded")) {
            writer.touched(DocumentFormat.GC, sequenceNumber);
        }
    }

    /* A batch that comes twice was sent by two clients that took themselves for the same one, or by one that gave up
       too early on a connection which still had it. Nothing can be made of that: replicas that notice stop. */
    private boolean repeated(SequencedMessage message, String clientId, Inbox.Marks marks) {
        boolean continues = clientId.equals(openBatch);
        if (marks.batch() != null) {
            openBatch = marks.batch() ? clientId : null;
        }
        if (continues) {
            return false;
        }
        int before = parts.recent.note(message.sequenceNumber(), clientId, message.clientSequenceNumber(),
                marks.batchId());
        if (before < 0) {
            return false;
        }
        connection.close(Failure.permanent(0, "the batch of " + message.sequenceNumber()
                + " was sequenced before as " + before));
        return true;
    }

    private void unreadable(int sequenceNumber, ProtocolException fault) {
        events.tell(new ContainerEvent.OperationUnreadable(sequenceNumber, String.valueOf(fault.getMessage())));
    }
}
