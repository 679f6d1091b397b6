package dev.thalweg.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonWriterTest {
    /** As JSON.stringify spells them; the first column is itself a JSON string, so that it can be read here. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '\u0001', delimiter = '|', value = {"\\\"|\\\"", "\\\\|\\\\", "/|/", "\\u0008|\\b",
        "\\u000c|\\f",
        "\\u000a|\\n", "\\u000d|\\r", "\\u0009|\\t", "\\u0000|\\u0000", "\\u001f|\\u001f", "\\u000b|\\u000b",
        "a\\ud800b|a\\ud800b", "\\udc00|\\udc00", "\\ud800\\ud800|\\ud800\\ud800", "x\\ud83d|x\\ud83d"})
    void escapesAsJavaScriptDoes(String json, String spelled) throws Exception {
        assertThat(JsonValue.parse("\"" + json + "\"").toJson()).isEqualTo("\"" + spelled + "\"");
    }

    @Test
    void leavesEverythingElseAsItIs() {
        String text = "\u007f\u0080\u2028\u2029\ufeff\uffff\ud83d\ude00'<>&";
        assertThat(JsonValue.of(text).toJson()).isEqualTo("\"" + text + "\"");
    }

    @Test
    void putsCommasAndColons() {
        JsonWriter writer = new JsonWriter();
        writer.beginObject().name("a").beginArray().number(1).string("x").string(null).beginObject().endObject()
                .beginArray().endArray().bool(true).raw(new RawJson("1.0")).endArray().name("b").number(Double.NaN)
                .name("c").value(JsonObject.of("d", JsonArray.of(JsonNull.NULL, JsonBoolean.FALSE))).endObject();
        assertThat(writer.toString())
                .isEqualTo("{\"a\":[1,\"x\",null,{},[],true,1.0],\"b\":null,\"c\":{\"d\":[null,false]}}");
        StringBuilder out = new StringBuilder("42");
        new JsonWriter(out).beginArray().string("e").endArray();
        assertThat(out.toString()).isEqualTo("42[\"e\"]");
    }

    @Test
    void whatIsWrittenIsRead() throws Exception {
        for (int seed = 0; seed < 2000; seed++) {
            JsonValue value = value(new SplittableRandom(seed), 0);
            String text = value.toJson();
            JsonValue read = JsonValue.parse(text);
            assertThat(read).as("seed %d", seed).isEqualTo(value);
            assertThat(read.hashCode()).as("seed %d", seed).isEqualTo(value.hashCode());
            assertThat(read.toJson()).as("seed %d", seed).isEqualTo(text);
            assertThat(RawJson.of(value).value()).isEqualTo(value);
            JsonReader reader = new JsonReader(text, JsonLimits.DEFAULT);
            assertThat(reader.raw().text()).as("seed %d", seed).isEqualTo(text);
            reader.end();
        }
    }

    static JsonValue value(SplittableRandom random, int depth) {
        return switch (random.nextInt(depth > 4 ? 5 : 7)) {
            case 0 -> JsonNull.NULL;
            case 1 -> JsonValue.of(random.nextBoolean());
            case 2 -> JsonValue.of(random.nextInt(2000) - 1000);
            case 3 -> JsonValue.of(Double.longBitsToDouble(random.nextLong()));
            case 4 -> JsonValue.of(text(random));
            case 5 -> {
                List<JsonValue> values = new ArrayList<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    values.add(value(random, depth + 1));
                }
                yield new JsonArray(values);
            }
            default -> {
                JsonObject.Builder builder = JsonObject.builder();
                for (int i = random.nextInt(14); i > 0; i--) {
                    builder.put(text(random), value(random, depth + 1));
                }
                yield builder.build();
            }
        };
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            switch (random.nextInt(5)) {
                case 0 -> text.append((char) random.nextInt(0x80));
                case 1 -> text.append((char) random.nextInt(0x10000));
                case 2 -> text.append((char) (0xD800 + random.nextInt(0x800)));
                case 3 -> text.appendCodePoint(0x10000 + random.nextInt(0x1000));
                default -> text.append((char) ('a' + random.nextInt(3)));
            }
        }
        return text.toString();
    }
}
