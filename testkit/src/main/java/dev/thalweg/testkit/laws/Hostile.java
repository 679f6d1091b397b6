package dev.thalweg.testkit.laws;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.testkit.Calls;
import dev.thalweg.testkit.Rng;
import java.util.List;

/** Values that are easily got wrong: UTF-16 without its other half, names that mean something elsewhere, odd numbers. */
final class Hostile {
    static final List<String> KEYS = List.of("a", "b", "", "__proto__", "é€", "🌊", "\uD83C", "\uDF0A", "\u0000",
            "constructor");

    static final List<String> REPLICAS = List.of("r1", "r10", "🌊", "r2", "__proto__", "\uD83C");

    static final List<JsonValue> VALUES = List.of(JsonNull.NULL, JsonValue.of(1), JsonValue.of(1.5), JsonValue.of(-0.0),
            JsonValue.of("1"), JsonValue.of("\uD83C"), JsonValue.of(Double.NaN), JsonValue.of(-1e300),
            JsonValue.of(9007199254740994.0), JsonValue.of(-9007199254740991.0), JsonValue.of(false), JsonArray.EMPTY,
            JsonObject.EMPTY, JsonObject.builder().put("b", 1).put("a", 2).build(),
            JsonObject.builder().put("a", 2).put("b", 1).build(),
            JsonObject.builder().put("__proto__", JsonArray.of(JsonNull.NULL)).build());

    private Hostile() {}

    static String key(Rng rng) {
        return rng.chance(50) ? rng.pick(KEYS.subList(0, 2)) : rng.pick(KEYS);
    }

    static JsonObject.Builder call(String verb, String replica) {
        return JsonObject.builder().put("m", verb).put("r", replica);
    }

    static JsonObject.Builder call(String verb, String replica, Rng rng) {
        return call(verb, replica).put("k", key(rng));
    }

    static String replica(JsonValue call) {
        return Calls.string(call, "r");
    }

    static String key(JsonValue call) {
        return Calls.string(call, "k");
    }

    /** Mostly small, now and then all there is. */
    static double amount(Rng rng) {
        return rng.chance(5) ? 9007199254740991.0 : rng.below(20);
    }

    static double amount(JsonValue call, double left) {
        return Math.max(0, Math.min(left, (double) Calls.whole(call, "n")));
    }
}
