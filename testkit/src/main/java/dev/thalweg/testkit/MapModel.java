package dev.thalweg.testkit;

import dev.thalweg.dds.ChannelEvent;
import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.map.MapEvent;
import dev.thalweg.dds.map.SharedMap;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls: {@code {"m":"set","k":"a","v":1}}, {@code {"m":"delete","k":"a"}}, {@code {"m":"clear"}}. State: pairs of key
 * and value in order.
 */
final class MapModel implements StructureModel<SharedMap> {
    /** Few, so that clients meet; some that are easily got wrong. None spells a number: their order is JavaScript's. */
    private static final List<String> KEYS = List.of("a", "b", "c", "d", "", "__proto__", "\u00e9\u20ac",
            "\ud83c\udf0a");

    /** Maps of less text than this are surely not split in a summary. */
    private static final int UNSPLIT = 8000;

    @Override
    public String name() {
        return "map";
    }

    @Override
    public ChannelType<SharedMap> type() {
        return SharedMap.TYPE;
    }

    @Override
    public JsonValue generate(Rng rng, SharedMap channel) {
        String key = rng.pick(KEYS);
        return switch (rng.weighted(70, 22, 8)) {
            case 0 -> JsonObject.builder().put("m", "set").put("k", key).put("v", value(rng)).build();
            case 1 -> JsonObject.builder().put("m", "delete").put("k", key).build();
            default -> JsonObject.builder().put("m", "clear").build();
        };
    }

    private static JsonValue value(Rng rng) {
        return switch (rng.weighted(60, 15, 10, 10, 5)) {
            case 0 -> JsonValue.of(rng.below(100));
            case 1 -> JsonValue.of("s" + rng.below(20));
            case 2 -> JsonObject.of("n", JsonValue.of(rng.below(10) / 8.0));
            case 3 -> JsonArray.of(JsonValue.of(rng.chance(50)), JsonNull.NULL, JsonValue.of("\ud83c\udf0a\u0001\"\\"));
            default -> JsonNull.NULL;
        };
    }

    @Override
    public @Nullable JsonValue perform(SharedMap channel, JsonValue call) {
        switch (Calls.verb(call)) {
            case "set" -> {
                channel.set(Calls.string(call, "k"), Calls.argument(call, "v"));
                return null;
            }
            case "delete" -> {
                return JsonValue.of(channel.delete(Calls.string(call, "k")));
            }
            case "clear" -> {
                channel.clear();
                return null;
            }
            default -> throw Calls.unknown(call);
        }
    }

    @Override
    public JsonValue state(SharedMap channel) {
        List<JsonValue> pairs = new ArrayList<>(channel.size());
        channel.forEach((key, value) -> pairs.add(pair(key, value)));
        return new JsonArray(pairs);
    }

    @Override
    public JsonValue event(ChannelEvent event) {
        return switch ((MapEvent) event) {
            case MapEvent.ValueChanged changed -> JsonArray.of(JsonValue.of("valueChanged"),
                    JsonObject.builder().put("key", changed.key()).putIfPresent("previousValue", changed.previous())
                            .build(),
                    JsonValue.of(changed.local()));
            case MapEvent.Cleared cleared -> JsonArray.of(JsonValue.of("clear"), JsonValue.of(cleared.local()));
        };
    }

    @Override
    public Follower follow(SharedMap channel) {
        return new MapFollower(channel);
    }

    /** A list of pairs, searched from the front. */
    @Override
    public JsonValue expected(List<LogOperation> log) {
        List<JsonValue> pairs = new ArrayList<>();
        for (LogOperation operation : log) {
            JsonObject contents = (JsonObject) operation.contents();
            String type = Calls.string(contents, "type");
            if (type.equals("clear")) {
                pairs.clear();
                continue;
            }
            String key = Calls.string(contents, "key");
            int at = 0;
            while (at < pairs.size() && !((JsonArray) pairs.get(at)).get(0).equals(JsonValue.of(key))) {
                at++;
            }
            boolean known = at < pairs.size();
            if (type.equals("set")) {
                JsonValue pair = pair(key, Calls.argument(Calls.argument(contents, "value"), "value"));
                if (known) {
                    pairs.set(at, pair);
                } else {
                    pairs.add(pair);
                }
            } else if (known) {
                pairs.remove(at);
            }
        }
        return new JsonArray(pairs);
    }

    /**
     * The order does not survive a summary in which JavaScript puts array indexes first, or which is split; what is left
     * of the pairs then is which there are.
     */
    @Override
    public JsonValue settled(JsonValue state) {
        List<String> pairs = new ArrayList<>();
        boolean ordered = true;
        int length = 0;
        for (JsonValue pair : ((JsonArray) state).values()) {
            String text = pair.toJson();
            pairs.add(text);
            length += text.length();
            char first = text.charAt(2);
            ordered &= first < '0' || first > '9';
        }
        if (ordered && length < UNSPLIT) {
            return state;
        }
        Collections.sort(pairs);
        return JsonArray.ofStrings(pairs);
    }

    private static JsonValue pair(String key, JsonValue value) {
        return JsonArray.of(JsonValue.of(key), value);
    }
}
