package dev.thalweg.undo;

import dev.thalweg.dds.cell.CellOperation;
import dev.thalweg.dds.cell.SharedCell;
import dev.thalweg.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** Follows a cell, which is one place. */
final class CellTracker extends KeyedTracker<CellOperation> {
    private static final String VALUE = "value";

    private final SharedCell cell;

    CellTracker(UndoRedoStackManager manager, SharedCell cell) {
        super(manager, cell);
        this.cell = cell;
    }

    @Override
    Flight record(CellOperation operation) {
        return written(VALUE, value(operation));
    }

    @Override
    void foreign(CellOperation operation) {
        Lane lane = lane(VALUE);
        if (lane != null) {
            foreign(lane, value(operation));
        }
    }

    @Override
    @Nullable
    JsonValue seen(String place) {
        return cell.get();
    }

    @Override
    void write(String place, @Nullable JsonValue value) {
        if (value == null) {
            cell.delete();
        } else {
            cell.set(value);
        }
    }

    private static @Nullable JsonValue value(CellOperation operation) {
        return switch (operation) {
            case CellOperation.Set set -> set.value();
            case CellOperation.Delete delete -> null;
        };
    }
}
