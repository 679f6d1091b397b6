package dev.thalweg.dds.directory;

import dev.thalweg.dds.ChannelOperation;
import dev.thalweg.dds.KeyedOperation;
import dev.thalweg.dds.PlainValue;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;

/** What can be done to a directory tree. Each operation names by its absolute path the directory it is done in. */
public sealed interface DirectoryOperation extends ChannelOperation {
    /** The directory's absolute path, {@code /} for the root. */
    String path();

    /** Gives a key a value. */
    record Set(String path, String key, JsonValue value) implements DirectoryOperation, KeyedOperation.Set {
        @Override
        public JsonValue toJson() {
            return JsonObject.builder().put("key", key).put("path", path).put("type", "set")
                    .put("value", PlainValue.wrap(value)).build();
        }
    }

    /** Takes a key out, whether it is there or not. */
    record Delete(String path, String key) implements DirectoryOperation, KeyedOperation.Delete {
        @Override
        public JsonValue toJson() {
            return JsonObject.builder().put("key", key).put("type", "delete").put("path", path).build();
        }
    }

    /** Takes every key out and leaves the subdirectories. */
    record Clear(String path) implements DirectoryOperation, KeyedOperation.Clear {
        @Override
        public JsonValue toJson() {
            return JsonObject.builder().put("type", "clear").put("path", path).build();
        }
    }

    /** Makes a subdirectory, unless there is one of that name. */
    record CreateSubDirectory(String path, String name) implements DirectoryOperation {
        @Override
        public JsonValue toJson() {
            return JsonObject.builder().put("subdirName", name).put("path", path).put("type", "createSubDirectory")
                    .build();
        }
    }

    /** Takes a subdirectory out, with everything below it. */
    record DeleteSubDirectory(String path, String name) implements DirectoryOperation {
        @Override
        public JsonValue toJson() {
            return JsonObject.builder().put("subdirName", name).put("type", "deleteSubDirectory").put("path", path)
                    .build();
        }
    }

    /** Reads one; members it does not know are passed over. */
    static DirectoryOperation read(JsonValue contents) throws ProtocolException {
        JsonObject object = JsonCasts.object(contents, "directory operation");
        String type = object.string("type");
        String path = object.string("path");
        if (path.length() >= Paths.DEPTH && Paths.names(path).size() >= Paths.DEPTH) {
            throw new ProtocolException("a directory may be at most " + Paths.DEPTH + " below the root, was " + path);
        }
        return switch (type) {
            case "set" -> new Set(path, object.string("key"), PlainValue.unwrap(object.object("value")));
            case "delete" -> new Delete(path, object.string("key"));
            case "clear" -> new Clear(path);
            case "createSubDirectory" -> new CreateSubDirectory(path, object.string("subdirName"));
            case "deleteSubDirectory" -> new DeleteSubDirectory(path, object.string("subdirName"));
            default -> throw new ProtocolException("unknown directory operation " + type);
        };
    }
}
