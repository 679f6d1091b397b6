package dev.thalweg.web.local.table;

import dev.thalweg.eventgraph.EventGraph;
import dev.thalweg.eventgraph.EventId;
import dev.thalweg.eventgraph.RowOperation;
import dev.thalweg.eventgraph.TableDocument;
import dev.thalweg.eventgraph.TableRun;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Notices what was done at once to one row, and says how the tables settled it. It changes nothing and decides nothing: the
 * rules are {@link TableDocument}'s.
 */
/*
 * Of each row, the latest insertion, deletion and write of each cell are kept. Two events were done at once when neither has
 * seen the other; the one that came in later cannot have been seen by the one that was here, so one question is enough.
 */
final class Judge {
    private final TableDocument tables;
    private final Map<String, Row> rows = new TreeMap<>();
    private Map<String, Integer> judged = Map.of();

    private static final class Row {
        @Nullable
        EventId inserted;
        @Nullable
        EventId deleted;
        final Map<String, EventId> cells = new TreeMap<>();
        final Map<String, JsonValue> values = new TreeMap<>();
    }

    Judge(TableDocument tables) {
        this.tables = tables;
    }

    /** Who wrote what a cell holds, or put the row in; null when there is no such thing. */
    @Nullable
    EventId author(String row, String column) {
        Row found = rows.get(row);
        if (found == null) {
            return null;
        }
        return column.isEmpty() ? found.inserted : found.cells.get(column);
    }

    /** Looks at everything that came in since the last time. */
    List<Verdict> judge() {
        List<Verdict> verdicts = new ArrayList<>();
        for (TableRun run : tables.runsSince(judged)) {
            for (int i = 0; i < run.operations().size(); i++) {
                EventId event = new EventId(run.first().agent(), run.first().sequence() + i);
                RowOperation operation = run.operations().get(i);
                judge(event, operation, rows.computeIfAbsent(operation.row(), name -> new Row()), verdicts);
            }
        }
        judged = tables.versionVector();
        return verdicts;
    }

    private void judge(EventId event, RowOperation operation, Row row, List<Verdict> verdicts) {
        switch (operation) {
            case RowOperation.Insert insert -> {
                EventId other = row.inserted;
                if (other != null && atOnce(other, event)) {
                    verdicts.add(new Verdict(Rule.ONE_ROW, insert.row(), insert.row() + ": " + name(other) + " and "
                            + name(event) + " both put it in. It is one row, with the columns of both."));
                }
                deletedOrInserted(row.deleted, event, event, insert.row(), verdicts);
                JsonObject values = insert.values();
                for (int i = 0; i < values.size(); i++) {
                    write(event, insert.row(), row, values.name(i), values.value(i), verdicts);
                }
                row.inserted = later(row.inserted, event);
            }
            case RowOperation.Update update -> {
                EventId deleted = row.deleted;
                if (deleted != null && atOnce(deleted, event)) {
                    goes(deleted, event, update.row(), update.column(), verdicts);
                } else {
                    write(event, update.row(), row, update.column(), update.value(), verdicts);
                }
                set(row, event, update.column(), update.value());
            }
            case RowOperation.Delete delete -> {
                for (Map.Entry<String, EventId> cell : row.cells.entrySet()) {
                    if (!cell.getValue().equals(row.inserted) && atOnce(cell.getValue(), event)) {
                        goes(event, cell.getValue(), delete.row(), cell.getKey(), verdicts);
                    }
                }
                deletedOrInserted(row.inserted, event, row.inserted, delete.row(), verdicts);
                row.deleted = later(row.deleted, event);
            }
        }
    }

    private void write(EventId event, String name, Row row, String column, JsonValue value, List<Verdict> verdicts) {
        EventId other = row.cells.get(column);
        JsonValue was = row.values.get(column);
        if (other != null && was != null && atOnce(other, event) && !was.equals(value)) {
            boolean fresh = isLater(event, other);
            verdicts.add(new Verdict(Rule.LATER, name, name + ", " + column + ": \"" + plain(fresh ? value : was)
                    + "\" by " + name(fresh ? event : other) + " is later than \"" + plain(fresh ? was : value)
                    + "\" by " + name(fresh ? other : event) + ", and stands."));
        }
        set(row, event, column, value);
    }

    private void set(Row row, EventId event, String column, JsonValue value) {
        EventId other = row.cells.get(column);
        if (other == null || isLater(event, other)) {
            row.cells.put(column, event);
            row.values.put(column, value);
        }
    }

    private void goes(EventId deleted, EventId wrote, String row, String column, List<Verdict> verdicts) {
        if (tables.row(Copy.TABLE, row) == null) {
            verdicts.add(new Verdict(Rule.DELETED, row, row + ": " + name(deleted) + " took it out while " + name(wrote)
                    + " wrote its " + column + ". An update brings no row back: it is gone."));
        }
    }

    /* One of the two is the deletion, the other the insertion; either may be the one that came in. */
    private void deletedOrInserted(@Nullable EventId other, EventId event, @Nullable EventId inserted, String row,
            List<Verdict> verdicts) {
        if (other == null || inserted == null || !atOnce(other, event)) {
            return;
        }
        EventId deleted = inserted.equals(event) ? other : event;
        boolean stays = tables.row(Copy.TABLE, row) != null;
        verdicts.add(new Verdict(Rule.INSERTED, row, row + ": " + name(deleted) + " took it out while " + name(inserted)
                + " put it in. The later counts: it " + (stays ? "is there." : "is gone.")));
    }

    private boolean atOnce(EventId before, EventId event) {
        EventGraph graph = tables.graph();
        return !graph.contains(new int[] {graph.find(event)}, graph.find(before));
    }

    private EventId later(@Nullable EventId other, EventId event) {
        return other == null || isLater(event, other) ? event : other;
    }

    private boolean isLater(EventId event, EventId than) {
        EventGraph graph = tables.graph();
        int mine = graph.time(graph.find(event));
        int others = graph.time(graph.find(than));
        return mine != others ? mine > others : event.compareTo(than) > 0;
    }

    /** An agent's name without what only makes it unlike all others. */
    static String name(EventId event) {
        int end = event.agent().indexOf('-');
        return end < 0 ? event.agent() : event.agent().substring(0, end);
    }

    /** A value as a cell shows it. */
    static String plain(JsonValue value) {
        return value instanceof JsonString text ? text.value() : value.toJson();
    }
}
