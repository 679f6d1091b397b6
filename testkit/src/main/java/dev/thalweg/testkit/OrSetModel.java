package dev.thalweg.testkit;

import dev.thalweg.dds.ChannelEvent;
import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.orset.OrSetEvent;
import dev.thalweg.dds.orset.SharedOrSet;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls: {@code {"m":"add","e":"a"}}, {@code {"m":"remove","e":"a"}}. State: the elements in order. */
final class OrSetModel implements StructureModel<SharedOrSet> {
    @Override
    public String name() {
        return "or-set";
    }

    @Override
    public ChannelType<SharedOrSet> type() {
        return SharedOrSet.TYPE;
    }

    @Override
    public JsonValue generate(Rng rng, SharedOrSet channel) {
        return JsonObject.builder().put("m", rng.chance(60) ? "add" : "remove").put("e", rng.pick(Calls.ELEMENTS))
                .build();
    }

    @Override
    public @Nullable JsonValue perform(SharedOrSet channel, JsonValue call) {
        String element = Calls.string(call, "e");
        switch (Calls.verb(call)) {
            case "add" -> channel.add(element);
            case "remove" -> {
                return JsonValue.of(channel.remove(element));
            }
            default -> throw Calls.unknown(call);
        }
        return null;
    }

    @Override
    public JsonValue state(SharedOrSet channel) {
        return JsonArray.ofStrings(channel.elements());
    }

    @Override
    public JsonValue event(ChannelEvent event) {
        return switch ((OrSetEvent) event) {
            case OrSetEvent.Added added -> JsonArray.of(JsonValue.of("added"), JsonValue.of(added.element()),
                    JsonValue.of(added.local()));
            case OrSetEvent.Removed removed -> JsonArray.of(JsonValue.of("removed"), JsonValue.of(removed.element()),
                    JsonValue.of(removed.local()));
        };
    }

    @Override
    public JsonValue expected(List<LogOperation> log) {
        DotOracle oracle = new DotOracle();
        for (LogOperation operation : log) {
            String element = Fields.string(operation.contents(), "element");
            JsonObject delta = Fields.object(operation.contents(), "delta");
            oracle.read(element, Fields.object(Fields.object(delta, "entries"), element),
                    Fields.object(delta, "context"));
        }
        return JsonArray.ofStrings(oracle.alive());
    }
}
