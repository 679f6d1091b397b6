package dev.thalweg.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.bytes.Hex;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompactJsonTest {
    /** The format on file: these bytes may never mean anything else. */
    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = {"0 0100", "63 013f", "64 01e440", "-1 01e500", "-129 01e58001",
        "9007199254740991 01e4ffffffffffffff0f", "1.5 01e33ff8000000000000", "1e300 01e37e37e43c8800759c",
        "null 01e0", "false 01e1", "true 01e2", "[] 0140", "{} 0160", "\"\" 01c0", "[\"ab\",\"ab\"] 0142c2616280",
        "{\"a\":[\"a\"]} 0161c1614180", "\"é€\" 01c5c3a9e282ac", "\"\\u007f\\u0080\" 01c37fc280",
        "\"\\u07ff\\u0800\" 01c5dfbfe0a080",
        "\"\\uffff\\ud800\\udc00\" 01c7efbfbff0908080", "\"\\udbff\\udfff\" 01c4f48fbfbf", "127 01e47f", "128 01e48001",
        "-128 01e57f", "\"🌊\" 01c4f09f8c8a", "\"\\ud83c\" 01c3eda0bc",
        "\"\\udf0a\\ud83c\" 01c6edbc8aeda0bc"})
    void writesEachThingInOneWay(String json, String bytes) throws ProtocolException {
        JsonValue value = JsonValue.parse(json);
        assertThat(Hex.encode(CompactJson.encode(value))).isEqualTo(bytes);
        assertThat(CompactJson.decode(CompactJson.encode(value), JsonLimits.DEFAULT).toJson())
                .isEqualTo(value.toJson());
    }

    @Test
    void longThingsReadBack() throws ProtocolException {
        JsonValue[] many = new JsonValue[300];
        for (int i = 0; i < many.length; i++) {
            many[i] = JsonValue.of("s" + i % 150 + "x".repeat(i % 40));
        }
        JsonObject.Builder object = JsonObject.builder();
        for (int i = 0; i < 40; i++) {
            object.put("k" + i, JsonArray.of(many));
        }
        JsonValue value = object.build();
        byte[] bytes = CompactJson.encode(value);
        assertThat(CompactJson.decode(bytes, JsonLimits.DEFAULT).toJson()).isEqualTo(value.toJson());
        assertThat(bytes.length).isLessThan(value.toJson().length() / 8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "01", "0200", "010000", "01e440ff", "01e4", "01e43f", "01e48000",
        "01e4ffffffffffffff1f",
        "01e4ffffffffffffffffff01", "01e5ffffffffffffff0f", "01e33ff0000000000000", "01e37ff0000000000000",
        "01e37ff8000000000000", "01e38000000000000000", "0141", "01e601", "01e60100", "01e6ffffff7f", "01e7ffffff7f",
        "0162c16100c16101", "016100", "0180", "01e880", "01e800", "01e8ffffffff7f", "0142c161c161", "01c2c0a9",
        "01c1c3", "01c3f09f8c", "01c4f4908080", "01c6eda0bcedbc8a", "01c4e9bfbfbf", "01c9", "01e9c0", "01e90141",
        "01e900", "01ea", "01ff", "01c180"})
    void refusesEveryOtherWay(String bytes) {
        assertThatThrownBy(() -> CompactJson.decode(unhex(bytes), JsonLimits.DEFAULT))
                .isInstanceOf(ProtocolException.class).hasMessageContaining("compact JSON");
    }

    @Test
    void limitsAreNamed() throws ProtocolException {
        byte[] deep = new byte[200];
        Arrays.fill(deep, (byte) 0x41);
        deep[0] = 1;
        deep[199] = 0;
        assertThatThrownBy(() -> CompactJson.decode(deep, JsonLimits.DEFAULT)).isInstanceOf(ProtocolException.class)
                .hasMessageContaining("too deep");
        for (String nested : new String[] {"[[0]]", "{\"a\":{\"b\":0}}", "[{\"a\":0}]", "{\"a\":[0]}"}) {
            byte[] bytes = CompactJson.encode(JsonValue.parse(nested));
            assertThat(CompactJson.decode(bytes, new JsonLimits(2, bytes.length)).toJson()).isEqualTo(nested);
            assertThatThrownBy(() -> CompactJson.decode(bytes, new JsonLimits(1, 100))).as(nested)
                    .isInstanceOf(ProtocolException.class).hasMessageContaining("too deep");
        }
        assertThatThrownBy(() -> CompactJson.decode(deep, new JsonLimits(500, 199)))
                .isInstanceOf(ProtocolException.class).hasMessageContaining("200").hasMessageContaining("199");
    }

    private static byte[] unhex(String text) {
        byte[] bytes = new byte[text.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(text, 2 * i, 2 * i + 2, 16);
        }
        return bytes;
    }
}
