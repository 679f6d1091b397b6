package dev.thalweg.json;

/** Turns a value from outside into the Java type a decoder wants, or says what was there instead. */
public final class JsonCasts {
    private JsonCasts() {}

    /** A string. @param what names the value in the error */
    public static String string(JsonValue value, String what) throws ProtocolException {
        if (value instanceof JsonString string) {
            return string.value();
        }
        throw unexpected(value, what, "a string");
    }

    /** An object. */
    public static JsonObject object(JsonValue value, String what) throws ProtocolException {
        if (value instanceof JsonObject object) {
            return object;
        }
        throw unexpected(value, what, "an object");
    }

    /** An array. */
    public static JsonArray array(JsonValue value, String what) throws ProtocolException {
        if (value instanceof JsonArray array) {
            return array;
        }
        throw unexpected(value, what, "an array");
    }

    /** Any number. */
    public static double number(JsonValue value, String what) throws ProtocolException {
        if (value instanceof JsonNumber number) {
            return number.value();
        }
        throw unexpected(value, what, "a number");
    }

    /** A whole number within bounds, both inclusive. */
    public static int integer(JsonValue value, String what, int min, int max) throws ProtocolException {
        double number = number(value, what);
        if (number < min || number > max || number != (int) number) {
            throw new ProtocolException(
                    what + " must be a whole number from " + min + " to " + max + ", was " + value.toJson());
        }
        return (int) number;
    }

    /** True or false. */
    public static boolean bool(JsonValue value, String what) throws ProtocolException {
        if (value instanceof JsonBoolean bool) {
            return bool.value();
        }
        throw unexpected(value, what, "true or false");
    }

    /** What to say when a value is of another kind than wanted. */
    public static ProtocolException unexpected(JsonValue value, String what, String wanted) {
        return new ProtocolException(what + " must be " + wanted + ", was " + value.kind());
    }
}
