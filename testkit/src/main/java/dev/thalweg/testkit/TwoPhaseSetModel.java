package dev.thalweg.testkit;

import dev.thalweg.dds.ChannelEvent;
import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.twophaseset.SharedTwoPhaseSet;
import dev.thalweg.dds.twophaseset.TwoPhaseSetEvent;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Calls: {@code {"m":"add","e":"a"}}, {@code {"m":"remove","e":"a"}}. State: the elements in order. */
final class TwoPhaseSetModel implements StructureModel<SharedTwoPhaseSet> {
    @Override
    public String name() {
        return "two-phase-set";
    }

    @Override
    public ChannelType<SharedTwoPhaseSet> type() {
        return SharedTwoPhaseSet.TYPE;
    }

    @Override
    public JsonValue generate(Rng rng, SharedTwoPhaseSet channel) {
        return JsonObject.builder().put("m", rng.chance(75) ? "add" : "remove").put("e", rng.pick(Calls.ELEMENTS))
                .build();
    }

    @Override
    public @Nullable JsonValue perform(SharedTwoPhaseSet channel, JsonValue call) {
        String element = Calls.string(call, "e");
        return switch (Calls.verb(call)) {
            case "add" -> JsonValue.of(channel.add(element));
            case "remove" -> JsonValue.of(channel.remove(element));
            default -> throw Calls.unknown(call);
        };
    }

    @Override
    public JsonValue state(SharedTwoPhaseSet channel) {
        return JsonArray.ofStrings(channel.elements());
    }

    @Override
    public JsonValue event(ChannelEvent event) {
        return switch ((TwoPhaseSetEvent) event) {
            case TwoPhaseSetEvent.Added added -> JsonArray.of(JsonValue.of("added"), JsonValue.of(added.element()),
                    JsonValue.of(added.local()));
            case TwoPhaseSetEvent.Removed removed ->
                    JsonArray.of(JsonValue.of("removed"), JsonValue.of(removed.element()),
                            JsonValue.of(removed.local()));
        };
    }

    /** What was ever added, less what was ever removed. */
    @Override
    public JsonValue expected(List<LogOperation> log) {
        TreeSet<String> elements = new TreeSet<>();
        TreeSet<String> removed = new TreeSet<>();
        for (LogOperation operation : log) {
            boolean add = Fields.string(operation.contents(), "type").equals("add");
            (add ? elements : removed).add(Fields.string(operation.contents(), "element"));
        }
        elements.removeAll(removed);
        return JsonArray.ofStrings(elements);
    }
}
