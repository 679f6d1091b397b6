package dev.thalweg.json;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON array.
 *
 * @param values the elements in order; copied, so it cannot change
 */
public record JsonArray(List<JsonValue> values) implements JsonValue {
    /** An array without elements. */
    public static final JsonArray EMPTY = new JsonArray(List.of());

    public JsonArray {
        values = List.copyOf(values);
    }

    /** An array of these values. */
    public static JsonArray of(JsonValue... values) {
        return new JsonArray(List.of(values));
    }

    /** An array of these strings. */
    public static JsonArray ofStrings(Iterable<String> strings) {
        List<JsonValue> values = new ArrayList<>();
        for (String string : strings) {
            values.add(new JsonString(string));
        }
        return new JsonArray(values);
    }

    /** How many elements there are. */
    public int size() {
        return values.size();
    }

    /** The element at an index from 0. */
    public JsonValue get(int index) {
        return values.get(index);
    }

    /** The elements, all of which must be strings. */
    public List<String> strings() throws ProtocolException {
        List<String> strings = new ArrayList<>(values.size());
        for (JsonValue value : values) {
            strings.add(JsonCasts.string(value, "element"));
        }
        return strings;
    }

    @Override
    public String kind() {
        return "array";
    }

    /*
     * As the compiler would write them, but with elements known to be JSON values: on the browser targets a list's own
     * equals would keep the equals of everything that is in any list.
     */
    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof JsonArray that) || that.size() != size()) {
            return false;
        }
        for (int i = 0; i < size(); i++) {
            if (!get(i).equals(that.get(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (JsonValue value : values) {
            hash = 31 * hash + value.hashCode();
        }
        return hash;
    }

    @Override
    public String toString() {
        return toJson();
    }
}
