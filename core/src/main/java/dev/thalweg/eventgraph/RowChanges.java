package dev.thalweg.eventgraph;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects which rows change, and says what that comes to: the fewest steps from what they were to what they are. */
final class RowChanges {
    private final Rows rows;
    /* By table and row: the columns as they were, null when the row was not there. */
    private final Map<String, Map<String, @Nullable JsonObject>> before = new TreeMap<>();

    RowChanges(Rows rows) {
        this.rows = rows;
    }

    /** Notes that a row is about to change. */
    void touch(String table, String row) {
        Map<String, @Nullable JsonObject> known = before.computeIfAbsent(table, name -> new TreeMap<>());
        if (!known.containsKey(row)) {
            known.put(row, rows.get(table, row));
        }
    }

    /** What changed, by table, row and column. */
    List<RowChange> toList() {
        List<RowChange> changes = new ArrayList<>();
        for (Map.Entry<String, Map<String, @Nullable JsonObject>> table : before.entrySet()) {
            for (Map.Entry<String, @Nullable JsonObject> row : table.getValue().entrySet()) {
                compare(table.getKey(), row.getKey(), row.getValue(), changes);
            }
        }
        return changes;
    }

    private void compare(String table, String row, @Nullable JsonObject old, List<RowChange> changes) {
        JsonObject now = rows.get(table, row);
        if (old != null && now != null && hasAll(now, old)) {
            for (int i = 0; i < now.size(); i++) {
                JsonValue value = old.get(now.name(i));
                if (value == null || !value.equals(now.value(i))) {
                    changes.add(new RowChange.SetCell(table, row, now.name(i), now.value(i)));
                }
            }
            return;
        }
        if (old != null) {
            changes.add(new RowChange.DeleteRow(table, row));
        }
        if (now != null) {
            changes.add(new RowChange.InsertRow(table, row, now));
        }
    }

    /* A copy can set a column and not take one away. */
    private static boolean hasAll(JsonObject now, JsonObject old) {
        for (int i = 0; i < old.size(); i++) {
            if (!now.has(old.name(i))) {
                return false;
            }
        }
        return true;
    }
}
