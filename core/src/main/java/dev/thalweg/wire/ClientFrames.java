package dev.thalweg.wire;

import dev.thalweg.json.JsonWriter;
import dev.thalweg.protocol.ConnectRequest;
import dev.thalweg.protocol.DocumentMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Spells what a client says as text frames. */
public final class ClientFrames {
    static final String CONNECT_DOCUMENT = "connect_document";
    static final String SUBMIT_OP = "submitOp";
    static final String SUBMIT_SIGNAL = "submitSignal";
    static final String PING = "ping";

    private ClientFrames() {}

    /** {@code 42["connect_document",{…}]}. */
    public static String connectDocument(ConnectRequest request) {
        return begin(CONNECT_DOCUMENT).value(request.toJson()).endArray().toString();
    }

    /** {@code 42["submitOp","client",[[…]]]}: one batch. */
    public static String submit(String clientId, List<DocumentMessage> batch) {
        JsonWriter writer = begin(SUBMIT_OP).string(clientId).beginArray().beginArray();
        for (DocumentMessage message : batch) {
            message.write(writer);
        }
        return writer.endArray().endArray().endArray().toString();
    }

    /**
     * {@code 42["submitSignal","client",[…]]}.
     *
     * @param v2 whether the service has said that it understands targeted signals
     * @throws IllegalArgumentException when it has not and there is a target
     */
    public static String signal(String clientId, String content, @Nullable String targetClientId, boolean v2) {
        JsonWriter writer = begin(SUBMIT_SIGNAL).string(clientId).beginArray();
        if (!v2) {
            if (targetClientId != null) {
                throw new IllegalArgumentException("the service knows no signals for one, this is for "
                        + targetClientId);
            }
            return writer.string(content).endArray().endArray().toString();
        }
        writer.beginObject().name("content").string(content);
        if (targetClientId != null) {
            writer.name("targetClientId").string(targetClientId);
        }
        return writer.endObject().endArray().endArray().toString();
    }

    /** {@code 42N["ping"]}: asks for an acknowledgement. @param ackId from 0, another one for every ping */
    public static String ping(int ackId) {
        return "42" + ackId + "[\"" + PING + "\"]";
    }

    private static JsonWriter begin(String event) {
        return new JsonWriter(new StringBuilder("42")).beginArray().string(event);
    }
}
