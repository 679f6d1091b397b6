package dev.thalweg.protocol;

import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.JsonWriter;
import dev.thalweg.json.ProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * A submitted message was refused: its sender must not count on it, nor on what it sent after it on this connection.
 *
 * @param sequenceNumber    the minimum sequence number a new try has to start from, -1 when that does not matter
 * @param code              an HTTP status
 * @param type              what kind of refusal
 * @param message           for a person, with the value and the limit
 * @param retryAfterSeconds how long to wait before reconnecting, 0 when not said
 * @param operation         what was refused, or null when it could not be read
 */
public record Nack(
        int sequenceNumber,
        int code,
        Type type,
        String message,
        double retryAfterSeconds,
        @Nullable DocumentMessage operation) {

    /** Fluid's kinds of refusal. */
    public enum Type {
        /** Too fast: wait, then try again. */
        THROTTLING("ThrottlingError"),
        /** The token does not allow it: trying again will not help. */
        INVALID_SCOPE("InvalidScopeError"),
        /** The message breaks a rule: reconnect and resubmit. */
        BAD_REQUEST("BadRequestError"),
        /** A quota is used up: trying again will not help. */
        LIMIT_EXCEEDED("LimitExceededError");

        private final String wireName;

        Type(String wireName) {
            this.wireName = wireName;
        }

        /** As it stands in a nack. */
        public String wireName() {
            return wireName;
        }

        /** The type of that name; an unknown one is a bad request. */
        public static Type of(String wireName) {
            return switch (wireName) {
                case "ThrottlingError" -> THROTTLING;
                case "InvalidScopeError" -> INVALID_SCOPE;
                case "LimitExceededError" -> LIMIT_EXCEEDED;
                default -> BAD_REQUEST;
            };
        }
    }

    /** A message that breaks a rule. */
    public static Nack badRequest(String message, int sequenceNumber, @Nullable DocumentMessage operation) {
        return new Nack(sequenceNumber, 400, Type.BAD_REQUEST, message, 0, operation);
    }

    /** A message that its token does not allow. */
    public static Nack invalidScope(String message, @Nullable DocumentMessage operation) {
        return new Nack(-1, 403, Type.INVALID_SCOPE, message, 0, operation);
    }

    /** A message that came too fast. */
    public static Nack throttled(String message, double retryAfterSeconds, @Nullable DocumentMessage operation) {
        return new Nack(-1, 429, Type.THROTTLING, message, retryAfterSeconds, operation);
    }

    /** A message that is too large. */
    public static Nack tooLarge(String message, @Nullable DocumentMessage operation) {
        return new Nack(-1, 413, Type.BAD_REQUEST, message, 0, operation);
    }

    /** A message beyond a quota. */
    public static Nack limitExceeded(String message, @Nullable DocumentMessage operation) {
        return new Nack(-1, 429, Type.LIMIT_EXCEEDED, message, 0, operation);
    }

    /** Reads one, without the operation it answers, which its sender knows. */
    public static Nack read(JsonObject object) throws ProtocolException {
        JsonObject content = object.object("content");
        String message = content.optionalString("message");
        String type = content.optionalString("type");
        return new Nack(object.optionalInteger("sequenceNumber", -1, Integer.MAX_VALUE, -1),
                content.optionalInteger("code", 0, 999, 400), Type.of(type == null ? "" : type),
                message == null ? "" : message,
                content.has("retryAfter") && content.get("retryAfter") != JsonNull.NULL
                        ? content.number("retryAfter")
                        : 0,
                null);
    }

    /** Writes it as it travels. */
    public void write(JsonWriter writer) {
        JsonObject content = JsonObject.builder().put("code", code).put("type", type.wireName())
                .put("message", message)
                .putIfPresent("retryAfter", retryAfterSeconds > 0 ? JsonValue.of(retryAfterSeconds) : null).build();
        writer.beginObject().name("content").value(content).name("operation");
        if (operation == null) {
            writer.value(JsonNull.NULL);
        } else {
            operation.write(writer);
        }
        writer.name("sequenceNumber").number(sequenceNumber).endObject();
    }
}
