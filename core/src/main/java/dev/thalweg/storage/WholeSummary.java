package dev.thalweg.storage;

import dev.thalweg.bytes.Percent;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A summary in one piece of JSON, as it is sent to create a document (Fluid's IWholeSummaryTree):
 * {@code {"type":"tree","entries":[{"value":…,"path":…,"type":"tree"|"blob"}]}}, names percent-encoded.
 */
public final class WholeSummary {
    private WholeSummary() {}

    /** Reads one. */
    public static SummaryNode.Tree read(JsonObject object) throws ProtocolException {
        return read(object, 0);
    }

    private static SummaryNode.Tree read(JsonObject object, int depth) throws ProtocolException {
        if (depth > SummaryStore.MAX_DEPTH) {
            throw new ProtocolException("summary with " + depth + " folders within folders, the limit is "
                    + SummaryStore.MAX_DEPTH);
        }
        Map<String, SummaryNode> parts = new LinkedHashMap<>();
        for (JsonValue element : object.array("entries").values()) {
            JsonObject entry = JsonCasts.object(element, "summary entry");
            String path = entry.string("path");
            String name = Percent.decode(path);
            if (name == null || name.isEmpty()) {
                throw new ProtocolException("summary entry path must be a percent-encoded name, was '" + path + "'");
            }
            JsonObject value = entry.object("value");
            String type = entry.string("type");
            SummaryNode part = switch (type) {
                case "tree" -> read(value, depth + 1);
                case "blob" -> blob(value, name);
                default ->
                        throw new ProtocolException("summary entry " + name + " must be a tree or blob, was " + type);
            };
            if (parts.put(name, part) != null) {
                throw new ProtocolException("summary entry " + name + " is there twice");
            }
        }
        return new SummaryNode.Tree(parts);
    }

    static SummaryNode.Blob blob(JsonObject value, String name) throws ProtocolException {
        String encoding = value.string("encoding");
        return switch (encoding) {
            case "utf-8" -> SummaryNode.Blob.of(value.string("content"));
            case "base64" -> new SummaryNode.Blob(Blobs.checked(value.string("content"), name), true);
            default -> throw new ProtocolException(
                    "summary entry " + name + " must be in utf-8 or base64, was in " + encoding);
        };
    }

    /** Spells one. Only folders and leaves can stand in it. */
    public static JsonObject toJson(SummaryNode.Tree tree) {
        List<JsonValue> entries = new ArrayList<>();
        for (Map.Entry<String, SummaryNode> part : tree.entries().entrySet()) {
            JsonObject value = switch (part.getValue()) {
                case SummaryNode.Tree folder -> toJson(folder);
                case SummaryNode.Blob leaf -> JsonObject.builder().put("type", "blob").put("content", leaf.content())
                        .put("encoding", leaf.base64() ? "base64" : "utf-8").build();
                case SummaryNode.Handle handle -> throw unexpected(part.getKey(), "a handle to " + handle.path());
                case SummaryNode.Attachment attachment ->
                        throw unexpected(part.getKey(), "attachment " + attachment.id());
            };
            boolean folder = part.getValue() instanceof SummaryNode.Tree;
            entries.add(JsonObject.builder().put("value", value).put("path", Percent.encode(part.getKey()))
                    .put("type", folder ? "tree" : "blob").build());
        }
        return JsonObject.builder().put("type", "tree").put("entries", new JsonArray(entries)).build();
    }

    private static IllegalArgumentException unexpected(String name, String what) {
        return new IllegalArgumentException("the first summary must be whole, but " + name + " is " + what);
    }
}
