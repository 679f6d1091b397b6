package dev.thalweg.eventgraph;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/**
 * How a text with marks changed, from its start to its end. What is behind the last edit stays.
 *
 * @param edits none when nothing changed
 */
public record RichChange(List<Edit> edits) {
    static final RichChange NONE = new RichChange(List.of());

    /** Copies the list. */
    public RichChange {
        edits = List.copyOf(edits);
    }

    /** One step through the text. */
    public sealed interface Edit {
        /**
         * So many UTF-16 units stay.
         *
         * @param attributes those of their properties that changed, as they are now; null for one that they no longer have
         */
        record Retain(int length, JsonObject attributes) implements Edit {}

        /** Text comes in here. @param attributes the properties that it has */
        record Insert(String text, JsonObject attributes) implements Edit {}

        /** So many units go from here. */
        record Delete(int length) implements Edit {}
    }

    /** As editors exchange it: {@code [{"retain":n,"attributes":{…}}, {"insert":"…","attributes":{…}}, {"delete":n}]}. */
    public JsonArray toJson() {
        List<JsonValue> json = new ArrayList<>(edits.size());
        for (Edit edit : edits) {
            json.add(switch (edit) {
                case Edit.Retain retain ->
                        with(JsonObject.builder().put("retain", retain.length()), retain.attributes());
                case Edit.Insert insert -> with(JsonObject.builder().put("insert", insert.text()), insert.attributes());
                case Edit.Delete delete -> JsonObject.builder().put("delete", delete.length()).build();
            });
        }
        return new JsonArray(json);
    }

    private static JsonObject with(JsonObject.Builder edit, JsonObject attributes) {
        return attributes.size() == 0 ? edit.build() : edit.put("attributes", attributes).build();
    }
}
