package dev.thalweg.json;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON text from left to right, one token, one value or one raw slice at a time. Strict: what JavaScript's
 * {@code JSON.parse} refuses is refused here, with the offset. Used as
 *
 * <pre>{@code
 * reader.beginObject();
 * for (String name = reader.nextName(); name != null; name = reader.nextName()) {
 *     switch (name) {
 *         case "type" -> type = reader.string();
 *         default -> reader.skip();
 *     }
 * }
 * }</pre>
 */
public final class JsonReader {
    private final String text;
    private final int length;
    private final int maxDepth;
    private int offset;
    private int depth;
    /* Whether the next member or element is the first one of the innermost open object or array. */
    private boolean first;

    /** Starts at the beginning of a text. */
    public JsonReader(String text, JsonLimits limits) throws ProtocolException {
        if (text.length() > limits.maxLength()) {
            throw new ProtocolException(
                    "JSON text of " + text.length() + " characters, the limit is " + limits.maxLength());
        }
        this.text = text;
        this.length = text.length();
        this.maxDepth = limits.maxDepth();
    }

    /** The first character of the next value or closing bracket, or 0 at the end of the text. */
    public char peek() {
        skipSpace();
        return offset < length ? text.charAt(offset) : 0;
    }

    /** Whether the next value is null; it stays unread. */
    public boolean atNull() {
        return peek() == 'n';
    }

    /** Enters an object. */
    public void beginObject() throws ProtocolException {
        begin('{', "an object");
    }

    /** Enters an array. */
    public void beginArray() throws ProtocolException {
        begin('[', "an array");
    }

    /** The name of the next member, whose value must be read next; null when the object ended, which is then left. */
    public @Nullable String nextName() throws ProtocolException {
        if (!next('}')) {
            return null;
        }
        skipSpace();
        String name = string();
        skipSpace();
        if (offset >= length || text.charAt(offset) != ':') {
            throw unexpected("a colon");
        }
        offset++;
        return name;
    }

    /** Whether there is another element, which must be read next; false when the array ended, which is then left. */
    public boolean nextElement() throws ProtocolException {
        return next(']');
    }

    /** Reads a string. */
    public String string() throws ProtocolException {
        if (peek() != '"') {
            throw unexpected("a string");
        }
        int start = ++offset;
        while (offset < length) {
            char c = text.charAt(offset);
            if (c == '"') {
                return text.substring(start, offset++);
            }
            if (c == '\\') {
                return escapedString(start);
            }
            if (c < ' ') {
                throw unexpected("no control character in a string");
            }
            offset++;
        }
        throw unexpected("the end of a string");
    }

    /** Reads a number. */
    public double number() throws ProtocolException {
        skipSpace();
        int start = offset;
        skipNumber();
        return JsonNumbers.parse(text, start, offset);
    }

    /** Reads a whole number within bounds, both inclusive. @param what names it in the error */
    public int integer(String what, int min, int max) throws ProtocolException {
        char c = peek();
        if (c != '-' && (c < '0' || c > '9')) {
            throw unexpected("a number for " + what);
        }
        double number = number();
        if (number < min || number > max || number != (int) number) {
            throw new ProtocolException(what + " must be a whole number from " + min + " to " + max + ", was "
                    + JsonNumbers.toString(number));
        }
        return (int) number;
    }

    /** Reads true or false. */
    public boolean bool() throws ProtocolException {
        if (peek() == 't') {
            literal("true");
            return true;
        }
        literal("false");
        return false;
    }

    /** Reads a string or null. */
    public @Nullable String stringOrNull() throws ProtocolException {
        if (atNull()) {
            literal("null");
            return null;
        }
        return string();
    }

    /** Reads any value. */
    public JsonValue value() throws ProtocolException {
        switch (peek()) {
            case '{' -> {
                return object();
            }
            case '[' -> {
                return array();
            }
            case '"' -> {
                return new JsonString(string());
            }
            case 't', 'f' -> {
                return JsonValue.of(bool());
            }
            case 'n' -> {
                literal("null");
                return JsonNull.NULL;
            }
            default -> {
                return new JsonNumber(number());
            }
        }
    }

    /** Reads over any value, checking that it is well formed. */
    public void skip() throws ProtocolException {
        switch (peek()) {
            case '{' -> {
                beginObject();
                while (nextName() != null) {
                    skip();
                }
            }
            case '[' -> {
                beginArray();
                while (nextElement()) {
                    skip();
                }
            }
            case '"' -> skipString();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> skipNumber();
        }
    }

    /** Reads any value and keeps its characters. */
    public RawJson raw() throws ProtocolException {
        skipSpace();
        int start = offset;
        skip();
        return new RawJson(text.substring(start, offset));
    }

