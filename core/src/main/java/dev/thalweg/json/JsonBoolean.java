package dev.thalweg.json;

/** A JSON truth value. */
public enum JsonBoolean implements JsonValue {
    FALSE, TRUE;

    /** As a Java boolean. */
    public boolean value() {
        return this == TRUE;
    }

    @Override
    public String kind() {
        return "boolean";
    }

    @Override
    public String toString() {
        return toJson();
    }
}
