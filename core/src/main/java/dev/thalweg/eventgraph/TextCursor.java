package dev.thalweg.eventgraph;

import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A place in a text that stays where it is however the text changes, the same at every replica: directly behind a unit or
 * directly before one, whether that is still there or deleted. {@link TextHistory} makes them and finds them again.
 *
 * @param unit     the event that put the unit in; null for the text's start or end
 * @param affinity {@code BEFORE} for behind the unit or at the start, {@code AFTER} for before the unit or at the end
 */
public record TextCursor(@Nullable EventId unit, Affinity affinity) {
    /** Holds the two. */
    public TextCursor {
        Objects.requireNonNull(affinity);
    }

    /** {@code {"unit": [agent, number], "affinity": "before" or "after"}}, without a unit at the start or end. */
    public JsonObject toJson() {
        JsonObject.Builder json = JsonObject.builder();
        if (unit != null) {
            json.put("unit", EventIdJson.write(unit));
        }
        return json.put("affinity", affinity == Affinity.BEFORE ? "before" : "after").build();
    }

    /** Reads {@link #toJson}. */
    public static TextCursor read(JsonValue json) throws ProtocolException {
        JsonObject cursor = JsonCasts.object(json, "a cursor");
        String affinity = cursor.string("affinity");
        if (!affinity.equals("before") && !affinity.equals("after")) {
            throw new ProtocolException("the affinity of a cursor is before or after, not " + affinity);
        }
        return new TextCursor(cursor.has("unit") ? EventIdJson.read(cursor.require("unit")) : null,
                affinity.equals("before") ? Affinity.BEFORE : Affinity.AFTER);
    }
}
