package dev.thalweg.eventgraph;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.List;

/**
 * A run of events as JSON in the form of mizchi/converge, whatever its operations are.
 *
 * @param time Lamport's of the first
 */
record RunJson(EventId first, List<EventId> parents, int time, List<JsonValue> operations) {
    /** {@code {"peer","counter_start","lamport_start","deps","ops"}}. */
    JsonObject toJson() {
        return JsonObject.builder().put("peer", first.agent()).put("counter_start", first.sequence())
                .put("lamport_start", time).put("deps", TableJson.ids(parents)).put("ops", new JsonArray(operations))
                .build();
    }

    /** Reads an array of them. */
    static List<RunJson> read(JsonValue json) throws ProtocolException {
        List<RunJson> runs = new ArrayList<>();
        for (JsonValue each : JsonCasts.array(json, "runs").values()) {
            JsonObject run = JsonCasts.object(each, "a run");
            List<JsonValue> operations = run.array("ops").values();
            if (operations.isEmpty()) {
                throw new ProtocolException("a run of " + run.string("peer") + " has no ops");
            }
            List<EventId> parents = TableJson.readIds(run.array("deps"));
            int first = run.integer("counter_start", 0, EventGraph.MAX_EVENTS);
            runs.add(new RunJson(new EventId(run.string("peer"), first), parents,
                    run.optionalInteger("lamport_start", 1, Integer.MAX_VALUE, 1), operations));
        }
        return runs;
    }
}
