package dev.thalweg.schema;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonNumber;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The codecs from which others are made. */
public final class Codecs {
    /** Any string. */
    public static final Codec<String> STRING = of(JsonString::new, JsonCasts::string);

    /** Any finite number. */
    public static final Codec<Double> NUMBER = of(Codecs::finite, JsonCasts::number);

    /** True or false. */
    public static final Codec<Boolean> BOOL = of(value -> JsonValue.of(value.booleanValue()), JsonCasts::bool);

    /** Whatever is there, as it is. */
    public static final Codec<JsonValue> JSON = of(value -> value, (json, what) -> json);

    private Codecs() {}

    /** Reads one form. @param <T> the type */
    private interface Decoder<T> {
        T decode(JsonValue json, String what) throws ProtocolException;
    }

    /** A whole number within bounds, both inclusive. */
    public static Codec<Integer> integer(int min, int max) {
        return of(value -> {
            if (value < min || value > max) {
                throw new IllegalArgumentException("must be from " + min + " to " + max + ", was " + value);
            }
            return new JsonNumber(value);
        }, (json, what) -> JsonCasts.integer(json, what, min, max));
    }

    /** A list of values that are all of one type. */
    public static <T> Codec<List<T>> list(Codec<T> element) {
        return of(list -> {
            List<JsonValue> values = new ArrayList<>(list.size());
            for (T value : list) {
                values.add(element.encode(value));
            }
            return new JsonArray(values);
        }, (json, what) -> {
            JsonArray array = JsonCasts.array(json, what);
            List<T> list = new ArrayList<>(array.size());
            for (int i = 0; i < array.size(); i++) {
                list.add(element.decode(array.get(i), what + "[" + i + "]"));
            }
            return list;
        });
    }

    /** An object whose member names are data and whose values are all of one type, in order. */
    public static <T> Codec<Map<String, T>> dictionary(Codec<T> element) {
        return of(map -> {
            JsonObject.Builder members = JsonObject.builder();
            map.forEach((name, value) -> members.put(name, element.encode(value)));
            return members.build();
        }, (json, what) -> {
            JsonObject object = JsonCasts.object(json, what);
            Map<String, T> map = new LinkedHashMap<>();
            for (int i = 0; i < object.size(); i++) {
                map.put(object.name(i), element.decode(object.value(i), what + "." + object.name(i)));
            }
            return map;
        });
    }

    /** One of a few values, each with a word of its own. @throws IllegalArgumentException when two have the same */
    public static <T> Codec<T> choice(List<T> values, Function<? super T, String> word) {
        Map<String, T> byWord = new LinkedHashMap<>();
        for (T value : values) {
            if (byWord.put(word.apply(value), value) != null) {
                throw new IllegalArgumentException("two choices are called " + word.apply(value));
            }
        }
        return of(value -> new JsonString(word.apply(value)), (json, what) -> {
            String found = JsonCasts.string(json, what);
            T value = byWord.get(found);
            if (value == null) {
                throw new ProtocolException(what + " is none of the choices: " + found);
            }
            return value;
        });
    }

    /**
     * A type that comes in several forms, each an object that says in one member which it is.
     *
     * @param tag      the member, for example {@code type}
     * @param variants the forms; the first that takes a value encodes it
     */
    public static <T> Codec<T> oneOf(String tag, List<Variant<T, ? extends T>> variants) {
        List<Variant<T, ? extends T>> all = List.copyOf(variants);
        return of(value -> {
            for (Variant<T, ? extends T> variant : all) {
                JsonObject encoded = variant.encode(tag, value);
                if (encoded != null) {
                    return encoded;
                }
            }
            throw new IllegalArgumentException("none of the variants takes the value");
        }, (json, what) -> {
            JsonObject object = JsonCasts.object(json, what);
            String word = JsonCasts.string(member(object, tag, what), what + "." + tag);
            for (Variant<T, ? extends T> variant : all) {
                if (variant.word().equals(word)) {
                    return variant.decode(object, what);
                }
            }
            throw new ProtocolException(what + "." + tag + " is none of the variants: " + word);
        });
    }

    /** An object of one field. Members that are not declared are passed over, here and in all objects. */
    public static <O, A> Codec<O> object(Field<O, A> first, Function<A, O> make) {
        return of(value -> first.put(JsonObject.builder(), value).build(), (json, what) -> {
            JsonObject object = JsonCasts.object(json, what);
            return make.apply(first.take(object, what));
        });
    }

    /** An object of two fields. */
    public static <O, A, B> Codec<O> object(Field<O, A> first, Field<O, B> second, BiFunction<A, B, O> make) {
        return of(value -> second.put(first.put(JsonObject.builder(), value), value).build(), (json, what) -> {
            JsonObject object = JsonCasts.object(json, what);
            return make.apply(first.take(object, what), second.take(object, what));
        });
    }

    /** An object of three fields. */
    public static <O, A, B, C> Codec<O> object(Field<O, A> first, Field<O, B> second, Field<O, C> third,
            Make3<A, B, C, O> make) {
        return of(value -> third.put(second.put(first.put(JsonObject.builder(), value), value), value).build(),
                (json, what) -> {
                    JsonObject object = JsonCasts.object(json, what);
                    return make.of(first.take(object, what), second.take(object, what), third.take(object, what));
                });
    }

    /** An object of four fields; one of more is made of objects, or by {@link Codec#mapped}. */
    public static <O, A, B, C, D> Codec<O> object(Field<O, A> first, Field<O, B> second, Field<O, C> third,
            Field<O, D> fourth, Make4<A, B, C, D, O> make) {
        return of(value -> fourth
                .put(third.put(second.put(first.put(JsonObject.builder(), value), value), value), value).build(),
                (json, what) -> {
                    JsonObject object = JsonCasts.object(json, what);
                    return make.of(first.take(object, what), second.take(object, what), third.take(object, what),
                            fourth.take(object, what));
                });
    }

    /** An object of any number of fields that stays JSON, for shapes that are put together where there are no types. */
    public static Codec<JsonObject> object(List<Field<JsonObject, ?>> fields) {
        List<Field<JsonObject, ?>> all = List.copyOf(fields);
        return of(value -> {
            JsonObject.Builder members = JsonObject.builder();
            for (Field<JsonObject, ?> field : all) {
                field.put(members, value);
            }
            return members.build();
        }, (json, what) -> {
            JsonObject object = JsonCasts.object(json, what);
            JsonObject.Builder members = JsonObject.builder();
            for (Field<JsonObject, ?> field : all) {
                field.copy(object, what, members);
            }
            return members.build();
        });
    }

    /** Makes an object of three fields. */
    public interface Make3<A, B, C, O> {
        O of(A first, B second, C third);
    }

    /** Makes an object of four fields. */
    public interface Make4<A, B, C, D, O> {
        O of(A first, B second, C third, D fourth);
    }

    static JsonValue member(JsonObject object, String name, String what) throws ProtocolException {
        JsonValue value = object.get(name);
        if (value == null) {
            throw new ProtocolException(what + "." + name + " is missing");
        }
        return value;
    }

    private static JsonValue finite(double value) {
        return new JsonNumber(value);
    }

    private static <T> Codec<T> of(Function<T, JsonValue> encoder, Decoder<T> decoder) {
        return new Codec<>() {
            @Override
            public JsonValue encode(T value) {
                return encoder.apply(value);
            }

            @Override
            public T decode(JsonValue json, String what) throws ProtocolException {
                return decoder.decode(json, what);
            }
        };
    }
}