    /** Checks that nothing but white space is left. */
    public void end() throws ProtocolException {
        skipSpace();
        if (offset < length) {
            throw unexpected("the end of the text");
        }
    }

    private JsonObject object() throws ProtocolException {
        beginObject();
        JsonObject.Builder builder = JsonObject.builder();
        for (String name = nextName(); name != null; name = nextName()) {
            builder.put(name, value());
        }
        return builder.build();
    }

    private JsonArray array() throws ProtocolException {
        beginArray();
        List<JsonValue> values = new ArrayList<>();
        while (nextElement()) {
            values.add(value());
        }
        return values.isEmpty() ? JsonArray.EMPTY : new JsonArray(values);
    }

    private void begin(char bracket, String wanted) throws ProtocolException {
        if (peek() != bracket) {
            throw unexpected(wanted);
        }
        if (++depth > maxDepth) {
            throw new ProtocolException(
                    "JSON nested " + depth + " deep at offset " + offset + ", the limit is " + maxDepth);
        }
        offset++;
        first = true;
    }

    private boolean next(char closing) throws ProtocolException {
        char c = peek();
        if (c == closing) {
            offset++;
            depth--;
            first = false;
            return false;
        }
        if (first) {
            first = false;
            return true;
        }
        if (c != ',') {
            throw unexpected("a comma or " + closing);
        }
        offset++;
        return true;
    }

    private String escapedString(int start) throws ProtocolException {
        StringBuilder builder = new StringBuilder();
        int from = start;
        while (offset < length) {
            char c = text.charAt(offset);
            if (c == '"') {
                builder.append(text, from, offset++);
                return builder.toString();
            }
            if (c < ' ') {
                throw unexpected("no control character in a string");
            }
            if (c == '\\') {
                builder.append(text, from, offset);
                offset++;
                builder.append(escape());
                from = offset;
            } else {
                offset++;
            }
        }
        throw unexpected("the end of a string");
    }

    private void skipString() throws ProtocolException {
        offset++;
        while (offset < length) {
            char c = text.charAt(offset);
            if (c == '"') {
                offset++;
                return;
            }
            if (c < ' ') {
                throw unexpected("no control character in a string");
            }
            offset++;
            if (c == '\\') {
                escape();
            }
        }
        throw unexpected("the end of a string");
    }

    private char escape() throws ProtocolException {
        if (offset >= length) {
            throw unexpected("an escape");
        }
        char c = text.charAt(offset++);
        switch (c) {
            case '"', '\\', '/' -> {
                return c;
            }
            case 'n' -> {
                return '\n';
            }
            case 't' -> {
                return '\t';
            }
            case 'r' -> {
                return '\r';
            }
            case 'b' -> {
                return '\b';
            }
            case 'f' -> {
                return '\f';
            }
            case 'u' -> {
                return unicode();
            }
            default -> {
                offset--;
                throw unexpected("an escape that JSON knows");
            }
        }
    }

    private char unicode() throws ProtocolException {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = offset < length ? hex(text.charAt(offset)) : -1;
            if (digit < 0) {
                throw unexpected("four hexadecimal digits");
            }
            code = code << 4 | digit;
            offset++;
        }
        return (char) code;
    }

    private static int hex(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        if (c >= 'a' && c <= 'f') {
            return c - 'a' + 10;
        }
        return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    }

    private void skipNumber() throws ProtocolException {
        if (offset < length && text.charAt(offset) == '-') {
            offset++;
        }
        if (offset < length && text.charAt(offset) == '0') {
            offset++;
        } else {
            digits();
        }
        if (offset < length && text.charAt(offset) == '.') {
            offset++;
            digits();
        }
        if (offset < length && (text.charAt(offset) == 'e' || text.charAt(offset) == 'E')) {
            offset++;
            if (offset < length && (text.charAt(offset) == '+' || text.charAt(offset) == '-')) {
                offset++;
            }
            digits();
        }
    }

    private void digits() throws ProtocolException {
        int start = offset;
        while (offset < length && text.charAt(offset) >= '0' && text.charAt(offset) <= '9') {
            offset++;
        }
        if (offset == start) {
            throw unexpected("a digit");
        }
    }

    private void literal(String literal) throws ProtocolException {
        if (!text.startsWith(literal, offset)) {
            throw unexpected("a value");
        }
        offset += literal.length();
    }

    private void skipSpace() {
        while (offset < length) {
            char c = text.charAt(offset);
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                return;
            }
            offset++;
        }
    }

    private ProtocolException unexpected(String wanted) {
        String found = offset < length ? "'" + text.charAt(offset) + "'" : "the end";
        return new ProtocolException("JSON: expected " + wanted + " at offset " + offset + ", found " + found);
    }
}
