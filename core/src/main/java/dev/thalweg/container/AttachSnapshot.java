package dev.thalweg.container;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryBuilder;
import dev.thalweg.storage.SummaryNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The tree that an attach message carries: the same as in a summary, spelled as a list of entries. */
final class AttachSnapshot {
    /** What the sender's garbage collector knew; no part of what is stored. */
    private static final String GC_DATA = ".gcdata";

    private AttachSnapshot() {}

    /** Reads one, without the garbage collector's notes. */
    static SummaryNode.Tree read(JsonObject snapshot) throws ProtocolException {
        SummaryBuilder builder = new SummaryBuilder();
        for (JsonValue value : snapshot.array("entries").values()) {
            JsonObject entry = JsonCasts.object(value, "entries");
            String path = entry.string("path");
            if (path.equals(GC_DATA)) {
                continue;
            }
            JsonObject content = entry.object("value");
            String type = entry.string("type");
            switch (type) {
                case "Tree" -> builder.put(path, read(content));
                case "Blob" -> builder.put(path, new SummaryNode.Blob(content.string("contents"),
                        "base64".equals(content.optionalString("encoding"))));
                case "Attachment" -> builder.put(path, new SummaryNode.Attachment(content.string("id")));
                default -> throw new ProtocolException("attach: unknown entry type " + type + " at " + path);
            }
        }
        return builder.build();
    }

    /** Writes a channel's tree, with the notes a stock client expects: a channel that refers to nothing. */
    static JsonObject write(SummaryNode.Tree tree) {
        return write(tree, JsonObject.of("/", JsonArray.EMPTY));
    }

    /** Writes a tree. @param routes what each part of it refers to, by path, for the garbage collector */
    static JsonObject write(SummaryNode.Tree tree, JsonObject routes) {
        List<JsonValue> entries = entries(tree);
        entries.add(blob(GC_DATA, JsonObject.of("gcNodes", routes).toJson(), false));
        return JsonObject.of("entries", new JsonArray(entries));
    }

    private static List<JsonValue> entries(SummaryNode.Tree tree) {
        List<JsonValue> entries = new ArrayList<>();
        for (Map.Entry<String, SummaryNode> entry : tree.entries().entrySet()) {
            entries.add(switch (entry.getValue()) {
                case SummaryNode.Tree child -> JsonObject.builder().put("path", entry.getKey())
                        .put("value", JsonObject.of("entries", new JsonArray(entries(child))))
                        .put("mode", "040000").put("type", "Tree").build();
                case SummaryNode.Blob leaf -> blob(entry.getKey(), leaf.content(), leaf.base64());
                case SummaryNode.Handle handle -> throw new IllegalArgumentException(
                        "a new channel cannot refer to a summary, at " + handle.path());
                case SummaryNode.Attachment attachment -> JsonObject.builder().put("path", entry.getKey())
                        .put("value", JsonObject.of("id", JsonValue.of(attachment.id()))).put("mode", "100644")
                        .put("type", "Attachment").build();
            });
        }
        return entries;
    }

    private static JsonObject blob(String path, String contents, boolean base64) {
        JsonObject value = JsonObject.builder().put("contents", contents).put("encoding", base64 ? "base64" : "utf-8")
                .build();
        return JsonObject.builder().put("path", path).put("mode", "100644").put("type", "Blob").put("value", value)
                .build();
    }
}
