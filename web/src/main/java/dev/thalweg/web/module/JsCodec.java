package dev.thalweg.web.module;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.schema.Codec;
import dev.thalweg.schema.Codecs;
import dev.thalweg.schema.Field;
import dev.thalweg.schema.Reading;
import dev.thalweg.schema.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.teavm.jso.JSClass;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;

/**
 * The shape of values. In JavaScript a value of a shape is the JSON itself, so a codec here makes JSON of JSON: it refuses
 * what is not of the shape, and leaves out members that are not declared.
 */
@JSClass(name = "Codec")
public final class JsCodec {
    private final Codec<JsonValue> codec;

    /** @param <T> what the values are in Java */
    private <T> JsCodec(Codec<T> shape) {
        this.codec = new Codec<>() {
            @Override
            public JsonValue encode(JsonValue value) {
                try {
                    return decode(value, "value");
                } catch (ProtocolException e) {
                    throw new IllegalArgumentException(e.getMessage());
                }
            }

            @Override
            public JsonValue decode(JsonValue json, String what) throws ProtocolException {
                return shape.encode(shape.decode(json, what));
            }
        };
    }

    /** One form of several, which is told by its word. */
    private record Form(String word, JsonObject members) {}

    @JSExport
    public static Object string() {
        return new JsCodec(Codecs.STRING);
    }

    @JSExport
    public static Object number() {
        return new JsCodec(Codecs.NUMBER);
    }

    @JSExport
    public static Object integer(JSObject min, JSObject max) {
        return new JsCodec(Codecs.integer(Js.integer(min, "min"), Js.integer(max, "max")));
    }

    @JSExport
    public static Object bool() {
        return new JsCodec(Codecs.BOOL);
    }

    @JSExport
    public static Object json() {
        return new JsCodec(Codecs.JSON);
    }

    @JSExport
    public static Object choice(JSObject words) {
        return new JsCodec(Codecs.choice(Js.texts(words, "words"), word -> word));
    }

    @JSExport
    public static Object list(Object element) {
        return new JsCodec(Codecs.list(codec(element, "element")));
    }

    @JSExport
    public static Object dictionary(Object element) {
        return new JsCodec(Codecs.dictionary(codec(element, "element")));
    }

    @JSExport
    public static Object object(JSObject members, JSObject optional) {
        List<Field<JsonObject, ?>> fields = new ArrayList<>();
        for (String name : Js.names(members)) {
            fields.add(Field.of(name, codec(Js.javaMember(members, name), name),
                    object -> Objects.requireNonNull(object.get(name))));
        }
        if (!Js.missing(optional)) {
            for (String name : Js.names(optional)) {
                fields.add(Field.<JsonObject, JsonValue>optional(name, codec(Js.javaMember(optional, name), name),
                        object -> object.get(name)));
            }
        }
        return new JsCodec(Codecs.object(fields));
    }

    @JSExport
    public static Object oneOf(JSObject tag, JSObject variants) {
        List<Variant<Form, ? extends Form>> forms = new ArrayList<>();
        for (String word : Js.names(variants)) {
            Codec<JsonValue> codec = codec(Js.javaMember(variants, word), word);
            forms.add(Variant.of(word, codec.mapped(members -> new Form(word, object(members)), Form::members),
                    form -> form.word().equals(word) ? form : null));
        }
        return new JsCodec(Codecs.oneOf(Js.text(tag, "tag"), forms));
    }

    @JSExport
    public JSObject read(JSObject value) {
        return out(codec.read(Js.absent(value) ? null : Js.value(value, "value")));
    }

    @JSExport
    public Object in(JSObject structure) {
        return new JsTypedStructure(Structures.find(structure), codec);
    }

    /** What a typed read found, for JavaScript. */
    static JSObject out(Reading<JsonValue> reading) {
        return Js.out(switch (reading) {
            case Reading.Absent<JsonValue> absent -> Plain.object().put("kind", "absent").build();
            case Reading.Decoded<JsonValue> decoded -> Plain.object().put("kind", "decoded")
                    .put("value", decoded.value()).build();
            case Reading.NotDecoded<JsonValue> refused -> Plain.object().put("kind", "notDecoded")
                    .put("raw", refused.raw()).put("reason", refused.reason()).build();
        });
    }

    /** @param what names it in the error */
    static Codec<JsonValue> codec(Object value, String what) {
        if (value instanceof JsCodec codec) {
            return codec.codec;
        }
        throw new IllegalArgumentException(what + " must be a Codec");
    }

    private static JsonObject object(JsonValue members) {
        if (members instanceof JsonObject object) {
            return object;
        }
        throw new IllegalArgumentException("a variant must be an object");
    }
}
