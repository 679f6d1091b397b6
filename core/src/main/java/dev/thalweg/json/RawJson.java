package dev.thalweg.json;

/**
 * JSON kept as it was spelled: checked to be well formed, not taken apart. What a client puts in an operation is
 * forwarded to the others in exactly these characters, and costs nothing to carry.
 *
 * @param text one well-formed JSON value without white space around it
 */
public record RawJson(String text) {
    /** The text null. */
    public static final RawJson NULL = new RawJson("null");

    /** Spells a value. */
    public static RawJson of(JsonValue value) {
        return new RawJson(value.toJson());
    }

    /** Reads the value. */
    public JsonValue value() throws ProtocolException {
        return JsonValue.parse(text);
    }

    /** Whether this is the text null. */
    public boolean isNull() {
        return text.equals("null");
    }

    @Override
    public String toString() {
        return text;
    }
}
