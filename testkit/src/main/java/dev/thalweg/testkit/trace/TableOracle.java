package dev.thalweg.testkit.trace;

import dev.thalweg.eventgraph.EventId;
import dev.thalweg.eventgraph.RowOperation;
import dev.thalweg.eventgraph.TableRun;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The tables that a set of events makes, worked out with no thought of speed: all of them, one after the other in the order
 * of their times.
 */
public final class TableOracle {
    private record Event(int time, EventId id, RowOperation operation) {}

    private final TreeMap<Event, Event> events = new TreeMap<>(
            Comparator.<Event>comparingInt(Event::time).thenComparing(Event::id));
    private final Map<EventId, Integer> times = new HashMap<>();

    /** Takes in events whose causes are here. */
    public void add(TableRun run) {
        int time = 1;
        for (EventId parent : run.parents()) {
            Integer known = times.get(parent);
            if (known == null) {
                throw new IllegalArgumentException("no event " + parent);
            }
            time = Math.max(time, known + 1);
        }
        if (time != run.time()) {
            throw new IllegalStateException(run.first() + " is said to be at " + run.time() + " and is at " + time);
        }
        int sequence = run.first().sequence();
        for (RowOperation operation : run.operations()) {
            EventId id = new EventId(run.first().agent(), sequence++);
            Event event = new Event(time, id, operation);
            times.put(id, time++);
            events.put(event, event);
        }
    }

    /** The rows that are there, by table. */
    public Map<String, Map<String, JsonObject>> tables() {
        Map<String, Map<String, Map<String, JsonValue>>> cells = new TreeMap<>();
        Map<String, Map<String, JsonObject>> tables = new TreeMap<>();
        for (Event event : events.values()) {
            RowOperation operation = event.operation();
            Map<String, JsonValue> row = cells.computeIfAbsent(operation.table(), name -> new TreeMap<>())
                    .computeIfAbsent(operation.row(), name -> new TreeMap<>());
            Map<String, JsonObject> there = tables.computeIfAbsent(operation.table(), name -> new TreeMap<>());
            switch (operation) {
                case RowOperation.Insert insert -> {
                    for (int i = 0; i < insert.values().size(); i++) {
                        row.put(insert.values().name(i), insert.values().value(i));
                    }
                    there.put(operation.row(), object(row));
                }
                case RowOperation.Update update -> row.put(update.column(), update.value());
                case RowOperation.Delete delete -> {
                    row.clear();
                    there.remove(delete.row());
                }
            }
            there.computeIfPresent(operation.row(), (name, old) -> object(row));
        }
        return tables;
    }

    private static JsonObject object(Map<String, JsonValue> cells) {
        JsonObject.Builder object = JsonObject.builder();
        cells.forEach(object::put);
        return object.build();
    }
}
