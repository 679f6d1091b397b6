package dev.thalweg.testkit;

import dev.thalweg.dds.ChannelEvent;
import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.counter.CounterEvent;
import dev.thalweg.dds.counter.SharedCounter;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonNumber;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls: {@code {"m":"inc","n":2}}. State: the value. */
final class CounterModel implements StructureModel<SharedCounter> {
    @Override
    public String name() {
        return "counter";
    }

    @Override
    public ChannelType<SharedCounter> type() {
        return SharedCounter.TYPE;
    }

    @Override
    public JsonValue generate(Rng rng, SharedCounter channel) {
        int amount = rng.chance(5) ? rng.below(2_000_000_000) - 1_000_000_000 : rng.between(-9, 9);
        return JsonObject.builder().put("m", "inc").put("n", amount).build();
    }

    @Override
    public @Nullable JsonValue perform(SharedCounter channel, JsonValue call) {
        if (!Calls.verb(call).equals("inc")) {
            throw Calls.unknown(call);
        }
        channel.increment(Calls.whole(call, "n"));
        return null;
    }

    @Override
    public JsonValue state(SharedCounter channel) {
        return JsonValue.of((double) channel.value());
    }

    @Override
    public JsonValue event(ChannelEvent event) {
        return switch ((CounterEvent) event) {
            case CounterEvent.Incremented incremented -> JsonArray.of(JsonValue.of("incremented"),
                    JsonValue.of((double) incremented.amount()), JsonValue.of((double) incremented.newValue()));
        };
    }

    @Override
    public Follower follow(SharedCounter channel) {
        long[] value = {channel.value()};
        channel.subscribe(event -> {
            switch (event) {
                case CounterEvent.Incremented incremented -> {
                    value[0] += incremented.amount();
                    if (value[0] != incremented.newValue()) {
                        throw new IllegalStateException("after " + value[0] + " comes " + incremented);
                    }
                }
            }
        });
        return () -> {
            if (value[0] != channel.value()) {
                throw new IllegalStateException(
                        "events come to " + value[0] + ", the counter is at " + channel.value());
            }
        };
    }

    @Override
    public JsonValue expected(List<LogOperation> log) {
        double sum = 0;
        for (LogOperation operation : log) {
            sum += operation.contents() instanceof JsonObject object
                    && object.get("incrementAmount") instanceof JsonNumber amount ? amount.value() : 0;
        }
        return JsonValue.of(sum);
    }
}
