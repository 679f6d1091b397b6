package dev.thalweg.protocol;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;

/**
 * The answer {@code connect_document_error}.
 *
 * @param code              an HTTP status: 400 malformed, 401 token, 403 not allowed, 404 no such document, 429 too many
 * @param message           for a person
 * @param retryAfterSeconds how long to wait, 0 when not said
 */
public record ConnectError(int code, String message, double retryAfterSeconds) {
    /** An error without a time to wait. */
    public ConnectError(int code, String message) {
        this(code, message, 0);
    }

    /** Reads one. */
    public static ConnectError read(JsonObject object) throws ProtocolException {
        String message = object.optionalString("message");
        return new ConnectError(object.optionalInteger("code", 0, 999, 400), message == null ? "" : message,
                object.has("retryAfter") ? object.number("retryAfter") : 0);
    }

    /**
     * As it travels. The time to wait is there twice: {@code routerlicious-driver} looks for milliseconds here, unlike in a
     * nack, and without them closes its container for good.
     */
    public JsonObject toJson() {
        return JsonObject.builder().put("code", code).put("message", message)
                .putIfPresent("retryAfter", retryAfterSeconds > 0 ? JsonValue.of(retryAfterSeconds) : null)
                .putIfPresent("retryAfterMs", retryAfterSeconds > 0 ? JsonValue.of(retryAfterSeconds * 1000) : null)
                .build();
    }
}
