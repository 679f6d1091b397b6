package dev.thalweg.web.local.table;

import dev.thalweg.eventgraph.EventId;
import dev.thalweg.eventgraph.TableDocument;
import dev.thalweg.eventgraph.TableJson;
import dev.thalweg.eventgraph.TableMergeResult;
import dev.thalweg.eventgraph.TableRun;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What copies of a table say to each other that all hear each other, and which events others are known to have. */
/*
 * There are two messages, each with what its author has: a `hello` wants an answer, a `have` does not. Whoever hears that
 * somebody lacks events gives them; whoever got something new says what it has now, so that the events' author knows that
 * they are not here only; whoever hears of events that it did not get asks. Each answer brings somebody closer to having
 * everything, and nobody answers when nobody was brought closer: they fall silent when all have the same.
 */
final class Neighbours {
    private final TableDocument tables;
    private final Map<String, Integer> seen = new TreeMap<>();

    /**
     * What came of a message.
     *
     * @param from   who sent it
     * @param answer to be sent to all, or null
     */
    record Heard(String from, TableMergeResult merged, @Nullable String answer) {}

    Neighbours(TableDocument tables) {
        this.tables = tables;
    }

    /** How many events of each agent somebody else has; a copy. */
    Map<String, Integer> seen() {
        return new TreeMap<>(seen);
    }

    /** Somebody else has so many events of each agent. */
    void see(Map<String, Integer> vector) {
        vector.forEach((agent, count) -> seen.merge(agent, count, Math::max));
    }

    /** Whether somebody else has an event. */
    boolean isSeen(EventId event) {
        return event.sequence() < seen.getOrDefault(event.agent(), 0);
    }

    /** How many of the events here nobody else is known to have. */
    int unseen() {
        int count = 0;
        for (Map.Entry<String, Integer> mine : tables.versionVector().entrySet()) {
            count += Math.max(0, mine.getValue() - seen.getOrDefault(mine.getKey(), 0));
        }
        return count;
    }

    /** Asks everybody what they have. */
    String hello() {
        return message("hello", List.of());
    }

    /** Says what is here, with events that others may not have yet. */
    String have(List<TableRun> events) {
        return message("have", events);
    }

    private String message(String type, List<TableRun> events) {
        return JsonObject.builder().put("type", type).put("from", tables.agent())
                .put("known", TableJson.known(tables.versionVector())).put("events", TableJson.runs(events)).build()
                .toJson();
    }

    /** Takes a message in. @throws ProtocolException when it cannot be read; then nothing has changed */
    Heard hear(String text) throws ProtocolException {
        JsonObject message = JsonCasts.object(JsonValue.parse(text), "a message");
        String type = message.string("type");
        boolean asks = type.equals("hello");
        if (!asks && !type.equals("have")) {
            throw new ProtocolException("type must be hello or have, was " + type);
        }
        String from = message.string("from");
        Map<String, Integer> known = TableJson.readKnown(message.require("known"));
        List<TableRun> events = TableJson.readRuns(message.array("events"));
        Map<String, Integer> before = tables.versionVector();
        TableMergeResult merged = tables.merge(events);
        see(known);
        Map<String, Integer> mine = tables.versionVector();
        List<TableRun> lacked = tables.runsSince(known);
        String answer = null;
        if (isBehind(mine, known)) {
            answer = message("hello", lacked);
        } else if (asks || !lacked.isEmpty() || !before.equals(mine)) {
            answer = have(lacked);
        }
        return new Heard(from, merged, answer);
    }

    private static boolean isBehind(Map<String, Integer> mine, Map<String, Integer> known) {
        for (Map.Entry<String, Integer> other : known.entrySet()) {
            if (other.getValue() > mine.getOrDefault(other.getKey(), 0)) {
                return true;
            }
        }
        return false;
    }
}
