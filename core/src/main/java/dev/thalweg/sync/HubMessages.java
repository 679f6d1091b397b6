package dev.thalweg.sync;

import dev.thalweg.ephemeral.EphemeralEntry;
import dev.thalweg.ephemeral.EphemeralJson;
import dev.thalweg.ephemeral.EphemeralState;
import dev.thalweg.eventgraph.DocumentKind;
import dev.thalweg.eventgraph.EventRun;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a hub and those who listen say to each other, as JSON: {@code snapshot}, {@code ephemeral_diff}, {@code peer_left} and
 * {@code events} there, {@code join} and {@code ephemeral_update} back. As in mizchi/converge, but that a diff has its namespaces in a member
 * {@code entries} of their own, so that one called {@code type} does no harm, and that there is one snapshot of all.
 */
public final class HubMessages {
    private HubMessages() {}

    private static JsonObject.Builder message(String type) {
        return JsonObject.builder().put("type", type);
    }

    /** {@code {"type":"snapshot","entries":{namespace:{key:entry}},"left":{peer:clock}}}. */
    static JsonObject snapshot(EphemeralState state) {
        return of("snapshot", state);
    }

    /** {@code {"type":"ephemeral_diff","entries":{namespace:{key:entry}},"left":{peer:clock}}}. */
    static JsonObject diff(EphemeralState state) {
        return of("ephemeral_diff", state);
    }

    private static JsonObject of(String type, EphemeralState state) {
        JsonObject json = EphemeralJson.state(state);
        JsonObject.Builder message = message(type);
        for (int i = 0; i < json.size(); i++) {
            message.put(json.name(i), json.value(i));
        }
        return message.build();
    }

    /** {@code {"type":"peer_left","peer_id","clock"}}: what the peer wrote up to that clock is gone. */
    static JsonObject left(String peer, int clock) {
        return message("peer_left").put("peer_id", peer).put("clock", clock).build();
    }

    /** {@code {"type":"events","events":[run],"kind"}}, the latter unless they are of tables. */
    static JsonObject events(DocumentKind kind, List<EventRun> runs) {
        return SyncJson.putKind(message("events").put("events", EventRun.toJson(runs)), kind).build();
    }

    /**
     * {@code {"type":"join","token","kind"}}, the first that is said to a server.
     *
     * @param kind of the document that is expected there, or null when that makes no difference
     */
    public static JsonObject join(String token, @Nullable DocumentKind kind) {
        return message("join").put("token", token).putIfPresent("kind", kind == null ? null : kind.label()).build();
    }

    /**
     * Who wants to listen.
     *
     * @param kind of the document that is expected, or null when that makes no difference
     */
    public record Join(String token, @Nullable DocumentKind kind) {}

    /** Reads {@link #join}. */
    public static Join readJoin(JsonValue json) throws ProtocolException {
        JsonObject object = JsonCasts.object(json, "a message");
        if (!object.string("type").equals("join")) {
            throw new ProtocolException("the first message must be of type join");
        }
        String kind = object.optionalString("kind");
        return new Join(object.string("token"), kind == null ? null : DocumentKind.read(kind));
    }

    /** {@code {"type":"ephemeral_update","ns","entries":{key:entry}}}. */
    public static JsonObject update(String namespace, Map<String, EphemeralEntry> entries) {
        return message("ephemeral_update").put("ns", namespace).put("entries", EphemeralJson.namespace(entries))
                .build();
    }

    /** Reads {@link #update}. @param peer whose entries these must be */
    static EphemeralState readUpdate(JsonValue json, String peer) throws ProtocolException {
        JsonObject object = JsonCasts.object(json, "a message");
        String type = object.string("type");
        if (!type.equals("ephemeral_update")) {
            throw new ProtocolException("type must be ephemeral_update, was " + type);
        }
        Map<String, Map<String, EphemeralEntry>> entries = EphemeralJson
                .readEntries(JsonObject.of(object.string("ns"), object.object("entries")));
        for (Map<String, EphemeralEntry> keys : entries.values()) {
            for (EphemeralEntry entry : keys.values()) {
                if (!entry.peer().equals(peer)) {
                    throw new ProtocolException("an entry of " + entry.peer() + " from " + peer);
                }
            }
        }
        return new EphemeralState(entries, new TreeMap<>());
    }

    /** What a hub has said. */
    public sealed interface Told {
        /** Everything that is true at the moment, or what is new. */
        record Presence(EphemeralState state) implements Told {}

        /** New events. @param kind of the document that they are for */
        record Events(DocumentKind kind, List<EventRun> runs) implements Told {
            /** Copies the list. */
            public Events {
                runs = List.copyOf(runs);
            }
        }
    }

    private static Told.Events events(JsonObject message) throws ProtocolException {
        DocumentKind kind = SyncJson.readKind(message);
        return new Told.Events(kind, SyncJson.readEvents(kind, message));
    }

    /** Reads what a hub says. */
    public static Told read(JsonValue json) throws ProtocolException {
        JsonObject object = JsonCasts.object(json, "a message");
        String type = object.string("type");
        return switch (type) {
            case "snapshot", "ephemeral_diff" -> new Told.Presence(EphemeralJson.readState(object));
            case "peer_left" -> new Told.Presence(new EphemeralState(Map.of(),
                    Map.of(object.string("peer_id"), object.integer("clock", 0, Integer.MAX_VALUE))));
            case "events" -> events(object);
            default -> throw new ProtocolException("a message of type " + type);
        };
    }
}
