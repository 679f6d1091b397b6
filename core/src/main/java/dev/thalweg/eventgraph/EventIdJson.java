package dev.thalweg.eventgraph;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;

/** Names of events as JSON: {@code [agent, sequence]}. */
final class EventIdJson {
    private EventIdJson() {}

    static JsonArray write(EventId id) {
        return JsonArray.of(JsonValue.of(id.agent()), JsonValue.of(id.sequence()));
    }

    static EventId read(JsonValue json) throws ProtocolException {
        JsonArray id = JsonCasts.array(json, "the name of an event");
        if (id.size() != 2) {
            throw new ProtocolException("the name of an event are an agent and a number, not " + id.size() + " values");
        }
        return new EventId(JsonCasts.string(id.get(0), "an agent"),
                JsonCasts.integer(id.get(1), "the number of an event", 0, EventGraph.MAX_EVENTS));
    }
}
