package dev.thalweg.wire;

import dev.thalweg.protocol.ConnectError;
import dev.thalweg.protocol.Connected;
import dev.thalweg.protocol.Nack;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.protocol.Signal;
import java.util.List;

/** What an ordering service says to a client. */
public sealed interface ServerEvent {
    /** The session is up: the document may be asked for. */
    record Ready() implements ServerEvent {}

    /** {@code connect_document_success}. */
    record Success(Connected connected) implements ServerEvent {}

    /** {@code connect_document_error}. */
    record Refused(ConnectError error) implements ServerEvent {}

    /** {@code op}. */
    record Operations(String documentId, List<SequencedMessage> messages) implements ServerEvent {
        public Operations {
            messages = List.copyOf(messages);
        }
    }

    /**
     * Submitted messages were refused.
     *
     * @param documentId empty when the service's front end refused, not the document's sequencer
     */
    record Nacks(String documentId, List<Nack> nacks) implements ServerEvent {
        public Nacks {
            nacks = List.copyOf(nacks);
        }
    }

    /** {@code signal}. */
    record Signalled(Signal signal) implements ServerEvent {}

    /** The answer to an event that asked for one. @param ackId which */
    record Acknowledged(int ackId) implements ServerEvent {}

    /** Whatever this version does not know. */
    record Unknown(String name) implements ServerEvent {}
}
