package dev.thalweg.eventgraph;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rows of tables, as events make them in whatever order they come. */
final class Rows {
    /*
     * Of every row, the latest insertion and the latest deletion are kept, and of every cell the latest value that is
     * later than the deletion; "later" is EventGraph.compareTimes, which no event is earlier in than what its author had
     * seen. The row is there when its latest insertion is later than its latest deletion. All of that is a greatest of
     * what came in, so that the order does not matter.
     *
     * An update that had not seen a deletion may be later than it, and then its cell would be in the row again should
     * somebody insert the row anew. Whoever does that says so with another deletion first (TableDocument.insert).
     */
    private final EventGraph graph;
    private final Map<String, Map<String, Row>> tables = new TreeMap<>();

    /** Events by their local versions, -1 for none. */
    private static final class Row {
        int inserted = -1;
        int deleted = -1;
        final Map<String, Cell> cells = new TreeMap<>();
    }

    private record Cell(int event, JsonValue value) {}

    Rows(EventGraph graph) {
        this.graph = graph;
    }

    private boolean isLater(int event, int than) {
        return than < 0 || event >= 0 && graph.compareTimes(event, than) > 0;
    }

    private @Nullable Row find(String table, String name) {
        Map<String, Row> rows = tables.get(table);
        return rows == null ? null : rows.get(name);
    }

    private boolean isThere(Row row) {
        return row.inserted >= 0 && isLater(row.inserted, row.deleted);
    }

    /** A row's columns, or null when there is no such row. */
    @Nullable
    JsonObject get(String table, String name) {
        Row row = find(table, name);
        return row == null || !isThere(row) ? null : values(row);
    }

    private static JsonObject values(Row row) {
        JsonObject.Builder values = JsonObject.builder();
        for (Map.Entry<String, Cell> cell : row.cells.entrySet()) {
            values.put(cell.getKey(), cell.getValue().value());
        }
        return values.build();
    }

    /** All rows of a table. */
    Map<String, JsonObject> rows(String table) {
        Map<String, JsonObject> found = new TreeMap<>();
        for (Map.Entry<String, Row> each : tables.getOrDefault(table, Map.of()).entrySet()) {
            if (isThere(each.getValue())) {
                found.put(each.getKey(), values(each.getValue()));
            }
        }
        return found;
    }

    Iterable<String> tables() {
        return tables.keySet();
    }

    /** Whether a row that is not there would come back with more than it is inserted with. */
    boolean hasLeftovers(String table, String name) {
        Row row = find(table, name);
        return row != null && !isThere(row) && !row.cells.isEmpty();
    }

    void apply(int event, RowOperation operation) {
        Row row = tables.computeIfAbsent(operation.table(), name -> new TreeMap<>()).computeIfAbsent(operation.row(),
                name -> new Row());
        switch (operation) {
            case RowOperation.Insert insert -> {
                if (isLater(event, row.inserted)) {
                    row.inserted = event;
                }
                for (int i = 0; i < insert.values().size(); i++) {
                    set(row, event, insert.values().name(i), insert.values().value(i));
                }
            }
            case RowOperation.Update update -> set(row, event, update.column(), update.value());
            case RowOperation.Delete delete -> {
                if (isLater(event, row.deleted)) {
                    row.deleted = event;
                    row.cells.values().removeIf(cell -> !isLater(cell.event(), event));
                }
            }
        }
    }

    private void set(Row row, int event, String column, JsonValue value) {
        Cell cell = row.cells.get(column);
        if (isLater(event, row.deleted) && (cell == null || isLater(event, cell.event()))) {
            row.cells.put(column, new Cell(event, value));
        }
    }
}
