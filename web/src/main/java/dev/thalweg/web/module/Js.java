package dev.thalweg.web.module;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonBoolean;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonNumber;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSBoolean;
import org.teavm.jso.core.JSNumber;
import org.teavm.jso.core.JSString;
import org.teavm.jso.core.JSUndefined;

/**
 * Values on their way between JavaScript and Java. Objects and arrays cross as one JSON text, which the engine's own
 * parser takes apart; strings, numbers and truth values cross as they are. What is absent is {@code undefined}.
 */
final class Js {
    private static final int OTHER = 0;
    private static final int STRING = 1;
    private static final int NUMBER = 2;
    private static final int BOOLEAN = 3;
    private static final int JSON = 4;
    private static final double MAX_SAFE = 9007199254740991.0;

    private Js() {}

    /** A value for JavaScript, {@code undefined} for none. */
    static JSObject out(@Nullable JsonValue value) {
        return switch (value) {
            case null -> undefined();
            case JsonString string -> JSString.valueOf(string.value());
            case JsonNumber number -> JSNumber.valueOf(number.value());
            case JsonBoolean bool -> JSBoolean.valueOf(bool.value());
            case JsonNull ignored -> none();
            case JsonArray array -> parse(array.toJson());
            case JsonObject object -> parse(object.toJson());
        };
    }

    /** A text for JavaScript, {@code undefined} for none. */
    static JSObject out(@Nullable String text) {
        return text == null ? undefined() : JSString.valueOf(text);
    }

    /** Texts for JavaScript, as an array of its own. */
    static JSObject out(List<String> texts) {
        return parse(JsonArray.ofStrings(texts).toJson());
    }

    /** Values for JavaScript, as an array of its own. */
    static JSObject array(List<JsonValue> values) {
        return parse(new JsonArray(values).toJson());
    }

    /** Pairs of a key and a value for JavaScript, as an array of arrays. @param visit gives all of them */
    static JSObject entries(Consumer<BiConsumer<String, JsonValue>> visit) {
        List<JsonValue> pairs = new ArrayList<>();
        visit.accept((key, value) -> pairs.add(JsonArray.of(JsonValue.of(key), value)));
        return array(pairs);
    }

    /** A value from JavaScript. @throws IllegalArgumentException when JSON has no form for it */
    static JsonValue value(JSObject value, String what) {
        switch (kind(value)) {
            case STRING -> {
                return JsonValue.of(((JSString) value).stringValue());
            }
            case NUMBER -> {
                return JsonValue.of(((JSNumber) value).doubleValue());
            }
            case BOOLEAN -> {
                return JsonValue.of(((JSBoolean) value).booleanValue());
            }
            case JSON -> {
                return json(stringify(value), what);
            }
            default -> throw unfit(value, what, "a JSON value");
        }
    }

    /** A text from JavaScript. */
    static String text(JSObject value, String what) {
        if (kind(value) != STRING) {
            throw unfit(value, what, "a string");
        }
        return ((JSString) value).stringValue();
    }

    /** A text from JavaScript, or null when there is none. */
    static @Nullable String optionalText(JSObject value, String what) {
        return missing(value) ? null : text(value, what);
    }

    /** A number from JavaScript. */
    static double number(JSObject value, String what) {
        if (kind(value) != NUMBER) {
            throw unfit(value, what, "a number");
        }
        return ((JSNumber) value).doubleValue();
    }

    /** A whole number from JavaScript, of at most 2^53 - 1 either way. */
    static long whole(JSObject value, String what) {
        return (long) wholeDouble(value, what);
    }

    /** A whole number of 32 bits from JavaScript. */
    static int integer(JSObject value, String what) {
        double number = wholeDouble(value, what);
        if (number != (int) number) {
            throw unfit(value, what, "an integer of 32 bits");
        }
        return (int) number;
    }

