package dev.thalweg.dds;

import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;

/** The wrapper that Fluid puts around each value of a map or directory, in operations and in summaries. */
public final class PlainValue {
    /** The only type that is written today; what stock clients wrote before 2018 is refused. */
    public static final String PLAIN = "Plain";

    private static final JsonValue PLAIN_TYPE = JsonValue.of(PLAIN);

    private PlainValue() {}

    /** Puts it around a value. */
    public static JsonObject wrap(JsonValue value) {
        return JsonObject.of("type", PLAIN_TYPE, "value", value);
    }

    /** Takes it off. A wrapper without a value is how JavaScript spells undefined; here it is null. */
    public static JsonValue unwrap(JsonObject wrapper) throws ProtocolException {
        String type = wrapper.string("type");
        if (!type.equals(PLAIN)) {
            throw new ProtocolException("a value must be of type " + PLAIN + ", was " + type);
        }
        JsonValue value = wrapper.get("value");
        return value == null ? JsonNull.NULL : value;
    }
}
