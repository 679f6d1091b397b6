package dev.thalweg.ephemeral;

import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Entries as JSON in the form of mizchi/converge, with two members of ours: {@code clock}, 0 when absent, and
 * {@code "removed":true} for a value that was taken out.
 */
public final class EphemeralJson {
    private EphemeralJson() {}

    /** {@code {"key","value","timestamp","peer","clock"}}. */
    public static JsonObject entry(String key, EphemeralEntry entry) {
        JsonObject.Builder json = JsonObject.builder().put("key", key);
        JsonValue value = entry.value();
        json.put("value", value == null ? JsonNull.NULL : value).put("timestamp", entry.timestamp())
                .put("peer", entry.peer()).put("clock", entry.clock());
        return (value == null ? json.put("removed", true) : json).build();
    }

    /** A namespace: {@code {key: entry}}. */
    public static JsonObject namespace(Map<String, EphemeralEntry> keys) {
        JsonObject.Builder json = JsonObject.builder();
        keys.forEach((key, entry) -> json.put(key, entry(key, entry)));
        return json.build();
    }

    /** All namespaces: {@code {namespace: {key: entry}}}. */
    public static JsonObject entries(Map<String, Map<String, EphemeralEntry>> entries) {
        JsonObject.Builder json = JsonObject.builder();
        entries.forEach((namespace, keys) -> json.put(namespace, namespace(keys)));
        return json.build();
    }

    /** Reads {@link #entries}. */
    public static Map<String, Map<String, EphemeralEntry>> readEntries(JsonValue json) throws ProtocolException {
        JsonObject namespaces = JsonCasts.object(json, "entries");
        Map<String, Map<String, EphemeralEntry>> entries = new TreeMap<>();
        for (int i = 0; i < namespaces.size(); i++) {
            JsonObject keys = JsonCasts.object(namespaces.value(i), "a namespace");
            Map<String, EphemeralEntry> read = new TreeMap<>();
            for (int j = 0; j < keys.size(); j++) {
                read.put(keys.name(j), readEntry(JsonCasts.object(keys.value(j), "an entry")));
            }
            entries.put(namespaces.name(i), read);
        }
        return entries;
    }

    private static EphemeralEntry readEntry(JsonObject json) throws ProtocolException {
        boolean removed = json.optionalBool("removed", false);
        try {
            return new EphemeralEntry(removed ? null : json.require("value"), json.number("timestamp"),
                    json.optionalInteger("clock", 0, Integer.MAX_VALUE, 0), json.string("peer"));
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("not an entry: " + e.getMessage());
        }
    }

    /** Entries and marks: {@code {"entries": …, "left": {peer: clock}}}. */
    public static JsonObject state(EphemeralState state) {
        JsonObject.Builder left = JsonObject.builder();
        state.left().forEach((peer, clock) -> left.put(peer, clock));
        return JsonObject.builder().put("entries", entries(state.entries())).put("left", left.build()).build();
    }

    /** Reads {@link #state}. */
    public static EphemeralState readState(JsonValue json) throws ProtocolException {
        JsonObject object = JsonCasts.object(json, "a state");
        JsonObject marks = object.object("left");
        Map<String, Integer> left = new TreeMap<>();
        for (int i = 0; i < marks.size(); i++) {
            left.put(marks.name(i), JsonCasts.integer(marks.value(i), "a clock", 0, Integer.MAX_VALUE));
        }
        return new EphemeralState(readEntries(object.object("entries")), left);
    }
}
