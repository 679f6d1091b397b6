package dev.thalweg.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.json.RawJson;
import org.junit.jupiter.api.Test;

class NackTest {
    private final DocumentMessage operation = new DocumentMessage(3, 2, MessageType.OP, new RawJson("\"x\""), null,
            null);

    @Test
    void isSpelledAsFluidsServiceSpellsIt() {
        assertThat(Wire.written(Nack.badRequest("why", 7, operation)::write)).isEqualTo(
                "{\"content\":{\"code\":400,\"type\":\"BadRequestError\",\"message\":\"why\"},\"operation\":"
                        + "{\"contents\":\"x\",\"referenceSequenceNumber\":2,\"type\":\"op\",\"clientSequenceNumber\":3},"
                        + "\"sequenceNumber\":7}");
        assertThat(Wire.written(Nack.throttled("slow", 2.5, null)::write)).isEqualTo(
                "{\"content\":{\"code\":429,\"type\":\"ThrottlingError\",\"message\":\"slow\",\"retryAfter\":2.5},"
                        + "\"operation\":null,\"sequenceNumber\":-1}");
    }

    @Test
    void everyKindIsReadBack() throws Exception {
        for (Nack nack : new Nack[] {Nack.badRequest("a", 7, null), Nack.invalidScope("b", null),
            Nack.throttled("c", 3, null),
            Nack.tooLarge("d", null), Nack.limitExceeded("e", null)}) {
            assertThat(Nack.read(Wire.object(Wire.written(nack::write)))).isEqualTo(nack);
        }
        assertThat(Nack.invalidScope("", null).code()).isEqualTo(403);
        assertThat(Nack.tooLarge("", null).code()).isEqualTo(413);
        assertThat(Nack.limitExceeded("", null).code()).isEqualTo(429);
        for (Nack.Type type : Nack.Type.values()) {
            assertThat(Nack.Type.of(type.wireName())).isEqualTo(type);
        }
        assertThat(Nack.Type.of("Fancy")).isEqualTo(Nack.Type.BAD_REQUEST);
    }

    @Test
    void littleIsRequiredAndTheRestIsTyped() throws Exception {
        JsonObject good = Wire.object(Wire.written(Nack.throttled("slow", 2, null)::write));
        Wire.assertRequired(good, Nack::read, "content");
        Wire.assertTyped(good, Nack::read, "content", "sequenceNumber");
        JsonObject content = good.object("content");
        Wire.Decoder inner = object -> Nack.read(good.with("content", object));
        Wire.assertTyped(content, inner, "code", "type", "message", "retryAfter");
        Wire.assertOptional(content, inner, "code", "type", "message", "retryAfter");
        assertThat(Nack.read(Wire.object("{\"content\":{\"retryAfter\":null}}")))
                .isEqualTo(new Nack(-1, 400, Nack.Type.BAD_REQUEST, "", 0, null));
        assertThatThrownBy(() -> Nack.read(good.with("sequenceNumber", JsonValue.of(-2))))
                .isInstanceOf(ProtocolException.class);
    }
}
