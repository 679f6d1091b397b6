package dev.thalweg.sequencing;

import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.json.RawJson;
import dev.thalweg.protocol.Client;
import dev.thalweg.protocol.ConnectionMode;
import dev.thalweg.protocol.DocumentMessage;
import dev.thalweg.protocol.MessageBody;
import dev.thalweg.protocol.MessageType;
import dev.thalweg.protocol.Nack;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.sequencing.SequencerCheckpoint.WriterState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts the messages of one document on one line. Every message that changes anything gets the next sequence number;
 * every refusal is a {@link Nack} that says why. The rules are those of Fluid's ordering service; where this one is
 * stricter it says so. Not for more than one thread.
 */
/*
 * The invariants, which hold between any two calls:
 *
 *   0 <= announced <= minimum <= every writer's reference <= sequence number.
 *
 * They need no repair, since each rule keeps them:
 * - A newcomer's reference is the minimum, so that it may submit what it made before it had read anything newer, and
 *   so that a join never lifts the minimum above what others have read.
 * - A message is taken only with a reference from the minimum to the last sequence number. So the lowest reference can
 *   only stay or rise, and the minimum, which is the lowest reference, never falls.
 * - Without writers the minimum is the sequence number: nobody is left who could refer to anything older.
 *
 * A refused message leaves its client sequence number untaken. What its sender had in flight behind it is then a gap
 * and refused as well, so a batch is never taken in part with a hole in it. A client whose reference is below the
 * minimum has lost the ground it stands on: it must reconnect, and until then all it sends is refused.
 *
 * Whatever has a number is returned to the caller in the same call. Nothing numbered is ever kept back.
 */
public final class Sequencer {
    /** Sequence numbers above this are kept for joins, leaves and the service's own messages. */
    private static final int LAST_FOR_CLIENTS = Integer.MAX_VALUE - 1_000_000;

    private final SequencerLimits limits;
    private final Map<String, Writer> writers = new LinkedHashMap<>();
    private final References references = new References();
    private int sequenceNumber;
    private int announced;

    /** A sequencer for a new document. */
    public Sequencer(SequencerLimits limits) {
        this.limits = limits;
    }

    /**
     * A sequencer that goes on where another one stopped. When messages were numbered after the checkpoint was taken,
     * they have to be {@linkplain #replay replayed} before anything else happens.
     */
    public static Sequencer restore(SequencerCheckpoint checkpoint, SequencerLimits limits) {
        Sequencer sequencer = new Sequencer(limits);
        sequencer.sequenceNumber = checkpoint.sequenceNumber();
        sequencer.announced = checkpoint.announced();
        for (WriterState state : checkpoint.writers()) {
            Writer writer = new Writer(state.clientId(), state.scopes(), state.clientSequenceNumber(),
                    state.referenceSequenceNumber(), state.heard());
            writer.refused = state.refused();
            sequencer.add(writer);
        }
        return sequencer;
    }

    /** What this sequencer remembers. */
    public SequencerCheckpoint checkpoint() {
        List<WriterState> states = new ArrayList<>(writers.size());
        for (Writer writer : writers.values()) {
            states.add(new WriterState(writer.clientId, writer.clientSequenceNumber, writer.referenceSequenceNumber,
                    writer.heard, writer.refused, writer.scopes));
        }
        return new SequencerCheckpoint(sequenceNumber, minimumSequenceNumber(), announced, states);
    }

    /** The last sequence number given out, 0 when none was. */
    public int sequenceNumber() {
        return sequenceNumber;
    }

    /** What every writer has processed: the lowest reference, or the sequence number when nobody writes. */
    public int minimumSequenceNumber() {
        return references.isEmpty() ? sequenceNumber : references.lowest();
    }

    /** The clients in the quorum, in the order of joining. */
    public List<String> clients() {
        return List.copyOf(writers.keySet());
    }

    /** Whether a client is in the quorum. */
    public boolean knows(String clientId) {
        return writers.containsKey(clientId);
    }

