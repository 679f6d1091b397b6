package dev.thalweg.testkit;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonNumber;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonValue;

/** Looks into operations on the line, for oracles; what is not there, or of another kind, is nothing. */
final class Fields {
    private Fields() {}

    static JsonValue value(JsonValue json, String name) {
        JsonValue value = json instanceof JsonObject object ? object.get(name) : null;
        return value == null ? JsonNull.NULL : value;
    }

    static JsonObject object(JsonValue json, String name) {
        return value(json, name) instanceof JsonObject object ? object : JsonObject.EMPTY;
    }

    static JsonArray array(JsonValue json, String name) {
        return value(json, name) instanceof JsonArray array ? array : JsonArray.EMPTY;
    }

    static double number(JsonValue json, String name) {
        return number(value(json, name));
    }

    static double number(JsonValue json) {
        return json instanceof JsonNumber number ? number.value() : 0;
    }

    static String string(JsonValue json, String name) {
        return value(json, name) instanceof JsonString string ? string.value() : "";
    }
}
