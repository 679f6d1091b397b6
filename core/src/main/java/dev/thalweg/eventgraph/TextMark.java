package dev.thalweg.eventgraph;

import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.Objects;

/**
 * A property of a stretch of a text, such as bold or a link. Where it ends and what it does with text that comes in there is
 * in its two places.
 *
 * @param start behind a unit when text that comes in there is to be marked, before a unit when it is not
 * @param end   before a unit when text that comes in there is to be marked, behind a unit when it is not
 * @param name  of the property
 * @param value null to take the property away
 */
public record TextMark(TextCursor start, TextCursor end, String name, JsonValue value) {
    /** @throws IllegalArgumentException when the name is empty */
    public TextMark {
        Objects.requireNonNull(start);
        Objects.requireNonNull(end);
        Objects.requireNonNull(value);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a property has a name");
        }
    }

    /** {@code {"name", "value", "start", "end"}}, the latter two as {@link TextCursor#toJson}. */
    public JsonObject toJson() {
        return JsonObject.builder().put("name", name).put("value", value).put("start", start.toJson())
                .put("end", end.toJson()).build();
    }

    /** Reads {@link #toJson}. */
    public static TextMark read(JsonValue json) throws ProtocolException {
        JsonObject mark = JsonCasts.object(json, "a mark");
        String name = mark.string("name");
        if (name.isEmpty()) {
            throw new ProtocolException("a mark has an empty name");
        }
        return new TextMark(TextCursor.read(mark.require("start")), TextCursor.read(mark.require("end")), name,
                mark.require("value"));
    }
}
