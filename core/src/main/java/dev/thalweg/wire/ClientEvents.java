package dev.thalweg.wire;

import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonLimits;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonReader;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.protocol.ConnectRequest;
import dev.thalweg.protocol.DocumentMessage;
import dev.thalweg.wire.ClientEvent.SubmittedSignal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the events of a client. */
final class ClientEvents {
    private ClientEvents() {}

    /**
     * Reads one.
     *
     * @param arguments the event's array
     * @param signalsV2 whether signals are objects with a target, as agreed on connecting
     * @return null for a ping, which wants an acknowledgement and nothing else
     * @throws ProtocolException when not even a name can be read; a known event that cannot be read is a value
     */
    static @Nullable ClientEvent read(String arguments, JsonLimits limits, boolean signalsV2)
            throws ProtocolException {
        EventReader event = new EventReader(new JsonReader(arguments, limits));
        return switch (event.name()) {
            case ClientFrames.CONNECT_DOCUMENT -> connect(event);
            case ClientFrames.SUBMIT_OP -> submit(event);
            case ClientFrames.SUBMIT_SIGNAL -> signals(event, signalsV2);
            case ClientFrames.PING -> {
                event.end();
                yield null;
            }
            default -> {
                event.end();
                yield new ClientEvent.Unknown(event.name());
            }
        };
    }

    private static ClientEvent connect(EventReader event) {
        try {
            JsonValue request = event.next("a connect message").value();
            event.end();
            return new ClientEvent.Connect(ConnectRequest.read(JsonCasts.object(request, "connect message")));
        } catch (ProtocolException e) {
            return malformed(ClientEvent.Kind.CONNECT, e);
        }
    }

    private static ClientEvent submit(EventReader event) {
        try {
            String clientId = event.next("a client id").string();
            List<DocumentMessage> messages = new ArrayList<>();
            JsonReader reader = event.next("its batches");
            reader.beginArray();
            while (reader.nextElement()) {
                if (reader.peek() != '[') {
                    messages.add(DocumentMessage.read(reader));
                    continue;
                }
                reader.beginArray();
                while (reader.nextElement()) {
                    messages.add(DocumentMessage.read(reader));
                }
            }
            event.end();
            return new ClientEvent.Submit(clientId, messages);
        } catch (ProtocolException e) {
            return malformed(ClientEvent.Kind.SUBMIT, e);
        }
    }

    private static ClientEvent signals(EventReader event, boolean v2) {
        try {
            String clientId = event.next("a client id").string();
            List<SubmittedSignal> signals = new ArrayList<>();
            JsonReader reader = event.next("its signals");
            reader.beginArray();
            while (reader.nextElement()) {
                if (v2) {
                    signals.add(targeted(reader.value()));
                } else if (reader.peek() == '[') {
                    reader.beginArray();
                    while (reader.nextElement()) {
                        signals.add(new SubmittedSignal(text(reader.value()), null));
                    }
                } else {
                    signals.add(new SubmittedSignal(text(reader.value()), null));
                }
            }
            event.end();
            return new ClientEvent.Signals(clientId, signals);
        } catch (ProtocolException e) {
            return malformed(ClientEvent.Kind.SIGNALS, e);
        }
    }

    private static SubmittedSignal targeted(JsonValue value) throws ProtocolException {
        JsonObject signal = JsonCasts.object(value, "signal");
        JsonValue target = signal.get("targetClientId");
        return new SubmittedSignal(text(signal.require("content")), target == null || target == JsonNull.NULL
                ? null
                : JsonCasts.string(target, "targetClientId"));
    }

    /* The stock client closes its container on content that is not a string, so what is not becomes one. */
    private static String text(JsonValue value) {
        return value instanceof JsonString string ? string.value() : value.toJson();
    }

    private static ClientEvent malformed(ClientEvent.Kind kind, ProtocolException cause) {
        String message = cause.getMessage();
        return new ClientEvent.Malformed(kind, message == null ? "cannot be read" : message);
    }
}
