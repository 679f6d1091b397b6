package dev.thalweg.testkit;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an OR-map must come to, from everything that was ever done to it and in no order: a row is there when somebody
 * opened it and nobody who had seen that took it away. Its number is the sum of what the authors meant to add, its value
 * the one with the latest stamp.
 */
final class OrMapOracle {
    private final DotOracle dots = new DotOracle();
    private final Map<String, Double> sums = new HashMap<>();
    private final Map<String, JsonValue> latest = new HashMap<>();

    void read(JsonValue operation) {
        String key = Fields.string(operation, "key");
        JsonObject delta = Fields.object(operation, "delta");
        JsonObject row = Fields.object(Fields.object(delta, "entries"), key);
        dots.read(key, Fields.object(row, "dots"), Fields.object(delta, "context"));
        sums.put(key, sums.getOrDefault(key, 0.0) + Fields.number(operation, "amount"));
        JsonValue written = Fields.value(row, "value");
        if (later(written, latest.getOrDefault(key, JsonNull.NULL))) {
            latest.put(key, written);
        }
    }

    JsonValue state(boolean tally) {
        List<JsonValue> rows = new ArrayList<>();
        for (String key : dots.alive()) {
            rows.add(JsonArray.of(JsonValue.of(key), tally ? JsonValue.of(sums.getOrDefault(key, 0.0))
                    : Fields.value(latest.getOrDefault(key, JsonNull.NULL), "value")));
        }
        return new JsonArray(rows);
    }

    private static boolean later(JsonValue one, JsonValue other) {
        JsonArray mine = Fields.array(one, "stamp");
        JsonArray theirs = Fields.array(other, "stamp");
        if (mine.size() == 0 || theirs.size() == 0) {
            return mine.size() > 0;
        }
        for (int i = 0; i < 2; i++) {
            double difference = Fields.number(mine.get(i)) - Fields.number(theirs.get(i));
            if (difference != 0) {
                return difference > 0;
            }
        }
        return mine.get(2).toJson().compareTo(theirs.get(2).toJson()) > 0;
    }
}
