package dev.thalweg.dds.ormap;

import dev.thalweg.crdt.Dot;
import dev.thalweg.crdt.HidingMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** This client's pending operations, by row. */
final class PendingRows {
    private final Map<String, List<OrMapOperation>> rows = new HashMap<>();

    boolean has(String key) {
        return rows.containsKey(key);
    }

    int size() {
        int size = 0;
        for (List<OrMapOperation> row : rows.values()) {
            size += row.size();
        }
        return size;
    }

    void add(OrMapOperation operation) {
        List<OrMapOperation> row = rows.get(operation.key());
        if (row == null) {
            row = new ArrayList<>();
            rows.put(operation.key(), row);
        }
        row.add(operation);
    }

    /* Operations may be equal; only the very object that was made is meant. */
    @SuppressWarnings("ReferenceEquality")
    void remove(OrMapOperation operation) {
        List<OrMapOperation> row = rows.getOrDefault(operation.key(), List.of());
        for (int i = 0; i < row.size(); i++) {
            if (row.get(i) == operation) {
                row.remove(i);
                break;
            }
        }
        if (row.isEmpty()) {
            rows.remove(operation.key());
        }
    }

    /** Whether the same strike is pending. */
    boolean hasStrike(OrMapOperation strike) {
        for (OrMapOperation operation : rows.getOrDefault(strike.key(), List.of())) {
            if (operation instanceof OrMapOperation.Remove && same(operation, strike)) {
                return true;
            }
        }
        return false;
    }

    /* Equal states have equal text, and there is seldom one to compare with. */
    private static boolean same(OrMapOperation one, OrMapOperation other) {
        return one.toJson().toJson().equals(other.toJson().toJson());
    }

    /** Whether pending strikes take away all that keeps a row alive. */
    boolean strikes(String key, HidingMap<OrMapValue> seen) {
        List<OrMapOperation> row = rows.get(key);
        if (row == null) {
            return false;
        }
        List<Dot> dots = seen.dots(key);
        for (Dot dot : dots) {
            if (!struck(row, dot)) {
                return false;
            }
        }
        return !dots.isEmpty();
    }

    private static boolean struck(List<OrMapOperation> row, Dot dot) {
        for (OrMapOperation operation : row) {
            if (operation instanceof OrMapOperation.Remove && operation.delta().context().contains(dot)) {
                return true;
            }
        }
        return false;
    }
}
