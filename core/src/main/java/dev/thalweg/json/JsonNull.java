package dev.thalweg.json;

/** The JSON null. */
public enum JsonNull implements JsonValue {
    NULL;

    @Override
    public String kind() {
        return "null";
    }

    @Override
    public String toString() {
        return toJson();
    }
}
