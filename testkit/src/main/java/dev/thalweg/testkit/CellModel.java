package dev.thalweg.testkit;

import dev.thalweg.dds.ChannelEvent;
import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.cell.CellEvent;
import dev.thalweg.dds.cell.SharedCell;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonBoolean;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls: {@code {"m":"set","v":1}}, {@code {"m":"delete"}}. State: {@code {"v":1}}, or {@code {"empty":true}}.
 */
final class CellModel implements StructureModel<SharedCell> {
    private static final JsonValue EMPTY = JsonObject.of("empty", JsonBoolean.TRUE);

    @Override
    public String name() {
        return "cell";
    }

    @Override
    public ChannelType<SharedCell> type() {
        return SharedCell.TYPE;
    }

    @Override
    public JsonValue generate(Rng rng, SharedCell channel) {
        if (rng.chance(25)) {
            return JsonObject.of("m", JsonValue.of("delete"));
        }
        JsonValue value = switch (rng.weighted(70, 20, 10)) {
            case 0 -> JsonValue.of(rng.below(100));
            case 1 -> JsonArray.of(JsonValue.of("s" + rng.below(20)), JsonNull.NULL);
            default -> JsonNull.NULL;
        };
        return JsonObject.builder().put("m", "set").put("v", value).build();
    }

    @Override
    public @Nullable JsonValue perform(SharedCell channel, JsonValue call) {
        switch (Calls.verb(call)) {
            case "set" -> channel.set(Calls.argument(call, "v"));
            case "delete" -> channel.delete();
            default -> throw Calls.unknown(call);
        }
        return null;
    }

    @Override
    public JsonValue state(SharedCell channel) {
        return state(channel.get());
    }

    private static JsonValue state(@Nullable JsonValue value) {
        return value == null ? EMPTY : JsonObject.of("v", value);
    }

    @Override
    public JsonValue event(ChannelEvent event) {
        return switch ((CellEvent) event) {
            case CellEvent.ValueChanged changed -> JsonArray.of(JsonValue.of("valueChanged"), changed.value());
            case CellEvent.Deleted deleted -> JsonArray.of(JsonValue.of("delete"));
        };
    }

    @Override
    public Follower follow(SharedCell channel) {
        JsonValue[] followed = {state(channel)};
        channel.subscribe(event -> followed[0] = switch (event) {
            case CellEvent.ValueChanged changed -> state(changed.value());
            case CellEvent.Deleted deleted -> EMPTY;
        });
        return () -> {
            if (!followed[0].equals(state(channel))) {
                throw new IllegalStateException("events come to " + followed[0] + ", the cell is " + state(channel));
            }
        };
    }

    /** The last word. */
    @Override
    public JsonValue expected(List<LogOperation> log) {
        if (log.isEmpty()) {
            return EMPTY;
        }
        JsonValue last = log.get(log.size() - 1).contents();
        return Fields.string(last, "type").equals("setCell") ? state(Fields.value(Fields.value(last, "value"), "value"))
                : EMPTY;
    }
}
