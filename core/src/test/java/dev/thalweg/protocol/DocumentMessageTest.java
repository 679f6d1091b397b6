package dev.thalweg.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.json.ProtocolException;
import dev.thalweg.json.RawJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentMessageTest {
    /** As the stock client spells an operation. */
    private static final String OP = "{\"contents\":\"{\\\"type\\\":\\\"component\\\"}\",\"metadata\":{\"batch\":true},"
            + "\"referenceSequenceNumber\":78,\"type\":\"op\",\"clientSequenceNumber\":44,\"compression\":\"lz4\"}";

    @Test
    void isSpelledAsTheStockClientSpellsIt() throws Exception {
        DocumentMessage message = Wire.submitted(OP);
        assertThat(message).isEqualTo(new DocumentMessage(44, 78, MessageType.OP,
                new RawJson("\"{\\\"type\\\":\\\"component\\\"}\""), new RawJson("{\"batch\":true}"), "lz4"));
        assertThat(Wire.written(message::write)).isEqualTo(OP);
        String noop = "{\"referenceSequenceNumber\":5,\"type\":\"noop\",\"clientSequenceNumber\":1}";
        assertThat(Wire.written(Wire.submitted(noop)::write)).isEqualTo(noop);
        assertThat(Wire.submitted(noop).contents()).isNull();
    }

    @Test
    void membersItDoesNotKnowArePassedOver() throws Exception {
        assertThat(Wire.submitted(OP.replace("{\"contents\"", "{\"traces\":[{\"a\":[1]}],\"contents\"")))
                .isEqualTo(Wire.submitted(OP));
        assertThat(Wire.submitted("{\"type\":\"op\",\"clientSequenceNumber\":0,\"referenceSequenceNumber\":-1,"
                + "\"contents\":null,\"compression\":null}").contents()).isEqualTo(RawJson.NULL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "1", "null", "\"op\"",
        "{\"clientSequenceNumber\":1,\"referenceSequenceNumber\":1}",
        "{\"type\":\"op\",\"referenceSequenceNumber\":1}", "{\"type\":\"op\",\"clientSequenceNumber\":1}",
        "{\"type\":1,\"clientSequenceNumber\":1,\"referenceSequenceNumber\":1}",
        "{\"type\":null,\"clientSequenceNumber\":1,\"referenceSequenceNumber\":1}",
        "{\"type\":\"unknown\",\"clientSequenceNumber\":1,\"referenceSequenceNumber\":1}",
        "{\"type\":\"fancy\",\"clientSequenceNumber\":1,\"referenceSequenceNumber\":1}",
        "{\"type\":\"op\",\"clientSequenceNumber\":\"1\",\"referenceSequenceNumber\":1}",
        "{\"type\":\"op\",\"clientSequenceNumber\":-1,\"referenceSequenceNumber\":1}",
        "{\"type\":\"op\",\"clientSequenceNumber\":1.5,\"referenceSequenceNumber\":1}",
        "{\"type\":\"op\",\"clientSequenceNumber\":1,\"referenceSequenceNumber\":-2}",
        "{\"type\":\"op\",\"clientSequenceNumber\":1,\"referenceSequenceNumber\":2147483648}",
        "{\"type\":\"op\",\"clientSequenceNumber\":1e300,\"referenceSequenceNumber\":1}",
        "{\"type\":\"op\",\"clientSequenceNumber\":1,\"referenceSequenceNumber\":null}",
        "{\"type\":\"op\",\"clientSequenceNumber\":1,\"referenceSequenceNumber\":1,\"compression\":1}",
        "{\"type\":\"op\",\"clientSequenceNumber\":1,\"referenceSequenceNumber\":1,\"contents\":}"})
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> Wire.submitted(text)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void everyTypeHasItsName() {
        for (MessageType type : MessageType.values()) {
            assertThat(MessageType.of(type.wireName())).isEqualTo(type);
        }
        assertThat(MessageType.of("OP")).isEqualTo(MessageType.UNKNOWN);
        assertThat(MessageType.UNKNOWN.fromClients()).isFalse();
        assertThat(ConnectionMode.of("write")).isEqualTo(ConnectionMode.WRITE);
        assertThat(ConnectionMode.of("read")).isEqualTo(ConnectionMode.READ);
        assertThat(ConnectionMode.of("WRITE")).isEqualTo(ConnectionMode.READ);
    }
}
