package dev.thalweg.dds.pact;

import dev.thalweg.dds.ChannelOperation;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import org.jspecify.annotations.Nullable;

/** What can be done to a pact map. */
public sealed interface PactOperation extends ChannelOperation {
    /** Which key. */
    String key();

    /**
     * Proposes a value.
     *
     * @param value                   or null to delete the key
     * @param referenceSequenceNumber what the author had seen when it made the proposal; kept when it is sent again
     */
    record Set(String key, @Nullable JsonValue value, int referenceSequenceNumber) implements PactOperation {
        @Override
        public JsonValue toJson() {
            return JsonObject.builder().put("type", "set").put("key", key).putIfPresent("value", value)
                    .put("refSeq", referenceSequenceNumber).build();
        }
    }

    /** Signs off what is proposed for a key. */
    record Accept(String key) implements PactOperation {
        @Override
        public JsonValue toJson() {
            return JsonObject.builder().put("type", "accept").put("key", key).build();
        }
    }

    /** Reads one; members it does not know are passed over. */
    static PactOperation read(JsonValue contents) throws ProtocolException {
        JsonObject object = JsonCasts.object(contents, "pact map operation");
        String type = object.string("type");
        String key = object.string("key");
        return switch (type) {
            case "set" -> new Set(key, object.get("value"), object.integer("refSeq", 0, Integer.MAX_VALUE));
            case "accept" -> new Accept(key);
            default -> throw new ProtocolException("unknown pact map operation " + type);
        };
    }
}