    /** {@link #whole} without a {@code long}, which JavaScript makes an object of. */
    static double wholeDouble(JSObject value, String what) {
        double number = number(value, what);
        if (number != Math.floor(number) || Math.abs(number) > MAX_SAFE) {
            throw unfit(value, what, "a safe integer");
        }
        return number;
    }

    /** Texts from JavaScript. */
    static List<String> texts(JSObject value, String what) {
        try {
            return value(value, what) instanceof JsonArray array ? array.strings() : refused(value, what);
        } catch (ProtocolException e) {
            return refused(value, what);
        }
    }

    /** A JavaScript function. @throws IllegalArgumentException when it is something else */
    static JSObject function(JSObject value, String what) {
        if (!callable(value)) {
            throw unfit(value, what, "a function");
        }
        return value;
    }

    /** Whether an argument or option was left out. */
    @JSBody(params = "value", script = "return value === undefined || value === null;")
    static native boolean missing(JSObject value);

    /** Whether there is no value, not even null. */
    @JSBody(params = "value", script = "return value === undefined;")
    static native boolean absent(JSObject value);

    /** A member of an object, {@code undefined} when there is none or it is no object. */
    @JSBody(params = {"object", "name"}, script = "return object === undefined || object === null "
            + "? undefined : object[name];")
    static native JSObject member(JSObject object, String name);

    /** A member of an object that may be one of this module's own. */
    @JSBody(params = {"object", "name"}, script = "return object[name];")
    static native Object javaMember(JSObject object, String name);

    /** Sets a member of a plain object. */
    @JSBody(params = {"object", "name", "value"}, script = "Object.defineProperty(object, name, "
            + "{ value: value, enumerable: true, configurable: true, writable: true });")
    static native void define(JSObject object, String name, Object value);

    /** The names of an object's own members. */
    @JSBody(params = "object", script = "return Object.keys(object);")
    static native String[] names(JSObject object);

    /** A plain object. */
    @JSBody(script = "return {};")
    static native JSObject object();

    /** Whether something is a promise, or like one. */
    @JSBody(params = "value", script = "return value !== undefined && value !== null && typeof value.then === 'function';")
    static native boolean thenable(@Nullable JSObject value);

    static JSObject undefined() {
        return JSUndefined.instance();
    }

    private static List<String> refused(JSObject value, String what) {
        throw unfit(value, what, "an array of strings");
    }

    private static JsonValue json(@Nullable String text, String what) {
        if (text == null) {
            throw new IllegalArgumentException(what + " must be a JSON value");
        }
        try {
            return JsonValue.parse(text);
        } catch (ProtocolException e) {
            throw new IllegalArgumentException(what + ": " + e.getMessage());
        }
    }

    private static IllegalArgumentException unfit(JSObject value, String what, String wanted) {
        return new IllegalArgumentException(what + " must be " + wanted + ", was " + shown(value));
    }

    @JSBody(params = "value", script = """
            switch (typeof value) {
              case 'string': return 1;
              case 'number': return 2;
              case 'boolean': return 3;
              case 'object': return 4;
              default: return 0;
            }""")
    private static native int kind(JSObject value);

    @JSBody(params = "value", script = "return typeof value === 'function';")
    private static native boolean callable(JSObject value);

    /* undefined when an object's toJSON gives nothing. */
    @JSBody(params = "value", script = "var text = JSON.stringify(value); return text === undefined ? null : text;")
    private static native @Nullable String stringify(JSObject value);

    @JSBody(params = "text", script = "return JSON.parse(text);")
    private static native JSObject parse(String text);

    @JSBody(script = "return null;")
    private static native JSObject none();

    @JSBody(params = "value", script = """
            var text = typeof value === 'string' ? JSON.stringify(value)
                : typeof value === 'number' || value === undefined || value === null ? String(value) : typeof value;
            return text.length > 80 ? text.slice(0, 80) + '…' : text;""")
    private static native String shown(JSObject value);
}
