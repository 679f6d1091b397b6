package dev.thalweg.testkit;

import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Summaries as scripts keep them: the text of each leaf under its path. */
final class Summaries {
    private Summaries() {}

    static JsonObject toJson(SummaryNode.Tree tree) {
        JsonObject.Builder texts = JsonObject.builder();
        collect(texts, "", tree);
        return texts.build();
    }

    static SummaryNode.Tree fromJson(JsonObject texts) throws ProtocolException {
        Map<String, Object> root = new LinkedHashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            String path = texts.name(i);
            Map<String, Object> folder = root;
            int from = 0;
            for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', from)) {
                folder = folder(folder, path.substring(from, slash));
                from = slash + 1;
            }
            folder.put(path.substring(from), JsonCasts.string(texts.value(i), path));
        }
        return tree(root);
    }

    private static void collect(JsonObject.Builder texts, String path, SummaryNode.Tree tree) {
        for (Map.Entry<String, SummaryNode> entry : tree.entries().entrySet()) {
            String below = path + entry.getKey();
            switch (entry.getValue()) {
                case SummaryNode.Tree folder -> collect(texts, below + "/", folder);
                case SummaryNode.Blob blob -> texts.put(below, new JsonString(blob.text()));
                case SummaryNode.Handle handle -> throw new IllegalStateException("a handle at " + below);
                case SummaryNode.Attachment attachment -> throw new IllegalStateException("an attachment at " + below);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> folder(Map<String, Object> parent, String name) throws ProtocolException {
        Object folder = parent.computeIfAbsent(name, absent -> new LinkedHashMap<String, Object>());
        if (folder instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new ProtocolException(name + " is both a leaf and a folder");
    }

    private static SummaryNode.Tree tree(Map<String, Object> folder) {
        Map<String, SummaryNode> entries = new LinkedHashMap<>();
        for (Map.Entry<String, Object> entry : folder.entrySet()) {
            Object value = entry.getValue();
            if (value instanceof String text) {
                entries.put(entry.getKey(), SummaryNode.Blob.of(text));
            } else {
                @SuppressWarnings("unchecked")
                Map<String, Object> below = (Map<String, Object>) value;
                entries.put(entry.getKey(), tree(below));
            }
        }
        return new SummaryNode.Tree(entries);
    }
}
