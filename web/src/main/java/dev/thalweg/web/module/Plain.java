package dev.thalweg.web.module;

import dev.thalweg.dds.ChannelEvent;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts together a plain object for JavaScript: an event, an outcome. A member without a value is left out. */
final class Plain {
    private final JsonObject.Builder members = JsonObject.builder();

    private Plain() {}

    /** An event. @param type its name */
    static Plain event(String type) {
        return new Plain().put("type", type);
    }

    /** An event of a structure. @param type its name */
    static Plain event(String type, ChannelEvent event) {
        return event(type).put("local", event.local());
    }

    /** An outcome. @param status which */
    static Plain outcome(String status) {
        return new Plain().put("status", status);
    }

    /** An outcome that is not known. */
    static Plain unknown(String reason) {
        return outcome("unknown").put("reason", reason);
    }

    static Plain object() {
        return new Plain();
    }

    Plain put(String name, @Nullable String value) {
        return value == null ? this : put(name, JsonValue.of(value));
    }

    /** Puts a whole number, of at most 2^53 - 1 either way. */
    Plain put(String name, long value) {
        return put(name, (double) value);
    }

    Plain put(String name, double value) {
        return put(name, JsonValue.of(value));
    }

    Plain put(String name, boolean value) {
        return put(name, JsonValue.of(value));
    }

    Plain put(String name, List<String> values) {
        return put(name, JsonArray.ofStrings(values));
    }

    Plain put(String name, @Nullable JsonValue value) {
        if (value != null) {
            members.put(name, value);
        }
        return this;
    }

    JsonObject build() {
        return members.build();
    }
}
