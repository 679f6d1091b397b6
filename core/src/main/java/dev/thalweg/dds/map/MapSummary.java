package dev.thalweg.dds.map;

import dev.thalweg.dds.JavaScriptOrder;
import dev.thalweg.dds.PlainValue;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryBuilder;
import dev.thalweg.storage.SummaryNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A map in a summary: {@code header} holds {@code {"blobs":[names],"content":{key: wrapped value}}}, and each blob it
 * names holds more of the same content. A value of at least {@value #ALONE} characters of JSON stands in a blob of its
 * own; the rest moves to another blob whenever more than {@value #TOGETHER} characters have come together.
 */
final class MapSummary {
    private static final String HEADER = "header";
    private static final int ALONE = 8 * 1024;
    private static final int TOGETHER = 16 * 1024;
    /** What the reference counts for a value besides its JSON; the key does not count. */
    private static final int WRAPPER = PlainValue.PLAIN.length() + 21;

    private MapSummary() {}

    static SummaryNode.Tree write(Map<String, JsonValue> values) {
        SummaryBuilder blobs = new SummaryBuilder();
        List<String> names = new ArrayList<>();
        JsonObject.Builder content = JsonObject.builder();
        int together = 0;
        for (String key : JavaScriptOrder.of(values.keySet())) {
            JsonValue value = values.get(key);
            if (value == null) {
                throw new IllegalStateException("no value for " + key);
            }
            int length = value.toJson().length();
            if (length >= ALONE) {
                addBlob(blobs, names, JsonObject.of(key, PlainValue.wrap(value)));
                continue;
            }
            together += WRAPPER + length;
            if (together > TOGETHER) {
                addBlob(blobs, names, content.build());
                content = JsonObject.builder();
                together = 0;
            }
            content.put(key, PlainValue.wrap(value));
        }
        JsonObject header = JsonObject.builder().put("blobs", JsonArray.ofStrings(names))
                .put("content", content.build())
                .build();
        return blobs.text(HEADER, header.toJson()).build();
    }

    /** Keys and values in the order in which the reference, too, would hold them after loading. */
    static Map<String, JsonValue> read(SummaryNode.Tree summary) throws ProtocolException {
        JsonObject header = content(summary, HEADER);
        Map<String, JsonValue> values = new LinkedHashMap<>();
        if (!(header.get("blobs") instanceof JsonArray blobs)) {
            // The format before blobs: nothing but content.
            add(values, header);
            return values;
        }
        add(values, header.object("content"));
        for (String name : blobs.strings()) {
            add(values, content(summary, name));
        }
        return values;
    }

    private static void addBlob(SummaryBuilder blobs, List<String> names, JsonObject content) {
        String name = "blob" + names.size();
        names.add(name);
        blobs.text(name, content.toJson());
    }

    private static JsonObject content(SummaryNode.Tree summary, String name) throws ProtocolException {
        String text = summary.requireText(name, "a map's summary");
        return JsonCasts.object(JsonValue.parse(text), name);
    }

    private static void add(Map<String, JsonValue> values, JsonObject content) throws ProtocolException {
        for (int i = 0; i < content.size(); i++) {
            JsonObject wrapper = JsonCasts.object(content.value(i), content.name(i));
            values.put(content.name(i), PlainValue.unwrap(wrapper));
        }
    }
}
