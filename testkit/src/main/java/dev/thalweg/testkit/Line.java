package dev.thalweg.testkit;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.json.RawJson;
import dev.thalweg.protocol.Client;
import dev.thalweg.protocol.ConnectionMode;
import dev.thalweg.protocol.DocumentMessage;
import dev.thalweg.protocol.MessageType;
import dev.thalweg.protocol.Scopes;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.sequencing.Sequencer;
import dev.thalweg.sequencing.SequencerLimits;
import dev.thalweg.sequencing.Ticket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The service of a script: the project's own sequencer behind a queue that moves only when told to, and everything it
 * has numbered.
 *
 * <p>A message of the line carries the operations of one channel without any envelope. A noop is a message without
 * operations: unlike those of the protocol it always gets a number, as in the corpora.
 */
final class Line {
    /** What a logged message is. */
    enum Kind {
        JOIN("join"), LEAVE("leave"), OP("op"), NOOP("noop");

        private final String wireName;

        Kind(String wireName) {
            this.wireName = wireName;
        }
    }

    /** Something with a number. @param contents its operations as they came off the wire */
    record Entry(Kind kind, String clientId, SequencedMessage message, List<JsonValue> contents) {
        int sequenceNumber() {
            return message.sequenceNumber();
        }

        /** The entry as corpora spell it. */
        JsonObject toJson() {
            JsonObject.Builder entry = JsonObject.builder().put("seq", message.sequenceNumber())
                    .put("msn", message.minimumSequenceNumber()).put("type", kind.wireName).put("client", clientId);
            if (kind == Kind.OP || kind == Kind.NOOP) {
                entry.put("csn", message.clientSequenceNumber()).put("refSeq", message.referenceSequenceNumber());
            }
            return kind == Kind.OP ? entry.put("contents", new JsonArray(contents)).build() : entry.build();
        }
    }

    /** Something without a number. @param message null for a join or leave */
    private record Queued(Kind kind, String clientId, @Nullable DocumentMessage message) {}

    private static final Client CLIENT = new Client(ConnectionMode.WRITE, true, null, null,
            JsonObject.of("id", JsonValue.of("testkit")), List.of(Scopes.READ, Scopes.WRITE));

    private final Sequencer sequencer = new Sequencer(SequencerLimits.DEFAULT);
    private final ArrayDeque<Queued> queue = new ArrayDeque<>();
    private final List<Entry> log = new ArrayList<>();

    /** What has been numbered; the entry with number n is at index n - 1. */
    List<Entry> log() {
        return log;
    }

    int queued() {
        return queue.size();
    }

    void join(String clientId) {
        queue.addLast(new Queued(Kind.JOIN, clientId, null));
    }

    /** A client is gone, and with it all of its queued messages but the first few. */
    void drop(String clientId, int keep) {
        int left = keep;
        for (int i = queue.size(); i > 0; i--) {
            Queued queued = queue.removeFirst();
            if (queued.message() == null || !queued.clientId().equals(clientId) || left-- > 0) {
                queue.addLast(queued);
            }
        }
        queue.addLast(new Queued(Kind.LEAVE, clientId, null));
    }

    /** A message of operations, or a noop when there are none. */
    void submit(String clientId, int clientSequenceNumber, int referenceSequenceNumber, List<JsonValue> contents) {
        boolean noop = contents.isEmpty();
        RawJson raw = noop ? null : RawJson.of(new JsonArray(contents));
        queue.addLast(new Queued(noop ? Kind.NOOP : Kind.OP, clientId, new DocumentMessage(clientSequenceNumber,
                referenceSequenceNumber, MessageType.OP, raw, null, null)));
    }

    /** Numbers the next messages, as many as there are. */
    void sequence(int count) {
        for (int i = 0; i < count && !queue.isEmpty(); i++) {
            Queued queued = queue.removeFirst();
            SequencedMessage message = number(queued);
            if (message != null) {
                log.add(new Entry(queued.kind(), queued.clientId(), message, contents(message)));
            }
        }
    }

    void drain() {
        sequence(queue.size());
    }

    private @Nullable SequencedMessage number(Queued queued) {
        int now = log.size();
        DocumentMessage message = queued.message();
        if (message == null) {
            return queued.kind() == Kind.JOIN ? sequencer.join(queued.clientId(), CLIENT, now)
                    : sequencer.leave(queued.clientId(), now);
        }
        return switch (sequencer.ticket(queued.clientId(), message, now)) {
            case Ticket.Sequenced sequenced -> sequenced.message();
            case Ticket.Duplicate duplicate -> null;
            case Ticket.Absorbed absorbed -> null;
            case Ticket.Refused refused -> throw new IllegalStateException(
                    "the service refused a message of " + queued.clientId() + ": " + refused.nack().message());
        };
    }

    private static List<JsonValue> contents(SequencedMessage message) {
        RawJson raw = message.contents();
        if (message.type() != MessageType.OP || raw == null) {
            return List.of();
        }
        try {
            return ((JsonArray) raw.value()).values();
        } catch (ProtocolException e) {
            throw new IllegalStateException("what was sent cannot be read: " + raw.text(), e);
        }
    }
}
