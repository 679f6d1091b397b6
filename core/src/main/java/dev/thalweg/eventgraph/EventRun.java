package dev.thalweg.eventgraph;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.List;

/**
 * Events of one agent, each the only parent of the next, of whatever kind of document: what replicas send each other as JSON
 * in the form of mizchi/converge. {@link TableJson}, {@link TextJson} and {@link ListJson} say what the operations look like.
 *
 * @param first      the name of the first event; the others follow in its sequence
 * @param parents    what the author had seen before the first
 * @param time       {@link EventGraph#time} of the first; it is for people to read and goes by the parents, whatever is said
 *                   here
 * @param length     how many events it is
 * @param operations what they did, in order
 */
public record EventRun(EventId first, List<EventId> parents, int time, int length, List<JsonValue> operations) {
    /** Copies the lists. */
    public EventRun {
        parents = List.copyOf(parents);
        operations = List.copyOf(operations);
    }

    /** {@code {"peer","counter_start","lamport_start","deps","ops"}}. */
    public JsonObject toJson() {
        return JsonObject.builder().put("peer", first.agent()).put("counter_start", first.sequence())
                .put("lamport_start", time).put("deps", TableJson.ids(parents)).put("ops", new JsonArray(operations))
                .build();
    }

    /** An array of them. */
    public static JsonArray toJson(List<EventRun> runs) {
        List<JsonValue> values = new ArrayList<>(runs.size());
        for (EventRun run : runs) {
            values.add(run.toJson());
        }
        return new JsonArray(values);
    }

    /**
     * Reads an array of them. Of the operations it reads no more than how many events each is.
     *
     * @param kind of the document that they are for
     */
    public static List<EventRun> read(DocumentKind kind, JsonValue json) throws ProtocolException {
        List<EventRun> runs = new ArrayList<>();
        for (JsonValue each : JsonCasts.array(json, "runs").values()) {
            JsonObject run = JsonCasts.object(each, "a run");
            List<JsonValue> operations = run.array("ops").values();
            if (operations.isEmpty()) {
                throw new ProtocolException("a run of " + run.string("peer") + " has no ops");
            }
            List<EventId> parents = TableJson.readIds(run.array("deps"));
            int first = run.integer("counter_start", 0, EventGraph.MAX_EVENTS);
            EventId id = new EventId(run.string("peer"), first);
            runs.add(new EventRun(id, parents, run.optionalInteger("lamport_start", 1, Integer.MAX_VALUE, 1),
                    measure(kind, id, operations), operations));
        }
        return runs;
    }

    private static int measure(DocumentKind kind, EventId first, List<JsonValue> operations) throws ProtocolException {
        int length = 0;
        for (JsonValue operation : operations) {
            int more = kind.events(operation);
            if (more > EventGraph.MAX_EVENTS - length) {
                throw new ProtocolException("a run of " + first.agent() + " has more than " + EventGraph.MAX_EVENTS
                        + " events");
            }
            length += more;
        }
        return length;
    }
}
