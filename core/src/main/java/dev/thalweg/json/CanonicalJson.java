package dev.thalweg.json;

import dev.thalweg.bytes.Hex;
import dev.thalweg.bytes.Sha256;
import dev.thalweg.bytes.Utf8;
import java.util.Arrays;

/**
 * One text for everything that is equal: members sorted by UTF-16 code unit, no white space, numbers as JavaScript
 * prints them (RFC 8785, section 3.2). Its digest tells whether two replicas hold the same.
 */
public final class CanonicalJson {
    private CanonicalJson() {}

    /** The canonical text. */
    public static String of(JsonValue value) {
        JsonWriter writer = new JsonWriter();
        write(writer, value);
        return writer.toString();
    }

    /** SHA-256 of the UTF-8 canonical text, 64 lower-case hexadecimal digits. */
    public static String digest(JsonValue value) {
        return Hex.encode(Sha256.digest(Utf8.encode(of(value))));
    }

    private static void write(JsonWriter writer, JsonValue value) {
        switch (value) {
            case JsonObject object -> {
                String[] names = new String[object.size()];
                for (int i = 0; i < names.length; i++) {
                    names[i] = object.name(i);
                }
                Arrays.sort(names);
                writer.beginObject();
                for (String name : names) {
                    writer.name(name);
                    JsonValue member = object.get(name);
                    write(writer, member == null ? JsonNull.NULL : member);
                }
                writer.endObject();
            }
            case JsonArray array -> {
                writer.beginArray();
                for (JsonValue element : array.values()) {
                    write(writer, element);
                }
                writer.endArray();
            }
            case JsonString string -> writer.value(string);
            case JsonNumber number -> writer.value(number);
            case JsonBoolean bool -> writer.value(bool);
            case JsonNull nothing -> writer.value(nothing);
        }
    }
}
