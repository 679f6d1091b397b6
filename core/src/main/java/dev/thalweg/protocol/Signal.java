package dev.thalweg.protocol;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * Something said to the others that is neither ordered nor kept.
 *
 * @param clientId       who said it, or null when the service did
 * @param content        text, for the runtime JSON
 * @param targetClientId who alone hears it, or null for everyone
 */
public record Signal(@Nullable String clientId, String content, @Nullable String targetClientId) {
    /** Reads one. */
    public static Signal read(JsonObject object) throws ProtocolException {
        JsonValue content = object.require("content");
        return new Signal(object.optionalString("clientId"),
                content instanceof JsonString string ? string.value() : content.toJson(),
                object.optionalString("targetClientId"));
    }

    /** As it travels. */
    public JsonObject toJson() {
        JsonObject.Builder builder = JsonObject.builder();
        builder.put("clientId", clientId == null ? dev.thalweg.json.JsonNull.NULL : new JsonString(clientId));
        return builder.put("content", content).putIfPresent("targetClientId", targetClientId).build();
    }

    /** What the service says when a connection begins. */
    public static Signal join(String clientId, Client client) {
        JsonObject content = JsonObject.builder().put("clientId", clientId).put("client", client.toJson()).build();
        return new Signal(null, JsonObject.builder().put("type", "join").put("content", content).build().toJson(),
                null);
    }

    /** What the service says when a connection ends. */
    public static Signal leave(String clientId) {
        return new Signal(null, JsonObject.builder().put("type", "leave").put("content", clientId).build().toJson(),
                null);
    }
}
