package dev.thalweg.testkit;

import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonNumber;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonValue;
import java.util.List;

/**
 * Takes calls of a script apart. A script is written by this project, so one that is not well formed is a mistake of its
 * author: an {@link IllegalArgumentException}.
 */
public final class Calls {
    /** What sets hold: the plain, and what programs trip over. */
    static final List<String> ELEMENTS = List.of("a", "b", "c", "", "__proto__", "é€", "🌊", "\uD83C");

    private Calls() {}

    /** The verb. */
    public static String verb(JsonValue call) {
        return string(call, "m");
    }

    /** A string argument. */
    public static String string(JsonValue call, String name) {
        if (argument(call, name) instanceof JsonString string) {
            return string.value();
        }
        throw wrong(call, name);
    }

    /** A whole number argument. */
    public static int integer(JsonValue call, String name) {
        if (argument(call, name) instanceof JsonNumber number && number.isInt()) {
            return (int) number.value();
        }
        throw wrong(call, name);
    }

    /** A whole number argument of up to 2^53 - 1 either way. */
    public static long whole(JsonValue call, String name) {
        if (argument(call, name) instanceof JsonNumber number && number.value() == Math.floor(number.value())
                && Math.abs(number.value()) <= 9007199254740991.0) {
            return (long) number.value();
        }
        throw wrong(call, name);
    }

    /** An argument, null when it is not there. */
    public static JsonValue argument(JsonValue call, String name) {
        JsonValue value = call instanceof JsonObject object ? object.get(name) : null;
        return value == null ? JsonNull.NULL : value;
    }

    /** What to throw when there is no such verb. */
    public static IllegalArgumentException unknown(JsonValue call) {
        return new IllegalArgumentException("unknown call " + call.toJson());
    }

    private static IllegalArgumentException wrong(JsonValue call, String name) {
        return new IllegalArgumentException("no usable " + name + " in " + call.toJson());
    }
}
