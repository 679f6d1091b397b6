package dev.thalweg.json;

/**
 * A JSON value. Immutable; equal when it says the same thing with the members of each object in any order.
 *
 * <p>Numbers are IEEE doubles and are written as JavaScript writes them, so that a value which went through a browser
 * and one that did not are the same text.
 */
public sealed interface JsonValue permits JsonObject, JsonArray, JsonString, JsonNumber, JsonBoolean, JsonNull {

    /** Reads one value; nothing but white space may follow it. */
    static JsonValue parse(String text) throws ProtocolException {
        return parse(text, JsonLimits.DEFAULT);
    }

    /** Reads one value within limits; nothing but white space may follow it. */
    static JsonValue parse(String text, JsonLimits limits) throws ProtocolException {
        JsonReader reader = new JsonReader(text, limits);
        JsonValue value = reader.value();
        reader.end();
        return value;
    }

    /** A string. */
    static JsonValue of(String value) {
        return new JsonString(value);
    }

    /** A number; NaN and the infinities become null, as in JavaScript's JSON. */
    static JsonValue of(double value) {
        return Double.isNaN(value) || Double.isInfinite(value) ? JsonNull.NULL : new JsonNumber(value);
    }

    /** True or false. */
    static JsonValue of(boolean value) {
        return value ? JsonBoolean.TRUE : JsonBoolean.FALSE;
    }

    /** What kind of value this is, for messages: {@code object}, {@code array}, {@code string} and so on. */
    String kind();

    /** The JSON text, as JavaScript's {@code JSON.stringify} spells it. */
    default String toJson() {
        JsonWriter writer = new JsonWriter();
        writer.value(this);
        return writer.toString();
    }
}
