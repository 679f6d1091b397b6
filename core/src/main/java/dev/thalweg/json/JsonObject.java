package dev.thalweg.json;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object. Members keep the order in which they were first named; a name given twice keeps its place and takes
 * the later value, as in JavaScript. Equality ignores the order.
 *
 * <p>Up to {@value #LINEAR} members are searched one by one, which is faster than hashing for the objects that travel;
 * larger ones get an index when first asked.
 */
public final class JsonObject implements JsonValue {
    /** An object without members. */
    public static final JsonObject EMPTY = new JsonObject(new String[0], new JsonValue[0], 0);

    private static final int LINEAR = 8;

    private final String[] names;
    private final JsonValue[] values;
    private final int size;
    private @Nullable Map<String, Integer> index;

    private JsonObject(String[] names, JsonValue[] values, int size) {
        this.names = names;
        this.values = values;
        this.size = size;
    }

    /** An object of one member. */
    public static JsonObject of(String name, JsonValue value) {
        return new JsonObject(new String[] {name}, new JsonValue[] {value}, 1);
    }

    /**
     * An object of two members.
     *
     * @throws IllegalArgumentException when they have one name
     */
    public static JsonObject of(String first, JsonValue one, String second, JsonValue other) {
        if (first.equals(second)) {
            throw new IllegalArgumentException("two members of the name " + first);
        }
        return new JsonObject(new String[] {first, second}, new JsonValue[] {one, other}, 2);
    }

    /** An object of these members, in the order of the map. */
    public static JsonObject of(Map<String, ? extends JsonValue> members) {
        Builder builder = builder();
        for (Map.Entry<String, ? extends JsonValue> member : members.entrySet()) {
            builder.put(member.getKey(), member.getValue());
        }
        return builder.build();
    }

    /** Starts an object. */
    public static Builder builder() {
        return new Builder();
    }

    /** How many members there are. */
    public int size() {
        return size;
    }

    /** The name of the member at a place from 0, in order. */
    public String name(int place) {
        return names[checkPlace(place)];
    }

    /** The value of the member at a place from 0, in order. */
    public JsonValue value(int place) {
        return values[checkPlace(place)];
    }

    /** The member of that name, or null when there is none. */
    public @Nullable JsonValue get(String name) {
        int place = find(name);
        return place < 0 ? null : values[place];
    }

    /** Whether there is a member of that name. */
    public boolean has(String name) {
        return find(name) >= 0;
    }

    /** The member of that name. */
    public JsonValue require(String name) throws ProtocolException {
        JsonValue value = get(name);
        if (value == null) {
            throw new ProtocolException("missing " + name);
        }
        return value;
    }

    /** A string member. */
    public String string(String name) throws ProtocolException {
        return JsonCasts.string(require(name), name);
    }

    /** A string member, or null when it is absent or null. */
    public @Nullable String optionalString(String name) throws ProtocolException {
        JsonValue value = get(name);
        return value == null || value == JsonNull.NULL ? null : JsonCasts.string(value, name);
    }

    /** A member that is a whole number within bounds, both inclusive. */
    public int integer(String name, int min, int max) throws ProtocolException {
        return JsonCasts.integer(require(name), name, min, max);
    }

    /** A member that is a whole number within bounds, or the given one when it is absent or null. */
    public int optionalInteger(String name, int min, int max, int absent) throws ProtocolException {
        JsonValue value = get(name);
        return value == null || value == JsonNull.NULL ? absent : JsonCasts.integer(value, name, min, max);
    }

    /** A number member. */
    public double number(String name) throws ProtocolException {
        return JsonCasts.number(require(name), name);
    }

    /** A truth member, or the given one when it is absent or null. */
    public boolean optionalBool(String name, boolean absent) throws ProtocolException {
        JsonValue value = get(name);
        return value == null || value == JsonNull.NULL ? absent : JsonCasts.bool(value, name);
    }

    /** An object member. */
    public JsonObject object(String name) throws ProtocolException {
        return JsonCasts.object(require(name), name);
    }

    /** An object member, or null when it is absent or null. */
    public @Nullable JsonObject optionalObject(String name) throws ProtocolException {
        JsonValue value = get(name);
        return value == null || value == JsonNull.NULL ? null : JsonCasts.object(value, name);
    }

    /** An array member. */
    public JsonArray array(String name) throws ProtocolException {
        return JsonCasts.array(require(name), name);
    }

    /** An array member, or an empty one when it is absent or null. */
    public JsonArray optionalArray(String name) throws ProtocolException {
        JsonValue value = get(name);
        return value == null || value == JsonNull.NULL ? JsonArray.EMPTY : JsonCasts.array(value, name);
    }

    /** This object with one member added, or given another value in its place. */
    public JsonObject with(String name, JsonValue value) {
        Builder builder = builder();
        for (int i = 0; i < size; i++) {
            builder.put(names[i], values[i]);
        }
        return builder.put(name, value).build();
    }

    private int checkPlace(int place) {
        if (place < 0 || place >= size) {
            throw new IllegalArgumentException("place " + place + " of an object with " + size + " members");
        }
        return place;
    }

    private int find(String name) {
        if (size <= LINEAR) {
            return find(names, size, name);
        }
        Map<String, Integer> known = index;
        if (known == null) {
            known = index(names, size);
            index = known;
        }
        Integer place = known.get(name);
        return place == null ? -1 : place;
    }

    private static int find(String[] names, int size, String name) {
        for (int i = 0; i < size; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private static Map<String, Integer> index(String[] names, int size) {
        Map<String, Integer> index = new HashMap<>();
        for (int i = 0; i < size; i++) {
            index.put(names[i], i);
        }
        return index;
    }

    @Override
    public String kind() {
        return "object";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof JsonObject that) || that.size != size) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            if (!values[i].equals(that.get(names[i]))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = size;
        for (int i = 0; i < size; i++) {
            hash += names[i].hashCode() * 31 ^ values[i].hashCode();
        }
        return hash;
    }

    @Override
    public String toString() {
        return toJson();
    }

    /** Collects members in order. One builder makes one object. */
    public static final class Builder {
        /* What was built has these very arrays, so they are copied before they change again. */
        private String[] names = new String[4];
        private JsonValue[] values = new JsonValue[4];
        private int size;
        private boolean shared;
        private @Nullable Map<String, Integer> places;

        private Builder() {}

        /** Adds a member, or gives the member of that name another value. */
        public Builder put(String name, JsonValue value) {
            int place = find(name);
            if (shared || place < 0 && size == names.length) {
                int room = Math.max(size + 1, size + (size >> 1));
                names = Arrays.copyOf(names, room);
                values = Arrays.copyOf(values, room);
                shared = false;
            }
            if (place >= 0) {
                values[place] = value;
                return this;
            }
            if (places != null) {
                places.put(name, size);
            }
            names[size] = name;
            values[size++] = value;
            return this;
        }

        /** Adds a string member. */
        public Builder put(String name, String value) {
            return put(name, JsonValue.of(value));
        }

        /** Adds a number member. */
        public Builder put(String name, double value) {
            return put(name, JsonValue.of(value));
        }

        /** Adds a truth member. */
        public Builder put(String name, boolean value) {
            return put(name, JsonValue.of(value));
        }

        /** Adds a member unless the value is null. */
        public Builder putIfPresent(String name, @Nullable JsonValue value) {
            return value == null ? this : put(name, value);
        }

        /** Adds a string member unless it is null. */
        public Builder putIfPresent(String name, @Nullable String value) {
            return value == null ? this : put(name, value);
        }

        /** The object. */
        public JsonObject build() {
            shared = true;
            return size == 0 ? EMPTY : new JsonObject(names, values, size);
        }

        private int find(String name) {
            if (size <= LINEAR) {
                return JsonObject.find(names, size, name);
            }
            Map<String, Integer> known = places;
            if (known == null) {
                known = index(names, size);
                places = known;
            }
            Integer place = known.get(name);
            return place == null ? -1 : place;
        }
    }
}
