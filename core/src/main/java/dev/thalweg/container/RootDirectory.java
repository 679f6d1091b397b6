package dev.thalweg.container;

import dev.thalweg.dds.Handle;
import dev.thalweg.dds.PlainValue;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryBuilder;
import dev.thalweg.storage.SummaryNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The channel {@code root} of the root data store: a SharedDirectory whose sub-directory {@code initial-objects-key}
 * holds a handle for each initial object. It is written when the document is created and does not change afterwards, so
 * it is read and written here as it lies in a summary.
 */
final class RootDirectory {
    static final String CHANNEL_ID = "root";
    static final String TYPE = "https://graph.microsoft.com/types/directory";
    private static final String OBJECTS = "initial-objects-key";

    private RootDirectory() {}

    /** The paths of the initial objects, by key. */
    static Map<String, String> read(SummaryNode.Tree tree) throws ProtocolException {
        String header = tree.requireText("header", "the root directory");
        Map<String, String> paths = new LinkedHashMap<>();
        JsonObject content = JsonCasts.object(JsonValue.parse(header), "root directory").object("content");
        JsonObject folders = content.optionalObject("subdirectories");
        JsonObject objects = folders == null ? null : folders.optionalObject(OBJECTS);
        JsonObject storage = objects == null ? null : objects.optionalObject("storage");
        if (storage != null) {
            for (int i = 0; i < storage.size(); i++) {
                JsonObject entry = JsonCasts.object(storage.value(i), storage.name(i));
                Handle handle = Handle.read(entry.get("value"));
                if (handle != null) {
                    paths.put(storage.name(i), handle.path());
                }
            }
        }
        return paths;
    }

    /** The channel's tree. */
    static SummaryNode.Tree write(Map<String, String> paths, String attributes) {
        JsonObject.Builder storage = JsonObject.builder();
        paths.forEach((key, path) -> storage.put(key, PlainValue.wrap(new Handle(path).toJson())));
        JsonObject objects = JsonObject.builder().put("ci", created(JsonArray.of(JsonValue.of("detached"))))
                .put("storage", storage.build()).build();
        JsonObject content = JsonObject.builder().put("ci", created(JsonArray.EMPTY))
                .put("subdirectories", JsonObject.of(OBJECTS, objects)).build();
        JsonObject header = JsonObject.builder().put("blobs", JsonArray.EMPTY).put("content", content).build();
        return new SummaryBuilder().text("header", header.toJson()).text(".attributes", attributes).build();
    }

    private static JsonObject created(JsonArray creators) {
        return JsonObject.builder().put("csn", 0).put("ccIds", creators).build();
    }
}
