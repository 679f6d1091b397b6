package dev.thalweg.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {
    /** The example of RFC 8785, section 3.2.2. */
    @Test
    void spellsTheStandardsExample() throws Exception {
        JsonValue value = JsonValue
                .parse("{\"numbers\":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"
                        + "\"string\":\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\",\"literals\":[null,true,false]}");
        assertThat(CanonicalJson.of(value)).isEqualTo("{\"literals\":[null,true,false],\"numbers\":"
                + "[333333333.3333333,1e+30,4.5,0.002,1e-27],\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    }

    /** The order of RFC 8785, section 3.2.3: by UTF-16 code unit, so that a surrogate comes before U+FB33. */
    @Test
    void sortsMembersByCodeUnit() throws Exception {
        JsonValue value = JsonValue
                .parse("{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,\"\\u0080\":6,"
                        + "\"\\u00f6\":7,\"10\":8,\"\":9}");
        assertThat(CanonicalJson.of(value)).isEqualTo("{\"\":9,\"\\r\":2,\"1\":4,\"10\":8,\"\u0080\":6,\"\u00f6\":7,"
                + "\"\u20ac\":1,\"\ud83d\ude00\":5,\"\ufb33\":3}");
    }

    @Test
    void digestsAreKnown() throws Exception {
        assertThat(CanonicalJson.digest(JsonObject.EMPTY))
                .isEqualTo("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
        assertThat(CanonicalJson.digest(JsonValue.parse("{\"b\":[1.0],\"a\":\"\\u00e9\"}")))
                .isEqualTo(CanonicalJson.digest(JsonValue.parse("{ \"a\":\"\u00e9\", \"b\":[1] }")));
    }

    @Test
    void equalValuesHaveOneTextAndOthersAnother() throws Exception {
        for (int seed = 0; seed < 500; seed++) {
            JsonValue value = JsonWriterTest.value(new SplittableRandom(seed), 0);
            String text = CanonicalJson.of(value);
            JsonValue read = JsonValue.parse(text);
            assertThat(read).as("seed %d", seed).isEqualTo(value);
            assertThat(CanonicalJson.of(read)).as("seed %d", seed).isEqualTo(text);
            JsonValue other = JsonWriterTest.value(new SplittableRandom(seed + 1), 0);
            assertThat(CanonicalJson.of(other).equals(text)).as("seed %d", seed).isEqualTo(other.equals(value));
        }
    }
}
