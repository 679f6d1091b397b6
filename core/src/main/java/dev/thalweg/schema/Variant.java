package dev.thalweg.schema;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One of several forms of a type.
 *
 * @param <T> the type
 * @param <V> the form
 */
public final class Variant<T, V extends T> {
    private final String word;
    private final Codec<V> codec;
    private final Function<T, @Nullable V> narrow;

    private Variant(String word, Codec<V> codec, Function<T, @Nullable V> narrow) {
        this.word = word;
        this.codec = codec;
        this.narrow = narrow;
    }

    /**
     * A form.
     *
     * @param word   what the tag says of it
     * @param codec  the codec of an object
     * @param narrow the value as this form, or null when it is another: {@code s -> s instanceof Circle c ? c : null}
     */
    public static <T, V extends T> Variant<T, V> of(String word, Codec<V> codec, Function<T, @Nullable V> narrow) {
        return new Variant<>(word, codec, narrow);
    }

    String word() {
        return word;
    }

    /** The value with its tag first, or null when it is of another form. */
    @Nullable
    JsonObject encode(String tag, T value) {
        V mine = narrow.apply(value);
        if (mine == null) {
            return null;
        }
        if (!(codec.encode(mine) instanceof JsonObject object)) {
            throw new IllegalArgumentException("variant " + word + " must be an object");
        }
        if (object.has(tag)) {
            throw new IllegalArgumentException("variant " + word + " has a member " + tag + " of its own");
        }
        JsonObject.Builder tagged = JsonObject.builder().put(tag, JsonValue.of(word));
        for (int i = 0; i < object.size(); i++) {
            tagged.put(object.name(i), object.value(i));
        }
        return tagged.build();
    }

    T decode(JsonObject object, String what) throws ProtocolException {
        return codec.decode(object, what);
    }
}
