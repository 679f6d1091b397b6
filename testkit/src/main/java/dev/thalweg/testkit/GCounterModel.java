package dev.thalweg.testkit;

import dev.thalweg.dds.ChannelEvent;
import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.gcounter.GCounterEvent;
import dev.thalweg.dds.gcounter.SharedGCounter;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls: {@code {"m":"increment","n":2}}. State: the value. */
final class GCounterModel implements StructureModel<SharedGCounter> {
    @Override
    public String name() {
        return "g-counter";
    }

    @Override
    public ChannelType<SharedGCounter> type() {
        return SharedGCounter.TYPE;
    }

    @Override
    public JsonValue generate(Rng rng, SharedGCounter channel) {
        int amount = rng.chance(5) ? rng.below(1_000_000_000) : rng.below(10);
        return JsonObject.builder().put("m", "increment").put("n", amount).build();
    }

    @Override
    public @Nullable JsonValue perform(SharedGCounter channel, JsonValue call) {
        if (!Calls.verb(call).equals("increment")) {
            throw Calls.unknown(call);
        }
        channel.increment(Calls.integer(call, "n"));
        return null;
    }

    @Override
    public JsonValue state(SharedGCounter channel) {
        return JsonValue.of((double) channel.value());
    }

    @Override
    public JsonValue event(ChannelEvent event) {
        return switch ((GCounterEvent) event) {
            case GCounterEvent.Incremented incremented -> JsonArray.of(JsonValue.of("incremented"),
                    JsonValue.of((double) incremented.amount()), JsonValue.of((double) incremented.newValue()),
                    JsonValue.of(incremented.local()));
        };
    }

    /** What the authors meant, each once; what they sent with it is not looked at. */
    @Override
    public JsonValue expected(List<LogOperation> log) {
        double sum = 0;
        for (LogOperation operation : log) {
            sum += Fields.number(operation.contents(), "amount");
        }
        return JsonValue.of(sum);
    }
}
