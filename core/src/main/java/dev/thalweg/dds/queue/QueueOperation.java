package dev.thalweg.dds.queue;

import dev.thalweg.dds.ChannelOperation;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;

/** What can be done to a queue. */
public sealed interface QueueOperation extends ChannelOperation {

    /** Puts an item at the end. */
    record Add(JsonValue value) implements QueueOperation {
        /* The item stands there twice: as text for old clients, and as it is. */
        @Override
        public JsonValue toJson() {
            return JsonObject.builder().put("opName", "add").put("value", value.toJson())
                    .put("deserializedValue", value).build();
        }
    }

    /** Asks for the first item. @param acquireId names the acquisition, in the whole document */
    record Acquire(String acquireId) implements QueueOperation {
        @Override
        public JsonValue toJson() {
            return json("acquire", acquireId);
        }
    }

    /** Is done with an item: it is gone for good. @param acquireId names its acquisition */
    record Complete(String acquireId) implements QueueOperation {
        @Override
        public JsonValue toJson() {
            return json("complete", acquireId);
        }
    }

    /** Gives an item back, to the end of the queue. @param acquireId names its acquisition */
    record Release(String acquireId) implements QueueOperation {
        @Override
        public JsonValue toJson() {
            return json("release", acquireId);
        }
    }

    private static JsonValue json(String name, String acquireId) {
        return JsonObject.builder().put("opName", name).put("acquireId", acquireId).build();
    }

    /** Reads one; members it does not know are passed over. */
    static QueueOperation read(JsonValue contents) throws ProtocolException {
        JsonObject object = JsonCasts.object(contents, "queue operation");
        String name = object.string("opName");
        return switch (name) {
            case "add" -> {
                JsonValue value = object.get("deserializedValue");
                yield new Add(value == null ? JsonValue.parse(object.string("value")) : value);
            }
            case "acquire" -> new Acquire(object.string("acquireId"));
            case "complete" -> new Complete(object.string("acquireId"));
            case "release" -> new Release(object.string("acquireId"));
            default -> throw new ProtocolException("unknown queue operation " + name);
        };
    }
}
