package dev.thalweg.testkit;

import dev.thalweg.dds.ChannelEvent;
import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.ormap.OrMapEvent;
import dev.thalweg.dds.ormap.OrMapMode;
import dev.thalweg.dds.ormap.SharedOrMap;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls: {@code {"m":"increment","k":"a","n":2}} or {@code {"m":"set","k":"a","v":1}} by mode, and
 * {@code {"m":"open","k":"a"}}, {@code {"m":"remove","k":"a"}}. State: the rows in order, each an array of key and
 * value, and {@code "pending"} and {@code "removing"} where they are.
 */
final class OrMapModel implements StructureModel<SharedOrMap> {
    private static final List<String> KEYS = List.of("a", "b", "c", "", "__proto__", "é€", "🌊");

    private final OrMapMode mode;

    OrMapModel(OrMapMode mode) {
        this.mode = mode;
    }

    @Override
    public String name() {
        return switch (mode) {
            case TALLY -> "or-map";
            case REGISTER -> "or-map-register";
        };
    }

    @Override
    public ChannelType<SharedOrMap> type() {
        return switch (mode) {
            case TALLY -> SharedOrMap.TALLY;
            case REGISTER -> SharedOrMap.REGISTER;
        };
    }

    @Override
    public JsonValue generate(Rng rng, SharedOrMap channel) {
        String key = rng.pick(KEYS);
        return switch (rng.weighted(55, 35, 10)) {
            case 0 -> change(rng, key);
            case 1 -> JsonObject.builder().put("m", "remove").put("k", key).build();
            default -> JsonObject.builder().put("m", "open").put("k", key).build();
        };
    }

    private JsonValue change(Rng rng, String key) {
        return switch (mode) {
            case TALLY -> JsonObject.builder().put("m", "increment").put("k", key).put("n", rng.between(-9, 9)).build();
            case REGISTER -> JsonObject.builder().put("m", "set").put("k", key).put("v", value(rng)).build();
        };
    }

    private static JsonValue value(Rng rng) {
        return switch (rng.weighted(70, 15, 15)) {
            case 0 -> JsonValue.of(rng.below(100));
            case 1 -> JsonObject.builder().put("z", rng.below(3)).put("a", JsonArray.EMPTY).build();
            default -> JsonNull.NULL;
        };
    }

    @Override
    public @Nullable JsonValue perform(SharedOrMap channel, JsonValue call) {
        String key = Calls.string(call, "k");
        switch (Calls.verb(call)) {
            case "increment" -> channel.increment(key, Calls.integer(call, "n"));
            case "set" -> channel.set(key, Calls.argument(call, "v"));
            case "open" -> channel.open(key);
            case "remove" -> {
                return JsonValue.of(channel.remove(key));
            }
            default -> throw Calls.unknown(call);
        }
        return null;
    }

    @Override
    public JsonValue state(SharedOrMap channel) {
        List<JsonValue> rows = new ArrayList<>();
        for (String key : channel.keys()) {
            List<JsonValue> row = new ArrayList<>(List.of(JsonValue.of(key), value(channel, key)));
            if (channel.pending(key)) {
                row.add(JsonValue.of("pending"));
            }
            if (channel.removing(key)) {
                row.add(JsonValue.of("removing"));
            }
            rows.add(new JsonArray(row));
        }
        return new JsonArray(rows);
    }

    private JsonValue value(SharedOrMap channel, String key) {
        return switch (mode) {
            case TALLY -> JsonValue.of((double) channel.tally(key));
            case REGISTER -> orNull(channel.register(key));
        };
    }

    @Override
    public JsonValue event(ChannelEvent event) {
        return switch ((OrMapEvent) event) {
            case OrMapEvent.Opened opened -> event("opened", opened, opened.value());
            case OrMapEvent.Tallied tallied -> event("tallied", tallied, JsonValue.of((double) tallied.amount()),
                    JsonValue.of((double) tallied.newValue()));
            case OrMapEvent.Written written -> event("written", written, written.value(), orNull(written.previous()));
            case OrMapEvent.Striking striking -> event("striking", striking, JsonValue.of(striking.striking()));
            case OrMapEvent.Removed removed -> event("removed", removed);
        };
    }

    private static JsonValue event(String name, OrMapEvent event, JsonValue... arguments) {
        List<JsonValue> all = new ArrayList<>(List.of(JsonValue.of(name), JsonValue.of(event.key())));
        all.addAll(List.of(arguments));
        all.add(JsonValue.of(event.local()));
        return new JsonArray(all);
    }

    @Override
    public JsonValue expected(List<LogOperation> log) {
        OrMapOracle oracle = new OrMapOracle();
        for (LogOperation operation : log) {
            oracle.read(operation.contents());
        }
        return oracle.state(mode == OrMapMode.TALLY);
    }

    private static JsonValue orNull(@Nullable JsonValue value) {
        return value == null ? JsonNull.NULL : value;
    }
}
