package dev.thalweg.dds.directory;

import dev.thalweg.dds.JavaScriptOrder;
import dev.thalweg.dds.PlainValue;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonLimits;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryBuilder;
import dev.thalweg.storage.SummaryNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A directory tree in a summary: {@code header} holds {@code {"blobs":[names],"content":directory}}, where a directory is
 * {@code {"ci":{"csn":sequence number,"ccIds":[creators]},"storage":{key: wrapped value},"subdirectories":{name:
 * directory}}} without the parts that are empty. A value of at least {@value #ALONE} characters of JSON stands in a blob
 * of its own, in as many directories as lead to it.
 */
final class DirectorySummary {
    private static final String HEADER = "header";
    private static final String STORAGE = "storage";
    private static final String SUBDIRECTORIES = "subdirectories";
    private static final int ALONE = 8 * 1024;
    private static final JsonLimits LIMITS = new JsonLimits(2 * Paths.DEPTH + JsonLimits.DEFAULT.maxDepth(),
            JsonLimits.DEFAULT.maxLength());

    private final SummaryBuilder blobs = new SummaryBuilder();
    private final List<String> names = new ArrayList<>();

    private DirectorySummary() {}

    static SummaryNode.Tree write(DirectoryNode root) {
        DirectorySummary summary = new DirectorySummary();
        JsonObject content = summary.directory(root);
        JsonObject header = JsonObject.builder().put("blobs", JsonArray.ofStrings(summary.names))
                .put("content", content).build();
        return summary.blobs.text(HEADER, header.toJson()).build();
    }

    static void read(SummaryNode.Tree summary, DirectoryKernel kernel) throws ProtocolException {
        JsonObject header = content(summary, HEADER);
        if (!(header.get("blobs") instanceof JsonArray blobs)) {
            // The format before blobs: nothing but content.
            load(kernel, kernel.root(), header);
            return;
        }
        load(kernel, kernel.root(), header.object("content"));
        for (String name : blobs.strings()) {
            load(kernel, kernel.root(), content(summary, name));
        }
    }

    private JsonObject directory(DirectoryNode node) {
        JsonObject.Builder directory = JsonObject.builder().put("ci", JsonObject.builder()
                .put("csn", node.createdAt).put("ccIds", JsonArray.ofStrings(List.copyOf(node.creators))).build());
        Map<String, JsonValue> values = node.values.sequenced();
        if (!values.isEmpty()) {
            directory.put(STORAGE, storage(node, values));
        }
        if (!node.children.isEmpty()) {
            directory.put(SUBDIRECTORIES, subdirectories(node));
        }
        return directory.build();
    }

    private JsonObject storage(DirectoryNode node, Map<String, JsonValue> values) {
        Map<String, JsonValue> small = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            if (value.toJson().length() >= ALONE) {
                addBlob(node, key, value);
            } else {
                small.put(key, value);
            }
        });
        JsonObject.Builder storage = JsonObject.builder();
        for (String key : JavaScriptOrder.of(small.keySet())) {
            storage.put(key, PlainValue.wrap(small.getOrDefault(key, JsonObject.EMPTY)));
        }
        return storage.build();
    }

    /* The reference takes the last subdirectory first, which shows in the numbers of the blobs. */
    private JsonObject subdirectories(DirectoryNode node) {
        List<DirectoryNode> children = new ArrayList<>(node.children.values());
        Map<String, JsonObject> written = new LinkedHashMap<>();
        for (int i = children.size() - 1; i >= 0; i--) {
            DirectoryNode child = children.get(i);
            written.put(child.name, directory(child));
        }
        JsonObject.Builder subdirectories = JsonObject.builder();
        for (String name : JavaScriptOrder.of(node.children.keySet())) {
            subdirectories.put(name, written.getOrDefault(name, JsonObject.EMPTY));
        }
        return subdirectories.build();
    }

    private void addBlob(DirectoryNode node, String key, JsonValue value) {
        JsonObject content = JsonObject.of(STORAGE, JsonObject.of(key, PlainValue.wrap(value)));
        for (DirectoryNode at = node; at.parent != null; at = at.parent) {
            content = JsonObject.of(SUBDIRECTORIES, JsonObject.of(at.name, content));
        }
        String name = "blob" + names.size();
        names.add(name);
        blobs.text(name, content.toJson());
    }

    private static JsonObject content(SummaryNode.Tree summary, String name) throws ProtocolException {
        String text = summary.requireText(name, "a directory's summary");
        return JsonCasts.object(JsonValue.parse(text, LIMITS), name);
    }

    private static void load(DirectoryKernel kernel, DirectoryNode node, JsonObject directory)
            throws ProtocolException {
        JsonObject storage = directory.optionalObject(STORAGE);
        for (int i = 0; storage != null && i < storage.size(); i++) {
            JsonObject wrapper = JsonCasts.object(storage.value(i), storage.name(i));
            node.values.load(storage.name(i), PlainValue.unwrap(wrapper));
        }
        JsonObject subdirectories = directory.optionalObject(SUBDIRECTORIES);
        if (subdirectories == null) {
            return;
        }
        List<DirectoryNode> created = new ArrayList<>();
        for (int i = 0; i < subdirectories.size(); i++) {
            String name = subdirectories.name(i);
            JsonObject below = JsonCasts.object(subdirectories.value(i), name);
            DirectoryNode child = node.children.get(name);
            if (child == null) {
                child = created(kernel, node, name, below.optionalObject("ci"));
                created.add(child);
            }
            load(kernel, child, below);
        }
        // JSON has put names that spell an array index first.
        created.sort((a, b) -> Integer.compare(a.createdAt, b.createdAt));
        created.forEach(child -> node.children.put(child.name, child));
    }

    /* Without a word on its creation, and with the -1 that early versions wrote, it was there from the beginning. */
    private static DirectoryNode created(DirectoryKernel kernel, DirectoryNode parent, String name,
            @Nullable JsonObject creation) throws ProtocolException {
        DirectoryNode node = new DirectoryNode(kernel, parent, name);
        node.createdAt = 0;
        if (creation != null) {
            node.createdAt = Math.max(0, creation.integer("csn", DirectoryNode.NOT_SEQUENCED, Integer.MAX_VALUE));
            node.creators.addAll(creation.optionalArray("ccIds").strings());
        }
        return node;
    }
}
