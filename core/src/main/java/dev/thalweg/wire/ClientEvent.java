package dev.thalweg.wire;

import dev.thalweg.protocol.ConnectRequest;
import dev.thalweg.protocol.DocumentMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client says to an ordering service. */
public sealed interface ClientEvent {
    /** {@code connect_document}. */
    record Connect(ConnectRequest request) implements ClientEvent {}

    /**
     * {@code submitOp}.
     *
     * @param clientId who says it is speaking: to be checked by the service
     * @param messages the messages of all batches in order; none of the contents have been looked into
     */
    record Submit(String clientId, List<DocumentMessage> messages) implements ClientEvent {
        public Submit {
            messages = List.copyOf(messages);
        }
    }

    /**
     * {@code submitSignal}.
     *
     * @param clientId who says it is speaking: to be checked by the service
     * @param contents the signals, in order
     */
    record Signals(String clientId, List<SubmittedSignal> contents) implements ClientEvent {
        public Signals {
            contents = List.copyOf(contents);
        }
    }

    /** @param content text @param targetClientId who alone hears it, or null for everyone */
    record SubmittedSignal(String content, @Nullable String targetClientId) {}

    /**
     * An event of a known name that could not be read. The connection can go on: the service answers with a connect
     * error or a nack.
     *
     * @param kind    which one it was meant to be
     * @param message what is wrong
     */
    record Malformed(Kind kind, String message) implements ClientEvent {}

    /** Whatever this version does not know; a {@code ping} is answered by the session and not told. */
    record Unknown(String name) implements ClientEvent {}

    /** The events that have arguments. */
    enum Kind {
        /** @see Connect */
        CONNECT,
        /** @see Submit */
        SUBMIT,
        /** @see Signals */
        SIGNALS
    }
}