    /**
     * A client enters the quorum.
     *
     * @param clientId a fresh id; one that is in the quorum is an {@link IllegalArgumentException}
     * @param client   in write mode, with the scopes of its token; readers are not sequenced
     * @param now      milliseconds since 1970
     */
    public SequencedMessage join(String clientId, Client client, double now) {
        if (client.mode() != ConnectionMode.WRITE) {
            throw new IllegalArgumentException("client " + clientId + " reads only and is not sequenced");
        }
        if (writers.containsKey(clientId)) {
            throw new IllegalArgumentException("client " + clientId + " has joined already");
        }
        add(new Writer(clientId, client.scopes(), 0, minimumSequenceNumber(), now));
        return service(MessageType.JOIN, null, MessageBody.nested(MessageBody.joinData(clientId, client)), now);
    }

    /** A client leaves the quorum. Null when it was not there. */
    public @Nullable SequencedMessage leave(String clientId, double now) {
        Writer writer = writers.remove(clientId);
        if (writer == null) {
            return null;
        }
        references.remove(writer);
        return service(MessageType.LEAVE, null, MessageBody.nested(JsonValue.of(clientId)), now);
    }

    /** Decides on one message of a client. The messages of a batch are given one by one, each with its own decision. */
    public Ticket ticket(String clientId, DocumentMessage message, double now) {
        Writer writer = writers.get(clientId);
        if (writer == null || writer.refused) {
            return refuse("Nonexistent client", message);
        }
        writer.heard = now;
        int expected = writer.clientSequenceNumber + 1;
        if (message.clientSequenceNumber() < expected) {
            return new Ticket.Duplicate();
        }
        Nack nack = refusal(writer, message, expected);
        if (nack != null) {
            return new Ticket.Refused(nack);
        }
        int reference = message.referenceSequenceNumber() == -1 ? sequenceNumber : message.referenceSequenceNumber();
        writer.clientSequenceNumber = expected;
        references.change(writer, reference);
        if (message.type() == MessageType.NOOP && !asksForAnswer(message)) {
            return new Ticket.Absorbed();
        }
        return new Ticket.Sequenced(new SequencedMessage(clientId, next(), announced, expected, reference,
                message.type(), message.contents(), message.metadata(), message.compression(), null, now));
    }

    /**
     * Tells the clients of a minimum that has risen and that no message has carried yet, as happens after noops. Null
     * when there is no such news.
     */
    public @Nullable SequencedMessage noop(double now) {
        return minimumSequenceNumber() > announced ? service(MessageType.NOOP, null, null, now) : null;
    }

    /**
     * A message of the service itself.
     *
     * @param type     summaryAck, summaryNack, noClient or control
     * @param contents what it says; stands in {@code contents} and, as text, in {@code data}, since readers differ in
     *                 where they look
     */
    public SequencedMessage system(MessageType type, JsonValue contents, double now) {
        if (type.fromClients() || type == MessageType.JOIN || type == MessageType.LEAVE
                || type == MessageType.UNKNOWN) {
            throw new IllegalArgumentException("not a message of the service itself: " + type.wireName());
        }
        return service(type, RawJson.of(contents), MessageBody.nested(contents), now);
    }

    /** The clients of which nothing has been heard since a moment, in the order of joining. */
    public List<String> idle(double before) {
        List<String> idle = new ArrayList<>();
        for (Writer writer : writers.values()) {
            if (writer.heard < before) {
                idle.add(writer.clientId);
            }
        }
        return idle;
    }

