package dev.thalweg.json;

import org.jspecify.annotations.Nullable;

/**
 * Writes JSON text as JavaScript's {@code JSON.stringify} spells it. Commas and colons are put by the writer; the caller
 * opens, names and closes.
 */
public final class JsonWriter {
    private static final String HEX = "0123456789abcdef";
    /* Room for the usual operation: in JavaScript, growing costs more than writing. */
    private static final int OPERATION = 256;

    private final StringBuilder out;
    private boolean comma;

    /** Writes to a text of its own. */
    public JsonWriter() {
        this(new StringBuilder(OPERATION));
    }

    /** Writes to the end of a given text. */
    public JsonWriter(StringBuilder out) {
        this.out = out;
    }

    /** Opens an object. */
    public JsonWriter beginObject() {
        separate();
        out.append('{');
        comma = false;
        return this;
    }

    /** Closes an object. */
    public JsonWriter endObject() {
        out.append('}');
        comma = true;
        return this;
    }

    /** Opens an array. */
    public JsonWriter beginArray() {
        separate();
        out.append('[');
        comma = false;
        return this;
    }

    /** Closes an array. */
    public JsonWriter endArray() {
        out.append(']');
        comma = true;
        return this;
    }

    /** Names the member whose value is written next. */
    public JsonWriter name(String name) {
        separate();
        quote(name);
        out.append(':');
        comma = false;
        return this;
    }

    /** Writes a string, or null. */
    public JsonWriter string(@Nullable String value) {
        separate();
        if (value == null) {
            out.append("null");
        } else {
            quote(value);
        }
        comma = true;
        return this;
    }

    /** Writes a number; NaN and the infinities become null. */
    public JsonWriter number(double value) {
        separate();
        if (value == (int) value) {
            out.append((int) value);
        } else {
            out.append(Double.isNaN(value) || Double.isInfinite(value) ? "null" : JsonNumbers.toString(value));
        }
        comma = true;
        return this;
    }

    /** Writes true or false. */
    public JsonWriter bool(boolean value) {
        return raw(value ? "true" : "false");
    }

    /** Writes JSON that is spelled already. */
    public JsonWriter raw(RawJson json) {
        return raw(json.text());
    }

    /** Writes any value. */
    public JsonWriter value(JsonValue value) {
        switch (value) {
            case JsonObject object -> {
                beginObject();
                for (int i = 0; i < object.size(); i++) {
                    name(object.name(i)).value(object.value(i));
                }
                endObject();
            }
            case JsonArray array -> {
                beginArray();
                for (JsonValue element : array.values()) {
                    value(element);
                }
                endArray();
            }
            case JsonString string -> string(string.value());
            case JsonNumber number -> number(number.value());
            case JsonBoolean bool -> bool(bool.value());
            case JsonNull ignored -> raw("null");
        }
        return this;
    }

    @Override
    public String toString() {
        return out.toString();
    }

    private JsonWriter raw(String text) {
        separate();
        out.append(text);
        comma = true;
        return this;
    }

    private void separate() {
        if (comma) {
            out.append(',');
        }
    }

    private void quote(String text) {
        out.append('"');
        int length = text.length();
        int from = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c != '"' && c != '\\' && (c < '\ud800' || c > '\udfff')) {
                continue;
            }
            if (c >= '\ud800' && c <= '\udbff' && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                continue;
            }
            out.append(text, from, i);
            escape(c);
            from = i + 1;
        }
        out.append(text, from, length).append('"');
    }

    private void escape(char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            default -> out.append("\\u")
                    .append(HEX.charAt(c >> 12))
                    .append(HEX.charAt(c >> 8 & 15))
                    .append(HEX.charAt(c >> 4 & 15))
                    .append(HEX.charAt(c & 15));
        }
    }
}
