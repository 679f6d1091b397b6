package dev.thalweg.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonLimits;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonReader;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.JsonWriter;
import dev.thalweg.json.ProtocolException;
import java.util.List;
import java.util.function.Consumer;

/** Spells and reads messages for the tests of this package, and tries them with members left out or of another kind. */
final class Wire {
    /** A decoder of objects. */
    interface Decoder {
        Object read(JsonObject object) throws ProtocolException;
    }

    private Wire() {}

    static JsonObject object(String text) throws ProtocolException {
        return JsonCasts.object(JsonValue.parse(text), "test");
    }

    static String written(Consumer<JsonWriter> message) {
        JsonWriter writer = new JsonWriter();
        message.accept(writer);
        return writer.toString();
    }

    static SequencedMessage sequenced(String text) throws ProtocolException {
        JsonReader reader = new JsonReader(text, JsonLimits.DEFAULT);
        SequencedMessage message = SequencedMessage.read(reader);
        reader.end();
        return message;
    }

    static DocumentMessage submitted(String text) throws ProtocolException {
        JsonReader reader = new JsonReader(text, JsonLimits.DEFAULT);
        DocumentMessage message = DocumentMessage.read(reader);
        reader.end();
        return message;
    }

    static JsonObject without(JsonObject object, String name) {
        JsonObject.Builder builder = JsonObject.builder();
        for (int i = 0; i < object.size(); i++) {
            if (!object.name(i).equals(name)) {
                builder.put(object.name(i), object.value(i));
            }
        }
        return builder.build();
    }

    /** Without each of these the object is refused, with the name in the message. */
    static void assertRequired(JsonObject good, Decoder decoder, String... names) throws ProtocolException {
        assertThat(decoder.read(good)).isNotNull();
        for (String name : names) {
            assertThat(good.has(name)).as(name).isTrue();
            assertThatThrownBy(() -> decoder.read(without(good, name))).as("without %s", name)
                    .isInstanceOf(ProtocolException.class).hasMessageContaining(name);
        }
    }

    /** With a value of any other kind in place of each of these, the object is refused. */
    static void assertTyped(JsonObject good, Decoder decoder, String... names) {
        for (String name : names) {
            JsonValue right = good.get(name);
            assertThat(right).as(name).isNotNull();
            for (JsonValue wrong : List.of(JsonValue.of("text"), JsonValue.of(1), JsonValue.of(true), JsonObject.EMPTY,
                    JsonArray.of(JsonNull.NULL))) {
                if (!wrong.kind().equals(right.kind())) {
                    assertThatThrownBy(() -> decoder.read(good.with(name, wrong))).as("%s = %s", name, wrong)
                            .isInstanceOf(ProtocolException.class);
                }
            }
        }
    }

    /** The object is read with any of these left out. */
    static void assertOptional(JsonObject good, Decoder decoder, String... names) throws ProtocolException {
        for (String name : names) {
            assertThat(good.has(name)).as(name).isTrue();
            assertThat(decoder.read(without(good, name))).as("without %s", name).isNotNull();
        }
    }
}
