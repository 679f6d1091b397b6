package dev.thalweg.sync;

import dev.thalweg.eventgraph.DocumentKind;
import dev.thalweg.eventgraph.EventId;
import dev.thalweg.eventgraph.EventRun;
import dev.thalweg.eventgraph.TableJson;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonLimits;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is asked and answered, as JSON in the form of mizchi/converge. Some members are ours: {@code peer_id} of a push,
 * {@code limit} of a pull, {@code has_more} with {@code versions} of its answer, and {@code kind} of all that is not about
 * tables.
 */
public final class SyncJson {
    /** How deep and how long a request or an answer may be. */
    public static final JsonLimits LIMITS = new JsonLimits(256, 128 * 1024 * 1024);

    private SyncJson() {}

    /** Says of what kind a document is, unless it is tables. */
    static JsonObject.Builder putKind(JsonObject.Builder message, @Nullable DocumentKind kind) {
        return message.putIfPresent("kind", kind == null || kind == DocumentKind.TABLES ? null : kind.label());
    }

    /** Of what kind a document is that something is said about: tables when that is not said. */
    public static DocumentKind readKind(JsonObject message) throws ProtocolException {
        String kind = message.optionalString("kind");
        return kind == null ? DocumentKind.TABLES : DocumentKind.read(kind);
    }

    /** {@code {"frontier","versions","kind"}}. */
    public static JsonObject state(SyncState state) {
        return putKind(JsonObject.builder().put("frontier", TableJson.ids(state.frontier()))
                .put("versions", TableJson.known(state.versions())), state.kind()).build();
    }

    private static SyncState readState(JsonObject object, String frontier) throws ProtocolException {
        List<EventId> ids = TableJson.readIds(object.array(frontier));
        Map<String, Integer> versions = TableJson.readKnown(object.object("versions"));
        return new SyncState(versions.isEmpty() ? null : readKind(object), ids, versions);
    }

    /** Reads {@link #state}. */
    public static SyncState readState(JsonValue json) throws ProtocolException {
        return readState(JsonCasts.object(json, "a state"), "frontier");
    }

    /** {@code {"peer_id","events","kind"}}. */
    public static JsonObject push(DocumentKind kind, String peer, List<EventRun> events) {
        return putKind(JsonObject.builder().put("peer_id", peer).put("events", EventRun.toJson(events)), kind).build();
    }

    /** Who brings events, or an empty text. */
    public static String readPeer(JsonObject push) throws ProtocolException {
        String peer = push.optionalString("peer_id");
        return peer == null ? "" : peer;
    }

    /** What a push brings, or a pull's answer. @param kind of the document that they are for */
    public static List<EventRun> readEvents(DocumentKind kind, JsonObject message) throws ProtocolException {
        return EventRun.read(kind, message.array("events"));
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

    /** {@code {"known_peers","limit","kind"}}. */
    public static JsonObject pull(DocumentKind kind, Map<String, Integer> known, int limit) {
        return putKind(JsonObject.builder().put("known_peers", TableJson.known(known)).put("limit", limit), kind)
                .build();
    }

    /** What somebody knows who pulls. */
    public static Map<String, Integer> readKnown(JsonObject pull) throws ProtocolException {
        return TableJson.readKnown(pull.object("known_peers"));
    }

    /** How many events somebody takes who pulls. */
    public static int readLimit(JsonObject pull) throws ProtocolException {
        return pull.optionalInteger("limit", 1, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    /** {@code {"events","server_frontier","versions","has_more","kind"}}. */
    public static JsonObject pullReply(PullReply reply) {
        return putKind(JsonObject.builder().put("events", EventRun.toJson(reply.events()))
                .put("server_frontier", TableJson.ids(reply.state().frontier()))
                .put("versions", TableJson.known(reply.state().versions())).put("has_more", reply.more()),
                reply.state().kind()).build();
    }

    /** Reads {@link #pullReply}. @param kind that was asked for */
    public static PullReply readPullReply(DocumentKind kind, JsonValue json) throws ProtocolException {
        JsonObject object = JsonCasts.object(json, "an answer");
        return new PullReply(readEvents(kind, object), readState(object, "server_frontier"),
                object.optionalBool("has_more", false));
    }
}
