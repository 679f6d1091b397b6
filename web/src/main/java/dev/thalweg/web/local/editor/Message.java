package dev.thalweg.web.local.editor;

import dev.thalweg.ephemeral.EphemeralJson;
import dev.thalweg.ephemeral.EphemeralState;
import dev.thalweg.eventgraph.TableJson;
import dev.thalweg.eventgraph.TextJson;
import dev.thalweg.eventgraph.TextRun;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonLimits;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What copies of a text tell all others that are online. */
sealed interface Message {
    /** How deep and how long one may be. */
    JsonLimits LIMITS = new JsonLimits(64, 64 * 1024 * 1024);

    /** Who tells it. */
    String from();

    /**
     * How many events of each agent somebody has.
     *
     * @param wish what is asked of those who hear it
     */
    record Has(String from, Map<String, Integer> versions, Wish wish) implements Message {
        /** Copies the map. */
        public Has {
            versions = new TreeMap<>(versions);
        }
    }

    /** What somebody who says what it has asks of the others. */
    enum Wish {
        /** Nothing. */
        NONE,
        /** What they have more. */
        EVENTS,
        /** What they have more, and to be asked by those who have less. */
        EXCHANGE;

        static Wish read(String name) throws ProtocolException {
            return switch (name) {
                case "none" -> NONE;
                case "events" -> EVENTS;
                case "exchange" -> EXCHANGE;
                default -> throw new ProtocolException("wish must be none, events or exchange, was " + name);
            };
        }

        String text() {
            return switch (this) {
                case NONE -> "none";
                case EVENTS -> "events";
                case EXCHANGE -> "exchange";
            };
        }
    }

    /** Events, each after its causes. */
    record Events(String from, List<TextRun> runs) implements Message {
        /** Copies the list. */
        public Events {
            runs = List.copyOf(runs);
        }
    }

    /** Who is where. */
    record Presence(String from, EphemeralState state) implements Message {}

    /** {@code {"type":"has","from","versions":{agent:count},"wish"}}. */
    static String has(String from, Map<String, Integer> versions, Wish wish) {
        return message("has", from).put("versions", TableJson.known(versions)).put("wish", wish.text()).build()
                .toJson();
    }

    /** {@code {"type":"events","from","events":[run]}}. */
    static String events(String from, JsonArray runs) {
        return message("events", from).put("events", runs).build().toJson();
    }

    /** {@code {"type":"presence","from","state"}}. */
    static String presence(String from, EphemeralState state) {
        return message("presence", from).put("state", EphemeralJson.state(state)).build().toJson();
    }

    private static JsonObject.Builder message(String type, String from) {
        return JsonObject.builder().put("type", type).put("from", from);
    }

    /** Reads one. */
    static Message read(String text) throws ProtocolException {
        JsonObject json = JsonCasts.object(JsonValue.parse(text, LIMITS), "a message");
        String from = json.string("from");
        String type = json.string("type");
        return switch (type) {
            case "has" -> new Has(from, TableJson.readKnown(json.require("versions")),
                    Wish.read(json.string("wish")));
            case "events" -> new Events(from, TextJson.readRuns(json.require("events")));
            case "presence" -> new Presence(from, EphemeralJson.readState(json.require("state")));
            default -> throw new ProtocolException("a message of type " + type);
        };
    }
}