    /**
     * Takes in a message that was numbered before, after the checkpoint this sequencer was made from. Noops that were
     * absorbed are not on record; what they said shows in the minimum of later messages.
     *
     * @param message the one after {@link #sequenceNumber}; any other is an {@link IllegalArgumentException}
     * @throws ProtocolException when a join or leave cannot be read
     */
    public void replay(SequencedMessage message) throws ProtocolException {
        if (message.sequenceNumber() != sequenceNumber + 1) {
            throw new IllegalArgumentException(
                    "expected sequence number " + (sequenceNumber + 1) + " to be replayed, was "
                            + message.sequenceNumber());
        }
        Writer sender = message.clientId() == null ? null : writers.get(message.clientId());
        if (message.type() == MessageType.JOIN && message.body() instanceof MessageBody.Join join) {
            if (!writers.containsKey(join.clientId())) {
                add(new Writer(join.clientId(), join.client().scopes(), 0, message.minimumSequenceNumber(),
                        message.timestamp()));
            }
        } else if (message.type() == MessageType.LEAVE && message.body() instanceof MessageBody.Leave leave) {
            Writer gone = writers.remove(leave.clientId());
            if (gone != null) {
                references.remove(gone);
            }
        } else if (sender != null) {
            sender.clientSequenceNumber = Math.max(sender.clientSequenceNumber, message.clientSequenceNumber());
            sender.heard = message.timestamp();
            references.change(sender, Math.max(message.referenceSequenceNumber(), message.minimumSequenceNumber()));
        }
        references.raise(message.minimumSequenceNumber());
        sequenceNumber = message.sequenceNumber();
        announced = message.minimumSequenceNumber();
    }

    private @Nullable Nack refusal(Writer writer, DocumentMessage message, int expected) {
        int minimum = minimumSequenceNumber();
        int csn = message.clientSequenceNumber();
        int rsn = message.referenceSequenceNumber();
        if (csn > expected) {
            return Nack.badRequest("Gap detected in incoming op: expected client sequence number " + expected + ", was "
                    + csn, minimum, message);
        }
        if (!message.type().fromClients()) {
            return Nack.badRequest("Op not allowed: " + message.type().wireName(), minimum, message);
        }
        if (!writer.mayWrite) {
            return Nack.invalidScope("Missing scope doc:write", message);
        }
        if (message.type() == MessageType.SUMMARIZE && !writer.maySummarize) {
            return Nack.invalidScope("Missing scope summary:write", message);
        }
        int size = size(message.contents()) + size(message.metadata());
        if (size > limits.maxMessageSize()) {
            return Nack.tooLarge("Message of " + size + " characters, the limit is " + limits.maxMessageSize(),
                    message);
        }
        if (rsn > sequenceNumber || rsn < -1) {
            return Nack.badRequest("Refseq " + rsn + " is beyond the last sequence number " + sequenceNumber, minimum,
                    message);
        }
        if (rsn != -1 && rsn < minimum) {
            writer.refused = true;
            return Nack.badRequest("Refseq " + rsn + " < " + minimum, minimum, message);
        }
        if (sequenceNumber >= LAST_FOR_CLIENTS) {
            return Nack.limitExceeded("The document has used up its sequence numbers, the limit is "
                    + LAST_FOR_CLIENTS, message);
        }
        return null;
    }

    /** A noop with contents asks for an answer, and gets one when there is news. */
    private boolean asksForAnswer(DocumentMessage noop) {
        RawJson contents = noop.contents();
        return contents != null && !contents.isNull() && minimumSequenceNumber() > announced;
    }

    private Ticket refuse(String why, DocumentMessage message) {
        return new Ticket.Refused(Nack.badRequest(why, minimumSequenceNumber(), message));
    }

    private SequencedMessage service(MessageType type, @Nullable RawJson contents, @Nullable RawJson data,
            double now) {
        return new SequencedMessage(null, next(), announced, -1, -1, type, contents, null, null, data, now);
    }

    /** Takes the next number, and takes down the minimum that the message of that number carries. */
    private int next() {
        if (sequenceNumber == Integer.MAX_VALUE) {
            throw new IllegalStateException("no sequence number after " + sequenceNumber);
        }
        sequenceNumber++;
        announced = minimumSequenceNumber();
        return sequenceNumber;
    }

    private void add(Writer writer) {
        writers.put(writer.clientId, writer);
        references.add(writer);
    }

    private static int size(@Nullable RawJson raw) {
        return raw == null ? 0 : raw.text().length();
    }
}
