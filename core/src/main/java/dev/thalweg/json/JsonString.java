package dev.thalweg.json;

/**
 * A JSON string.
 *
 * @param value UTF-16 text; lone surrogates are kept and written escaped, as JavaScript does
 */
public record JsonString(String value) implements JsonValue {
    @Override
    public String kind() {
        return "string";
    }

    @Override
    public String toString() {
        return toJson();
    }
}
