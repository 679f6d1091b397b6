package dev.thalweg.sync;

import dev.thalweg.ephemeral.EphemeralEntry;
import dev.thalweg.ephemeral.EphemeralJson;
import dev.thalweg.ephemeral.EphemeralState;
import dev.thalweg.eventgraph.TableJson;
import dev.thalweg.eventgraph.TableRun;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a hub and those who listen say to each other, as JSON: {@code snapshot}, {@code ephemeral_diff}, {@code peer_left} and
 * {@code events} there, {@code ephemeral_update} back. As in mizchi/converge, but that a diff has its namespaces in a member
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

    /** {@code {"type":"events","events":[run]}}. */
    static JsonObject events(List<TableRun> runs) {
        return message("events").put("events", TableJson.runs(runs)).build();
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

        /** New events. */
        record Events(List<TableRun> runs) implements Told {
            /** Copies the list. */
            public Events {
                runs = List.copyOf(runs);
            }
        }
    }

    /** Reads what a hub says. */
    public static Told read(JsonValue json) throws ProtocolException {
        JsonObject object = JsonCasts.object(json, "a message");
        String type = object.string("type");
        return switch (type) {
            case "snapshot", "ephemeral_diff" -> new Told.Presence(EphemeralJson.readState(object));
            case "peer_left" -> new Told.Presence(new EphemeralState(Map.of(),
                    Map.of(object.string("peer_id"), object.integer("clock", 0, Integer.MAX_VALUE))));
            case "events" -> new Told.Events(TableJson.readRuns(object.array("events")));
            default -> throw new ProtocolException("a message of type " + type);
        };
    }
}
