package dev.thalweg.wire;

import dev.thalweg.json.JsonWriter;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.json.RawJson;
import dev.thalweg.protocol.ConnectError;
import dev.thalweg.protocol.Connected;
import dev.thalweg.protocol.Nack;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.protocol.Signal;
import java.util.List;

/** Spells what a service says as text frames. A broadcast is spelled once and sent to every socket. */
public final class ServerFrames {
    static final String CONNECT_SUCCESS = "connect_document_success";
    static final String CONNECT_ERROR = "connect_document_error";
    static final String OPERATIONS = "op";
    static final String NACK = "nack";
    static final String SIGNAL = "signal";

    private ServerFrames() {}

    /** {@code 42["connect_document_success",{…}]}. */
    public static String connectSuccess(Connected connected) throws ProtocolException {
        JsonWriter writer = begin(CONNECT_SUCCESS);
        connected.write(writer);
        return end(writer);
    }

    /** {@code 42["connect_document_error",{…}]}. */
    public static String connectError(ConnectError error) {
        return end(begin(CONNECT_ERROR).value(error.toJson()));
    }

    /** {@code 42["op","doc",[…]]}. */
    public static String operations(String documentId, List<SequencedMessage> messages) {
        JsonWriter writer = begin(OPERATIONS).string(documentId).beginArray();
        for (SequencedMessage message : messages) {
            message.write(writer);
        }
        return end(writer.endArray());
    }

    /** The same of messages that are spelled already, as a log keeps them. */
    public static String spelledOperations(String documentId, List<String> messages) {
        JsonWriter writer = begin(OPERATIONS).string(documentId).beginArray();
        for (String message : messages) {
            writer.raw(new RawJson(message));
        }
        return end(writer.endArray());
    }

    /** {@code 42["nack","doc",[…]]}. @param documentId empty when no sequencer has seen the message */
    public static String nack(String documentId, List<Nack> nacks) {
        JsonWriter writer = begin(NACK).string(documentId).beginArray();
        for (Nack nack : nacks) {
            nack.write(writer);
        }
        return end(writer.endArray());
    }

    /** {@code 42["signal",{…}]}. */
    public static String signal(Signal signal) {
        return end(begin(SIGNAL).value(signal.toJson()));
    }

    private static JsonWriter begin(String event) {
        return new JsonWriter(new StringBuilder("42")).beginArray().string(event);
    }

    private static String end(JsonWriter writer) {
        return writer.endArray().toString();
    }
}
