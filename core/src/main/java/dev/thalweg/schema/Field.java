package dev.thalweg.schema;

import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A member of an object.
 *
 * @param <O> the object's type
 * @param <T> the member's type
 */
public final class Field<O, T extends @Nullable Object> {
    private final String name;
    private final Codec<T> codec;
    private final Function<O, T> get;
    private final boolean optional;

    private Field(String name, Codec<T> codec, Function<O, T> get, boolean optional) {
        this.name = name;
        this.codec = codec;
        this.get = get;
        this.optional = optional;
    }

    /** A member that every object has. */
    public static <O, T> Field<O, T> of(String name, Codec<T> codec, Function<O, T> get) {
        return new Field<>(name, codec, get, false);
    }

    /** A member that may be missing, or null in JSON: null here. It is left out when it is null. */
    public static <O, T> Field<O, @Nullable T> optional(String name, Codec<T> codec, Function<O, @Nullable T> get) {
        return new Field<>(name, codec.optional(), get, true);
    }

    JsonObject.Builder put(JsonObject.Builder members, O object) {
        return encode(members, get.apply(object));
    }

    /** Puts what an object has, as it is encoded, into another. */
    void copy(JsonObject object, String what, JsonObject.Builder members) throws ProtocolException {
        encode(members, take(object, what));
    }

    private JsonObject.Builder encode(JsonObject.Builder members, T value) {
        return optional && value == null ? members : members.put(name, codec.encode(value));
    }

    T take(JsonObject object, String what) throws ProtocolException {
        JsonValue value = optional && !object.has(name) ? JsonNull.NULL : Codecs.member(object, name, what);
        return codec.decode(value, what + "." + name);
    }
}
