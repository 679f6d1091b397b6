package dev.thalweg.dds.map;

import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;

/** The wrapper that Fluid puts around each value, in operations and in summaries. */
final class MapValue {
    /** The only type that is written today; what stock clients wrote before 2018 is refused. */
    static final String PLAIN = "Plain";

    private static final JsonValue PLAIN_TYPE = JsonValue.of(PLAIN);

    private MapValue() {}

    static JsonObject wrap(JsonValue value) {
        return JsonObject.builder().put("type", PLAIN_TYPE).put("value", value).build();
    }

    /** A wrapper without a value is how JavaScript spells undefined; here it is null. */
    static JsonValue unwrap(JsonObject wrapper) throws ProtocolException {
        String type = wrapper.string("type");
        if (!type.equals(PLAIN)) {
            throw new ProtocolException("a map value must be of type " + PLAIN + ", was " + type);
        }
        JsonValue value = wrapper.get("value");
        return value == null ? JsonNull.NULL : value;
    }
}
