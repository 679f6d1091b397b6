package dev.thalweg.container;

import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.protocol.Client;
import dev.thalweg.protocol.Signal;
import org.jspecify.annotations.Nullable;

/** What is said beside the one line: by the service about connections, by programs to each other. */
final class Signals {
    private final Connection connection;
    private final Audience audience;
    private final Events events;
    private int broadcasts;

    Signals(Connection connection, Audience audience, Events events) {
        this.connection = connection;
        this.audience = audience;
        this.events = events;
    }

    /** Says something to all, or to one connection. Only what goes to all is counted. */
    void send(String type, JsonValue content, @Nullable String targetClientId) {
        JsonObject.Builder builder = JsonObject.builder().put("contents",
                JsonObject.builder().put("type", type).put("content", content).build());
        if (targetClientId == null) {
            builder.put("clientBroadcastSignalSequenceNumber", ++broadcasts);
        }
        connection.signal(builder.build().toJson(), targetClientId);
    }

    /** Hears a signal. What cannot be read is neither ordered nor kept, and so passed over. */
    void received(Signal signal) {
        try {
            JsonObject content = JsonCasts.object(JsonValue.parse(signal.content()), "signal");
            if (signal.clientId() == null) {
                service(content);
            } else {
                program(signal.clientId(), content);
            }
        } catch (ProtocolException e) {
            return;
        }
    }

    private void service(JsonObject content) throws ProtocolException {
        switch (content.string("type")) {
            case "join" -> {
                JsonObject join = content.object("content");
                audience.add(join.string("clientId"), Client.read(join.object("client")));
            }
            case "leave" -> audience.remove(content.string("content"));
            default -> {}
        }
    }

    private void program(String clientId, JsonObject content) throws ProtocolException {
        JsonObject contents = content.object("contents");
        JsonValue said = contents.get("content");
        events.tell(new ContainerEvent.SignalReceived(clientId, content.optionalString("address"),
                contents.string("type"), said == null ? JsonNull.NULL : said,
                clientId.equals(connection.clientId())));
    }
}
