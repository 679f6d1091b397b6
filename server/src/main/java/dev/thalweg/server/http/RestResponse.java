package dev.thalweg.server.http;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * An answer in JSON.
 *
 * @param status for example 200
 * @param body   JSON text
 * @param tag    names what never changes and may be kept for ever, or null for what must be asked for again
 */
record RestResponse(int status, String body, @Nullable String tag) {
    static RestResponse ok(String json) {
        return new RestResponse(200, json, null);
    }

    static RestResponse ok(JsonValue json) {
        return ok(json.toJson());
    }

    static RestResponse created(JsonValue json) {
        return new RestResponse(201, json.toJson(), null);
    }

    /** Something that its id names for ever. */
    static RestResponse immutable(String id, JsonValue json) {
        return new RestResponse(200, json.toJson(), id);
    }

    static RestResponse error(int status, String message) {
        return new RestResponse(status,
                JsonObject.builder().put("code", status).put("message", message).build().toJson(), null);
    }
}
