package dev.thalweg.undo;

import dev.thalweg.dds.map.MapOperation;
import dev.thalweg.dds.map.SharedMap;
import dev.thalweg.json.JsonValue;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows a map. */
final class MapTracker extends KeyedTracker<MapOperation> {
    private static final String ALL = "";

    private final SharedMap map;

    MapTracker(UndoRedoStackManager manager, SharedMap map) {
        super(manager, map);
        this.map = map;
    }

    @Override
    Flight record(MapOperation operation) {
        return switch (operation) {
            case MapOperation.Set set -> written(set.key(), set.value());
            case MapOperation.Delete delete -> written(delete.key(), null);
            case MapOperation.Clear clear -> {
                Set<String> keys = new LinkedHashSet<>(map.keys());
                keys.addAll(places());
                yield cleared(ALL, keys);
            }
        };
    }

    @Override
    void foreign(MapOperation operation) {
        switch (operation) {
            case MapOperation.Set set -> foreign(ALL, set.key(), set.value());
            case MapOperation.Delete delete -> foreign(ALL, delete.key(), null);
            case MapOperation.Clear clear -> {
                for (Lane lane : all()) {
                    foreign(lane, null);
                }
            }
        }
    }

    @Override
    @Nullable
    JsonValue seen(String place) {
        return map.get(place);
    }

    @Override
    void write(String place, @Nullable JsonValue value) {
        if (value == null) {
            map.delete(place);
        } else {
            map.set(place, value);
        }
    }
}
