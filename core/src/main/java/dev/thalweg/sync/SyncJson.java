package dev.thalweg.sync;

import dev.thalweg.eventgraph.TableJson;
import dev.thalweg.eventgraph.TableRun;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonLimits;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is asked and answered, as JSON in the form of mizchi/converge. Three members are ours: {@code peer_id} of a push,
 * {@code limit} of a pull, and {@code has_more} with {@code versions} of its answer.
 */
public final class SyncJson {
    /** How deep and how long a request or an answer may be. */
    public static final JsonLimits LIMITS = new JsonLimits(256, 128 * 1024 * 1024);

    private SyncJson() {}

    /** {@code {"frontier","versions"}}. */
    public static JsonObject state(SyncState state) {
        return JsonObject.builder().put("frontier", TableJson.ids(state.frontier()))
                .put("versions", TableJson.known(state.versions())).build();
    }

    /** Reads {@link #state}. */
    public static SyncState readState(JsonValue json) throws ProtocolException {
        JsonObject object = JsonCasts.object(json, "a state");
        return new SyncState(TableJson.readIds(object.array("frontier")),
                TableJson.readKnown(object.object("versions")));
    }

    /** {@code {"peer_id","events"}}. */
    public static JsonObject push(String peer, List<TableRun> events) {
        return JsonObject.builder().put("peer_id", peer).put("events", TableJson.runs(events)).build();
    }

    /** Who brings events, or an empty text. */
    public static String readPeer(JsonObject push) throws ProtocolException {
        String peer = push.optionalString("peer_id");
        return peer == null ? "" : peer;
    }

    /** How many events a push brings, without reading them. */
    private static int countEvents(JsonArray runs) throws ProtocolException {
        int count = 0;
        for (JsonValue run : runs.values()) {
            int more = JsonCasts.object(run, "a run").array("ops").size();
            count = more > Integer.MAX_VALUE - count ? Integer.MAX_VALUE : count + more;
        }
        return count;
    }

    /** {@code {"ok":true,"merge_ops","waiting"}}. */
    public static JsonObject pushReply(PushReply reply) {
        return JsonObject.builder().put("ok", true).put("merge_ops", reply.changes()).put("waiting", reply.waiting())
                .build();
    }

    /** Reads {@link #pushReply}. */
    public static PushReply readPushReply(JsonValue json) throws ProtocolException {
        JsonObject object = JsonCasts.object(json, "an answer");
        return new PushReply(object.integer("merge_ops", 0, Integer.MAX_VALUE),
                object.optionalInteger("waiting", 0, Integer.MAX_VALUE, 0));
    }

    /** {@code {"known_peers","limit"}}. */
    public static JsonObject pull(Map<String, Integer> known, int limit) {
        return JsonObject.builder().put("known_peers", TableJson.known(known)).put("limit", limit).build();
    }

    /** What somebody knows who pulls. */
    public static Map<String, Integer> readKnown(JsonObject pull) throws ProtocolException {
        return TableJson.readKnown(pull.object("known_peers"));
    }

    /** How many events somebody takes who pulls. */
    public static int readLimit(JsonObject pull) throws ProtocolException {
        return pull.optionalInteger("limit", 1, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    /** {@code {"events","server_frontier","versions","has_more"}}. */
    public static JsonObject pullReply(PullReply reply) {
        return JsonObject.builder().put("events", TableJson.runs(reply.events()))
                .put("server_frontier", TableJson.ids(reply.state().frontier()))
                .put("versions", TableJson.known(reply.state().versions())).put("has_more", reply.more()).build();
    }

    /** Reads {@link #pullReply}. */
    public static PullReply readPullReply(JsonValue json) throws ProtocolException {
        JsonObject object = JsonCasts.object(json, "an answer");
        return new PullReply(TableJson.readRuns(object.array("events")),
                new SyncState(TableJson.readIds(object.array("server_frontier")),
                        TableJson.readKnown(object.object("versions"))),
                object.optionalBool("has_more", false));
    }

    /**
     * Reads the events of a push.
     *
     * @param limit how many at most
     * @return the events, or null when there are more; then they were not even read
     */
    public static @Nullable List<TableRun> readEvents(JsonObject push, int limit) throws ProtocolException {
        JsonArray runs = push.array("events");
        return countEvents(runs) > limit ? null : TableJson.readRuns(runs);
    }
}
