package dev.thalweg.schema;

import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How values of a type look as JSON. A codec is a value, put together by hand from those in {@link Codecs}; nothing is
 * looked up by reflection, which the browser targets do not have.
 *
 * @param <T> the type; what is encoded is decoded to an equal value
 */
public interface Codec<T extends @Nullable Object> {
    /**
     * As JSON.
     *
     * @throws IllegalArgumentException when the codec has no form for the value
     */
    JsonValue encode(T value);

    /**
     * From JSON, for codecs that are made of others; programs use {@link #read}.
     *
     * @param what where the value stands, for the message
     * @throws ProtocolException that names the place, what was wanted and what was there
     */
    T decode(JsonValue json, String what) throws ProtocolException;

    /** From JSON. @param json null when there is no value */
    default Reading<T> read(@Nullable JsonValue json) {
        if (json == null) {
            return new Reading.Absent<>();
        }
        try {
            return new Reading.Decoded<>(decode(json, "value"));
        } catch (ProtocolException e) {
            return new Reading.NotDecoded<>(json, String.valueOf(e.getMessage()));
        }
    }

    /** The same, or null, which is JSON's null. */
    default Codec<@Nullable T> optional() {
        Codec<T> present = this;
        return new Codec<@Nullable T>() {
            @Override
            public JsonValue encode(@Nullable T value) {
                return value == null ? JsonNull.NULL : present.encode(value);
            }

            @Override
            public @Nullable T decode(JsonValue json, String what) throws ProtocolException {
                return json == JsonNull.NULL ? null : present.decode(json, what);
            }
        };
    }

    /**
     * Another type in the same JSON.
     *
     * @param to   throws an {@link IllegalArgumentException} for what is not of the other type; its message is the reason
     * @param from the way back
     */
    default <U> Codec<U> mapped(Function<? super T, ? extends U> to, Function<? super U, ? extends T> from) {
        Codec<T> under = this;
        return new Codec<>() {
            @Override
            public JsonValue encode(U value) {
                return under.encode(from.apply(value));
            }

            @Override
            public U decode(JsonValue json, String what) throws ProtocolException {
                T value = under.decode(json, what);
                try {
                    return to.apply(value);
                } catch (IllegalArgumentException e) {
                    throw new ProtocolException(what + ": " + e.getMessage());
                }
            }
        };
    }
}
