package dev.thalweg.dds.map;

import dev.thalweg.dds.ChannelOperation;
import dev.thalweg.dds.KeyedOperation;
import dev.thalweg.dds.PlainValue;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;

/** What can be done to a map. */
public sealed interface MapOperation extends ChannelOperation {

    /** Gives a key a value. */
    record Set(String key, JsonValue value) implements MapOperation, KeyedOperation.Set {
        @Override
        public JsonValue toJson() {
            return JsonObject.builder().put("key", key).put("type", "set").put("value", PlainValue.wrap(value)).build();
        }
    }

    /** Takes a key out, whether it is there or not. */
    record Delete(String key) implements MapOperation, KeyedOperation.Delete {
        @Override
        public JsonValue toJson() {
            return JsonObject.builder().put("key", key).put("type", "delete").build();
        }
    }

    /** Takes every key out. */
    record Clear() implements MapOperation, KeyedOperation.Clear {
        private static final JsonObject JSON = JsonObject.of("type", JsonValue.of("clear"));

        @Override
        public JsonValue toJson() {
            return JSON;
        }
    }

    /** Reads one; members it does not know are passed over. */
    static MapOperation read(JsonValue contents) throws ProtocolException {
        JsonObject object = JsonCasts.object(contents, "map operation");
        String type = object.string("type");
        return switch (type) {
            case "set" -> new Set(object.string("key"), PlainValue.unwrap(object.object("value")));
            case "delete" -> new Delete(object.string("key"));
            case "clear" -> new Clear();
            default -> throw new ProtocolException("unknown map operation " + type);
        };
    }
}
