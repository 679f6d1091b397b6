package dev.thalweg.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
    /** Each of these is refused by JSON.parse. */
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "nul", "nulL", "True", "tru", "falsee", "undefined", "NaN", "Infinity",
        "-Infinity", "-",
        "+1", "01", "-01", "00", "1.", ".5", "1.e5", "1e", "1e+", "1E-", "0x10", "1_000", "1 2", "--1", "1a", "\"",
        "\"a",
        "\"\\\"", "\"\\x\"", "\"\\u12\"", "\"\\u123g\"", "\"\\u 123\"", "\"\\", "\"\\u", "\"\n\"", "\"\t\"",
        "\"\u0000\"",
        "\"\u001f\"", "'a'", "[", "]", "[,]", "[1,]", "[1 2]", "[1,,2]", "[1", "[1,", "[}", "{", "}", "{,}", "{\"a\"}",
        "{\"a\":}", "{\"a\" 1}", "{\"a\":1,}", "{\"a\":1 \"b\":2}", "{a:1}", "{'a':1}", "{1:1}", "{\"a\":1",
        "{\"a\":1]",
        "{\"a\":1}}", "[]]", "[] []", "{} x", "\u00a01", "\ufeff1", "\u000b1", "\f1", "// c\n1", "/**/1", "1//",
        "[1]//",
        "\u0660", "\uff11", "null null", "\u0000", "1\u0000", "[1\u0000]"})
    void refusesWhatIsNotJson(String text) {
        assertThatThrownBy(() -> JsonValue.parse(text)).isInstanceOf(ProtocolException.class)
                .hasMessageContaining("offset");
        assertThatThrownBy(() -> {
            JsonReader reader = new JsonReader(text, JsonLimits.DEFAULT);
            reader.raw();
            reader.end();
        }).isInstanceOf(ProtocolException.class);
    }

    @Test
    void readsEveryKindOfValue() throws Exception {
        assertThat(JsonValue.parse(" { \"a\" : [ 1 , -2.5e1 , \"x\" , true , false , null , { } , [ ] ] }\r\n\t"))
                .isEqualTo(JsonObject.of("a",
                        JsonArray.of(JsonValue.of(1), JsonValue.of(-25), JsonValue.of("x"), JsonBoolean.TRUE,
                                JsonBoolean.FALSE, JsonNull.NULL, JsonObject.EMPTY, JsonArray.EMPTY)));
        assertThat(JsonValue.parse("0")).isEqualTo(JsonValue.of(0));
        assertThat(JsonValue.parse("-0")).isEqualTo(JsonValue.of(0));
        assertThat(JsonValue.parse("\"\"")).isEqualTo(JsonValue.of(""));
    }

    @Test
    void readsEveryEscape() throws Exception {
        assertThat(JsonValue.parse("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\uD83D\\uDE00\\ud800\\u0000\""))
                .isEqualTo(JsonValue.of("\"\\/\b\f\n\r\tA\u00e9\ud83d\ude00\ud800\0"));
        assertThat(JsonValue.parse("\"a\u007f\u2028\ud83d\ude00\\\"b\"")).isEqualTo(
                JsonValue.of("a\u007f\u2028\ud83d\ude00\"b"));
    }

    @Test
    void depthEndsAtTheLimit() throws Exception {
        JsonLimits limits = new JsonLimits(3, 100);
        assertThat(JsonValue.parse("[[[1],[1]],[{}]]", limits).toJson()).isEqualTo("[[[1],[1]],[{}]]");
        for (String text : List.of("[[[[1]]]]", "{\"a\":{\"a\":{\"a\":{}}}}", "[{\"a\":[[]]}]")) {
            assertThatThrownBy(() -> JsonValue.parse(text, limits)).as(text).isInstanceOf(ProtocolException.class)
                    .hasMessageContaining("4 deep").hasMessageContaining("limit is 3");
            assertThatThrownBy(() -> new JsonReader(text, limits).skip()).as(text)
                    .isInstanceOf(ProtocolException.class);
        }
        String deep = "[".repeat(100_000);
        assertThatThrownBy(() -> JsonValue.parse(deep)).isInstanceOf(ProtocolException.class)
                .hasMessageContaining("129 deep").hasMessageContaining("128");
        assertThatThrownBy(() -> JsonValue.parse("{\"a\":".repeat(100_000))).isInstanceOf(ProtocolException.class);
    }

    @Test
    void lengthEndsAtTheLimit() throws Exception {
        JsonLimits limits = new JsonLimits(3, 5);
        assertThat(JsonValue.parse("[123]", limits).toJson()).isEqualTo("[123]");
        assertThatThrownBy(() -> JsonValue.parse("[1234]", limits)).isInstanceOf(ProtocolException.class)
                .hasMessageContaining("6 characters").hasMessageContaining("limit is 5");
        assertThatThrownBy(() -> new JsonLimits(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new JsonLimits(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsTokenByToken() throws Exception {
        JsonReader reader = new JsonReader(
                "{\"s\":\"x\",\"n\":null,\"i\":7,\"b\":true,\"r\": [1.0, \"\\u0041\"] ,\"skip\":{\"a\":[1,{}]},\"l\":[1,2]}",
                JsonLimits.DEFAULT);
        reader.beginObject();
        assertThat(reader.nextName()).isEqualTo("s");
        assertThat(reader.stringOrNull()).isEqualTo("x");
        assertThat(reader.nextName()).isEqualTo("n");
        assertThat(reader.atNull()).isTrue();
        assertThat(reader.stringOrNull()).isNull();
        assertThat(reader.nextName()).isEqualTo("i");
        assertThat(reader.integer("i", 0, 7)).isEqualTo(7);
        assertThat(reader.nextName()).isEqualTo("b");
        assertThat(reader.bool()).isTrue();
        assertThat(reader.nextName()).isEqualTo("r");
        assertThat(reader.raw()).isEqualTo(new RawJson("[1.0, \"\\u0041\"]"));
        assertThat(reader.nextName()).isEqualTo("skip");
        reader.skip();
        assertThat(reader.nextName()).isEqualTo("l");
        reader.beginArray();
        assertThat(reader.nextElement()).isTrue();
        assertThat(reader.number()).isEqualTo(1);
        assertThat(reader.nextElement()).isTrue();
        assertThat(reader.peek()).isEqualTo('2');
        reader.skip();
        assertThat(reader.nextElement()).isFalse();
        assertThat(reader.nextName()).isNull();
        reader.end();
        assertThat(reader.peek()).isEqualTo((char) 0);
    }

    @Test
    void wholeNumbersStayWithinTheirBounds() {
        for (String text : List.of("-1", "8", "1.5", "1e300", "99999999999999999999", "-0.1")) {
            assertThatThrownBy(() -> new JsonReader(text, JsonLimits.DEFAULT).integer("size", 0, 7)).as(text)
                    .isInstanceOf(ProtocolException.class).hasMessageContaining("size")
                    .hasMessageContaining("from 0 to 7");
        }
        for (String text : List.of("\"1\"", "null", "[1]", "true")) {
            assertThatThrownBy(() -> new JsonReader(text, JsonLimits.DEFAULT).integer("size", 0, 7)).as(text)
                    .isInstanceOf(ProtocolException.class).hasMessageContaining("size");
        }
    }

    @Test
    void tokensOfAnotherKindAreRefused() {
        for (String text : List.of("1", "null", "{}")) {
            assertThatThrownBy(() -> new JsonReader(text, JsonLimits.DEFAULT).string())
                    .isInstanceOf(ProtocolException.class);
            assertThatThrownBy(() -> new JsonReader(text, JsonLimits.DEFAULT).bool())
                    .isInstanceOf(ProtocolException.class);
            assertThatThrownBy(() -> new JsonReader(text, JsonLimits.DEFAULT).beginArray())
                    .isInstanceOf(ProtocolException.class);
        }
        assertThatThrownBy(() -> new JsonReader("[]", JsonLimits.DEFAULT).beginObject())
                .isInstanceOf(ProtocolException.class).hasMessageContaining("an object");
        assertThatThrownBy(() -> new JsonReader("\"1\"", JsonLimits.DEFAULT).number())
                .isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> new JsonReader("nil", JsonLimits.DEFAULT).stringOrNull())
                .isInstanceOf(ProtocolException.class);
    }
}
