package dev.thalweg.testkit;

import dev.thalweg.dds.ChannelEvent;
import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.gset.GSetEvent;
import dev.thalweg.dds.gset.SharedGSet;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Calls: {@code {"m":"add","e":"a"}}. State: the elements in order. */
final class GSetModel implements StructureModel<SharedGSet> {
    @Override
    public String name() {
        return "g-set";
    }

    @Override
    public ChannelType<SharedGSet> type() {
        return SharedGSet.TYPE;
    }

    @Override
    public JsonValue generate(Rng rng, SharedGSet channel) {
        return JsonObject.builder().put("m", "add").put("e", rng.pick(Calls.ELEMENTS)).build();
    }

    @Override
    public @Nullable JsonValue perform(SharedGSet channel, JsonValue call) {
        String element = Calls.string(call, "e");
        if (!Calls.verb(call).equals("add")) {
            throw Calls.unknown(call);
        }
        return JsonValue.of(channel.add(element));
    }

    @Override
    public JsonValue state(SharedGSet channel) {
        return JsonArray.ofStrings(channel.elements());
    }

    @Override
    public JsonValue event(ChannelEvent event) {
        return switch ((GSetEvent) event) {
            case GSetEvent.Added added -> JsonArray.of(JsonValue.of("added"), JsonValue.of(added.element()),
                    JsonValue.of(added.local()));
            case GSetEvent.Removed removed -> JsonArray.of(JsonValue.of("removed"), JsonValue.of(removed.element()),
                    JsonValue.of(removed.local()));
        };
    }

    /** What was ever added. */
    @Override
    public JsonValue expected(List<LogOperation> log) {
        TreeSet<String> elements = new TreeSet<>();
        for (LogOperation operation : log) {
            elements.add(Fields.string(operation.contents(), "element"));
        }
        return JsonArray.ofStrings(elements);
    }
}
