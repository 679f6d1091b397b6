package dev.thalweg.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JsonObjectTest {
    private final JsonObject object = JsonObject.builder().put("s", "x").put("i", 7).put("d", 1.5).put("b", true)
            .put("n", JsonNull.NULL).put("o", JsonObject.EMPTY).put("a", JsonArray.ofStrings(List.of("p", "q")))
            .build();

    @Test
    void keepsTheOrderOfFirstNaming() throws Exception {
        JsonValue twice = JsonValue.parse("{\"b\":1,\"a\":2,\"b\":3}");
        assertThat(twice.toJson()).isEqualTo("{\"b\":3,\"a\":2}");
        assertThat(twice).isEqualTo(JsonObject.builder().put("a", 2).put("b", 3).build());
        assertThat(object.with("i", JsonValue.of(8)).toJson()).startsWith("{\"s\":\"x\",\"i\":8,\"d\":1.5");
        assertThat(object.with("z", JsonValue.of(8)).toJson()).endsWith(",\"z\":8}");
        assertThat(object.get("i")).isEqualTo(JsonValue.of(7));
    }

    @Test
    void twoMembersHaveTwoNames() {
        JsonObject two = JsonObject.of("b", JsonValue.of(1), "a", JsonNull.NULL);
        assertThat(two.toJson()).isEqualTo("{\"b\":1,\"a\":null}");
        assertThat(two.with("c", JsonValue.of(true)).toJson()).isEqualTo("{\"b\":1,\"a\":null,\"c\":true}");
        assertThatThrownBy(() -> JsonObject.of("a", JsonNull.NULL, "a", JsonNull.NULL))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("name a");
    }

    @Test
    void largeAndSmallOnesBehaveAlike() {
        for (int seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Map<String, JsonValue> expected = new LinkedHashMap<>();
            JsonObject.Builder builder = JsonObject.builder();
            int names = 1 + random.nextInt(40);
            for (int i = random.nextInt(80); i > 0; i--) {
                String name = "n" + random.nextInt(names);
                JsonValue value = JsonValue.of(i);
                expected.put(name, value);
                builder.put(name, value);
            }
            JsonObject built = builder.build();
            assertThat(built.size()).as("seed %d", seed).isEqualTo(expected.size());
            List<String> order = new ArrayList<>();
            for (int place = 0; place < built.size(); place++) {
                order.add(built.name(place));
                assertThat(built.value(place)).isEqualTo(expected.get(built.name(place)));
            }
            assertThat(order).as("seed %d", seed).containsExactlyElementsOf(expected.keySet());
            for (int i = 0; i < names; i++) {
                assertThat(built.get("n" + i)).isEqualTo(expected.get("n" + i));
                assertThat(built.has("n" + i)).isEqualTo(expected.containsKey("n" + i));
            }
        }
    }

    @Test
    void equalityIgnoresOrderAndNothingElse() {
        JsonObject ab = JsonObject.builder().put("a", 1).put("b", 2).build();
        JsonObject ba = JsonObject.builder().put("b", 2).put("a", 1).build();
        assertThat(ab).isEqualTo(ba).hasSameHashCodeAs(ba);
        assertThat(ab).isNotEqualTo(JsonObject.of("a", JsonValue.of(1)));
        assertThat(ab).isNotEqualTo(JsonObject.builder().put("a", 1).put("c", 2).build());
        assertThat(ab).isNotEqualTo(JsonObject.builder().put("a", 1).put("b", "2").build());
        assertThat(JsonArray.of(ab, ba)).isNotEqualTo(JsonArray.of(ab));
    }

    @Test
    void membersAreReadAsWhatTheyAre() throws Exception {
        assertThat(object.string("s")).isEqualTo("x");
        assertThat(object.integer("i", 0, 7)).isEqualTo(7);
        assertThat(object.number("d")).isEqualTo(1.5);
        assertThat(object.object("o")).isEqualTo(JsonObject.EMPTY);
        assertThat(object.array("a").strings()).containsExactly("p", "q");
        assertThat(object.optionalBool("b", false)).isTrue();
        assertThat(object.optionalString("s")).isEqualTo("x");
        for (String absent : List.of("n", "absent")) {
            assertThat(object.optionalString(absent)).isNull();
            assertThat(object.optionalInteger(absent, 0, 1, -5)).isEqualTo(-5);
            assertThat(object.optionalBool(absent, true)).isTrue();
            assertThat(object.optionalObject(absent)).isNull();
            assertThat(object.optionalArray(absent)).isEqualTo(JsonArray.EMPTY);
        }
    }

    @Test
    void membersOfAnotherKindAreRefusedByName() {
        assertThatThrownBy(() -> object.string("absent")).isInstanceOf(ProtocolException.class)
                .hasMessage("missing absent");
        assertThatThrownBy(() -> object.string("i")).isInstanceOf(ProtocolException.class)
                .hasMessage("i must be a string, was number");
        assertThatThrownBy(() -> object.number("n")).isInstanceOf(ProtocolException.class)
                .hasMessage("n must be a number, was null");
        assertThatThrownBy(() -> object.integer("d", 0, 9)).isInstanceOf(ProtocolException.class)
                .hasMessage("d must be a whole number from 0 to 9, was 1.5");
        assertThatThrownBy(() -> object.integer("i", 0, 6)).isInstanceOf(ProtocolException.class)
                .hasMessageContaining("7");
        assertThatThrownBy(() -> object.object("a")).isInstanceOf(ProtocolException.class)
                .hasMessageContaining("array");
        assertThatThrownBy(() -> object.array("o")).isInstanceOf(ProtocolException.class)
                .hasMessageContaining("object");
        assertThatThrownBy(() -> object.optionalBool("s", true)).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> object.optionalString("b")).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> object.optionalObject("s")).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> object.optionalArray("s")).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> object.optionalInteger("s", 0, 1, 0)).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> JsonArray.of(JsonValue.of(1)).strings()).isInstanceOf(ProtocolException.class);
        assertThat(new ProtocolException("b").in("a")).hasMessage("a: b");
    }

    @Test
    void placesStayWithinTheObject() {
        assertThatThrownBy(() -> object.name(7)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("7 of an object with 7");
        assertThatThrownBy(() -> object.value(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void valuesSayWhatTheyAre() {
        assertThat(JsonValue.of(Double.NaN)).isEqualTo(JsonNull.NULL);
        assertThat(JsonValue.of(Double.NEGATIVE_INFINITY)).isEqualTo(JsonNull.NULL);
        assertThatThrownBy(() -> new JsonNumber(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new JsonNumber(-0.0)).isEqualTo(new JsonNumber(0));
        assertThat(new JsonNumber(7).isInt()).isTrue();
        assertThat(new JsonNumber(7.5).isInt()).isFalse();
        assertThat(new JsonNumber(3e9).isInt()).isFalse();
        assertThat(object.toString()).isEqualTo(object.toJson());
        assertThat(List.of(object.kind(), JsonArray.EMPTY.kind(), JsonValue.of("").kind(), JsonValue.of(1).kind(),
                JsonBoolean.TRUE.kind(), JsonNull.NULL.kind())).containsExactly("object", "array", "string", "number",
                        "boolean", "null");
    }
}
