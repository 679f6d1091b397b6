package dev.thalweg.journals.nodes;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.replication.eventsourcing.EventSourced;
import java.util.ArrayList;
import java.util.List;

/** An entity that keeps every event it was told, in order. */
final class Minutes implements EventSourced<String, String, List<String>> {
    @Override
    public List<String> initial() {
        return List.of();
    }

    @Override
    public List<String> handle(List<String> state, String command) {
        return List.of(command);
    }

    @Override
    public List<String> apply(List<String> state, String event) {
        List<String> more = new ArrayList<>(state);
        more.add(event);
        return List.copyOf(more);
    }

    @Override
    public JsonValue writeEvent(String event) {
        return JsonValue.of(event);
    }

    @Override
    public String readEvent(JsonValue json) throws ProtocolException {
        return JsonCasts.string(json, "event");
    }

    @Override
    public JsonValue writeState(List<String> state) {
        return JsonArray.ofStrings(state);
    }

    @Override
    public List<String> readState(JsonValue json) throws ProtocolException {
        return List.copyOf(JsonCasts.array(json, "state").strings());
    }
}
