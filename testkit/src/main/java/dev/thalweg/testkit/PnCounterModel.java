package dev.thalweg.testkit;

import dev.thalweg.dds.ChannelEvent;
import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.pncounter.PnCounterEvent;
import dev.thalweg.dds.pncounter.SharedPnCounter;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls: {@code {"m":"update","n":-2}}. State: the value, all that was added, all that was taken away. */
final class PnCounterModel implements StructureModel<SharedPnCounter> {
    @Override
    public String name() {
        return "pn-counter";
    }

    @Override
    public ChannelType<SharedPnCounter> type() {
        return SharedPnCounter.TYPE;
    }

    @Override
    public JsonValue generate(Rng rng, SharedPnCounter channel) {
        int amount = rng.chance(5) ? rng.between(-1_000_000_000, 1_000_000_000) : rng.between(-9, 9);
        return JsonObject.builder().put("m", "update").put("n", amount).build();
    }

    @Override
    public @Nullable JsonValue perform(SharedPnCounter channel, JsonValue call) {
        if (!Calls.verb(call).equals("update")) {
            throw Calls.unknown(call);
        }
        channel.update(Calls.integer(call, "n"));
        return null;
    }

    @Override
    public JsonValue state(SharedPnCounter channel) {
        return state((double) channel.value(), (double) channel.increments(), (double) channel.decrements());
    }

    @Override
    public JsonValue event(ChannelEvent event) {
        return switch ((PnCounterEvent) event) {
            case PnCounterEvent.Updated updated -> JsonArray.of(JsonValue.of("updated"),
                    JsonValue.of((double) updated.amount()), JsonValue.of((double) updated.newValue()),
                    JsonValue.of(updated.local()));
        };
    }

    /** What the authors meant, each once; what they sent with it is not looked at. */
    @Override
    public JsonValue expected(List<LogOperation> log) {
        double increments = 0;
        double decrements = 0;
        for (LogOperation operation : log) {
            double amount = Fields.number(operation.contents(), "amount");
            increments += Math.max(0, amount);
            decrements += Math.max(0, -amount);
        }
        return state(increments - decrements, increments, decrements);
    }

    private static JsonValue state(double value, double increments, double decrements) {
        return JsonArray.of(JsonValue.of(value), JsonValue.of(increments), JsonValue.of(decrements));
    }
}
