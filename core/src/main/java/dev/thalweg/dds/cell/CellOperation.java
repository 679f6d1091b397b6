package dev.thalweg.dds.cell;

import dev.thalweg.dds.ChannelOperation;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;

/** What can be done to a cell. */
public sealed interface CellOperation extends ChannelOperation {

    /** Gives the cell a value. */
    record Set(JsonValue value) implements CellOperation {
        @Override
        public JsonValue toJson() {
            return JsonObject.builder().put("type", "setCell").put("value", JsonObject.of("value", value)).build();
        }
    }

    /** Empties the cell. */
    record Delete() implements CellOperation {
        private static final JsonObject JSON = JsonObject.of("type", JsonValue.of("deleteCell"));

        @Override
        public JsonValue toJson() {
            return JSON;
        }
    }

    /** Reads one; members it does not know are passed over. A wrapper without a value, JavaScript's undefined, is null. */
    static CellOperation read(JsonValue contents) throws ProtocolException {
        JsonObject object = JsonCasts.object(contents, "cell operation");
        String type = object.string("type");
        return switch (type) {
            case "setCell" -> {
                JsonValue value = object.object("value").get("value");
                yield new Set(value == null ? JsonNull.NULL : value);
            }
            case "deleteCell" -> new Delete();
            default -> throw new ProtocolException("unknown cell operation " + type);
        };
    }
}
