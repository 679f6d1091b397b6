package dev.thalweg.eventgraph;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Events of tables, and what comes of them, as JSON in the form of mizchi/converge. An event is called
 * {@code [agent, sequence]}; what somebody knows is the number of each agent's last event, not how many there are.
 */
public final class TableJson {
    private TableJson() {}

    /** The last event of a run: {@code {"id","deps","lamport","op"}}. */
    public static JsonObject event(TableRun run) {
        int last = run.operations().size() - 1;
        EventId id = new EventId(run.first().agent(), run.first().sequence() + last);
        List<EventId> parents = last == 0 ? run.parents() : List.of(new EventId(id.agent(), id.sequence() - 1));
        return JsonObject.builder().put("id", EventIdJson.write(id)).put("deps", ids(parents))
                .put("lamport", run.time() + last)
                .put("op", RowForm.FORM.write(run.operations().get(last))).build();
    }

    /** Runs: {@code {"peer","counter_start","lamport_start","deps","ops"}} each. */
    public static JsonArray runs(List<TableRun> runs) {
        return EventRun.toJson(events(runs));
    }

    static List<EventRun> events(List<TableRun> runs) {
        List<EventRun> events = new ArrayList<>(runs.size());
        for (TableRun run : runs) {
            List<JsonValue> operations = new ArrayList<>(run.operations().size());
            for (RowOperation operation : run.operations()) {
                operations.add(RowForm.FORM.write(operation));
            }
            events.add(new EventRun(run.first(), run.parents(), run.time(), operations.size(), operations));
        }
        return events;
    }

    /** Reads {@link #runs}. */
    public static List<TableRun> readRuns(JsonValue json) throws ProtocolException {
        return readRuns(EventRun.read(DocumentKind.TABLES, json));
    }

    static List<TableRun> readRuns(List<EventRun> events) throws ProtocolException {
        List<TableRun> runs = new ArrayList<>(events.size());
        for (EventRun run : events) {
            List<RowOperation> operations = new ArrayList<>(run.operations().size());
            for (JsonValue operation : run.operations()) {
                operations.add(RowForm.FORM.read(operation));
            }
            runs.add(new TableRun(run.first(), run.parents(), run.time(), operations));
        }
        return runs;
    }

    /** What to do to a copy: {@code insert_row}, {@code set_cell} and {@code delete_row}. */
    public static JsonArray changes(List<RowChange> changes) {
        List<JsonValue> values = new ArrayList<>(changes.size());
        for (RowChange change : changes) {
            values.add(switch (change) {
                case RowChange.InsertRow insert -> RowForm.head("insert_row", insert.table(), insert.row())
                        .put("values", RowForm.pairs(insert.values())).build();
                case RowChange.SetCell set -> RowForm.head("set_cell", set.table(), set.row()).put("col", set.column())
                        .put("value", set.value()).build();
                case RowChange.DeleteRow delete -> RowForm.head("delete_row", delete.table(), delete.row()).build();
            });
        }
        return new JsonArray(values);
    }

    /** The columns of a row to be inserted: {@code [["column", value], …]}. */
    public static JsonObject readValues(JsonValue json) throws ProtocolException {
        return RowForm.values(json);
    }

    /** The version of a document: {@code {"frontier","versions"}}. */
    public static JsonObject state(TableDocument document) {
        return JsonObject.builder().put("frontier", ids(document.version()))
                .put("versions", known(document.versionVector())).build();
    }

    /** Names of events: {@code [["agent", sequence], …]}. */
    public static JsonArray ids(List<EventId> ids) {
        List<JsonValue> values = new ArrayList<>(ids.size());
        for (EventId id : ids) {
            values.add(EventIdJson.write(id));
        }
        return new JsonArray(values);
    }

    /** Reads {@link #ids}. */
    public static List<EventId> readIds(JsonArray json) throws ProtocolException {
        List<EventId> ids = new ArrayList<>(json.size());
        for (JsonValue id : json.values()) {
            ids.add(EventIdJson.read(id));
        }
        return ids;
    }

    /** What somebody knows: {@code {"agent": number of the last event}}. @param vector how many events of each agent */
    public static JsonObject known(Map<String, Integer> vector) {
        JsonObject.Builder known = JsonObject.builder();
        vector.forEach((agent, count) -> known.put(agent, count - 1));
        return known.build();
    }

    /** Reads {@link #known}. @return how many events of each agent */
    public static Map<String, Integer> readKnown(JsonValue json) throws ProtocolException {
        JsonObject known = JsonCasts.object(json, "what is known");
        Map<String, Integer> vector = new TreeMap<>();
        for (int i = 0; i < known.size(); i++) {
            vector.put(known.name(i), 1
                    + JsonCasts.integer(known.value(i), "the last event of an agent", -1, EventGraph.MAX_EVENTS));
        }
        return vector;
    }
}
