package dev.thalweg.testkit;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a line of operations makes of a directory tree: a flat list of paths, in the order in which they came. */
final class DirectoryOracle {
    private static final class Entry {
        final String path;
        final int createdAt;
        final List<String> creators = new ArrayList<>();
        final List<JsonArray> pairs = new ArrayList<>();

        Entry(String path, int createdAt) {
            this.path = path;
            this.createdAt = createdAt;
        }
    }

    private final List<Entry> entries = new ArrayList<>(List.of(new Entry("/", 0)));

    void apply(LogOperation operation) {
        JsonValue contents = operation.contents();
        Entry entry = find(Fields.string(contents, "path"));
        if (entry == null || operation.referenceSequenceNumber() < entry.createdAt
                && !entry.creators.contains(operation.clientId())) {
            return;
        }
        String key = Fields.string(contents, "key");
        String child = below(entry.path) + Fields.string(contents, "subdirName");
        switch (Fields.string(contents, "type")) {
            case "set" -> set(entry, key, Fields.value(Fields.value(contents, "value"), "value"));
            case "delete" -> entry.pairs.removeIf(pair -> pair.get(0).equals(JsonValue.of(key)));
            case "clear" -> entry.pairs.clear();
            case "createSubDirectory" -> {
                Entry known = find(child);
                if (known == null) {
                    known = new Entry(child, operation.sequenceNumber());
                    entries.add(known);
                }
                known.creators.add(operation.clientId());
            }
            case "deleteSubDirectory" -> entries
                    .removeIf(each -> each.path.equals(child) || each.path.startsWith(child + "/"));
            default -> throw new IllegalStateException("unknown operation " + contents);
        }
    }

    JsonValue state(String path) {
        Entry entry = find(path);
        if (entry == null) {
            throw new IllegalStateException("no directory " + path);
        }
        List<JsonValue> children = new ArrayList<>();
        for (Entry each : entries) {
            String name = each.path.startsWith(below(path)) ? each.path.substring(below(path).length()) : "";
            if (!name.isEmpty() && name.indexOf('/') < 0) {
                children.add(DirectoryModel.pair(name, state(each.path)));
            }
        }
        return JsonObject.builder().put("e", new JsonArray(List.copyOf(entry.pairs)))
                .put("d", new JsonArray(children)).build();
    }

    private static void set(Entry entry, String key, JsonValue value) {
        JsonArray pair = JsonArray.of(JsonValue.of(key), value);
        for (int i = 0; i < entry.pairs.size(); i++) {
            if (entry.pairs.get(i).get(0).equals(JsonValue.of(key))) {
                entry.pairs.set(i, pair);
                return;
            }
        }
        entry.pairs.add(pair);
    }

    private static String below(String path) {
        return path.equals("/") ? path : path + "/";
    }

    private @Nullable Entry find(String path) {
        for (Entry entry : entries) {
            if (entry.path.equals(path)) {
                return entry;
            }
        }
        return null;
    }
}
