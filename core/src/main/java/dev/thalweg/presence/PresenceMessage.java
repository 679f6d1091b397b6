package dev.thalweg.presence;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonNumber;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The content of a presence signal; {@code docs/wire.md} has the form. */
record PresenceMessage(Kind kind, String attendeeId, List<Value> values) {
    static final String TYPE = "thalweg/presence";
    private static final int MAX_NAME = 256;
    private static final int MAX_REVISION = Integer.MAX_VALUE;

    /** Why it is said. */
    enum Kind {
        HELLO("hello"), STATE("state"), UPDATE("update"), BYE("bye");

        final String word;

        Kind(String word) {
            this.word = word;
        }

        static Kind of(String word) throws ProtocolException {
            for (Kind kind : values()) {
                if (kind.word.equals(word)) {
                    return kind;
                }
            }
            throw new ProtocolException("kind is none that is known: " + word);
        }
    }

    /** A value. @param value null when it was taken out @param ttlMillis for how long it holds, 0 for as it stays */
    record Value(Slot slot, int revision, @Nullable JsonValue value, double ttlMillis) {}

    JsonObject toJson() {
        List<JsonValue> all = new ArrayList<>();
        for (Value value : values) {
            JsonObject.Builder json = JsonObject.builder().put("workspace", value.slot.workspace())
                    .put("name", value.slot.name());
            if (!value.slot.key().isEmpty()) {
                json.put("key", value.slot.key());
            }
            json.put("revision", value.revision).putIfPresent("value", value.value);
            if (value.ttlMillis > 0) {
                json.put("ttl", value.ttlMillis);
            }
            all.add(json.build());
        }
        JsonObject.Builder json = JsonObject.builder().put("kind", kind.word).put("attendee", attendeeId);
        if (!all.isEmpty()) {
            json.put("values", new JsonArray(all));
        }
        return json.build();
    }

    static PresenceMessage read(JsonValue json) throws ProtocolException {
        JsonObject object = JsonCasts.object(json, "presence");
        Kind kind = Kind.of(object.string("kind"));
        String attendee = name(object, "attendee");
        List<Value> values = new ArrayList<>();
        for (JsonValue element : object.optionalArray("values").values()) {
            JsonObject value = JsonCasts.object(element, "values");
            String key = value.has("key") ? name(value, "key") : "";
            double ttl = value.get("ttl") instanceof JsonNumber number ? number.value() : 0;
            if (ttl < 0) {
                throw new ProtocolException("ttl must not be negative");
            }
            values.add(new Value(new Slot(name(value, "workspace"), name(value, "name"), key),
                    value.integer("revision", 1, MAX_REVISION), value.get("value"), ttl));
        }
        return new PresenceMessage(kind, attendee, values);
    }

    private static String name(JsonObject object, String member) throws ProtocolException {
        String name = object.string(member);
        if (name.isEmpty() || name.length() > MAX_NAME) {
            throw new ProtocolException(member + " must have 1 to " + MAX_NAME + " characters, was " + name.length());
        }
        return name;
    }

    /** A name an application gives. */
    static String requireName(String what, String name) {
        if (name.isEmpty() || name.length() > MAX_NAME) {
            throw new IllegalArgumentException(
                    what + " must have 1 to " + MAX_NAME + " characters, was " + name.length());
        }
        return name;
    }
}
