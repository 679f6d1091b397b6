package dev.thalweg.dds.map;

import dev.thalweg.dds.Kernel;
import dev.thalweg.dds.KeyedOperation;
import dev.thalweg.dds.KeyedValues;
import dev.thalweg.dds.OperationContext;
import dev.thalweg.dds.map.MapEvent.Cleared;
import dev.thalweg.dds.map.MapEvent.ValueChanged;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A map without the world around it: keys and values, and nothing else. */
final class MapKernel implements Kernel<MapOperation, MapEvent> {
    private static final KeyedValues.Wording<MapEvent> WORDING = new KeyedValues.Wording<>() {
        @Override
        public MapEvent changed(String key, @Nullable JsonValue previous, boolean local) {
            return new ValueChanged(key, previous, local);
        }

        @Override
        public MapEvent cleared(boolean local) {
            return new Cleared(local);
        }

        @Override
        public boolean namesCleared() {
            return true;
        }
    };

    private final KeyedValues<MapEvent> values = new KeyedValues<>(WORDING);

    MapKernel(Map<String, JsonValue> sequenced) {
        sequenced.forEach(values::load);
    }

    @Nullable
    JsonValue get(String key) {
        return values.get(key);
    }

    int size() {
        return values.size();
    }

    /** Whether what a reader sees of a key rests on something that has not been sequenced. */
    boolean pending(String key) {
        return values.pending(key);
    }

    /** Visits what a reader sees, in order. */
    void visit(KeyedValues.Visitor visitor) {
        values.visit(visitor);
    }

    @Override
    public MapOperation read(JsonValue contents) throws ProtocolException {
        return MapOperation.read(contents);
    }

    @Override
    public List<MapEvent> detached(MapOperation operation) {
        return values.detached(keyed(operation));
    }

    @Override
    public List<MapEvent> local(MapOperation operation) {
        return values.local(keyed(operation));
    }

    @Override
    public List<MapEvent> sequenced(MapOperation operation, OperationContext context, boolean own) {
        if (own) {
            values.acknowledge(keyed(operation));
            return List.of();
        }
        return values.sequenced(keyed(operation));
    }

    @Override
    public List<MapEvent> rollback(MapOperation operation) {
        return values.rollback(keyed(operation));
    }

    @Override
    public MapOperation resubmit(MapOperation operation) {
        return operation;
    }

    @Override
    public SummaryNode.Tree summarize() {
        return MapSummary.write(values.sequenced());
    }

    @Override
    public JsonValue snapshot() {
        return values.toJson();
    }

    @Override
    public void check() {
        values.check();
    }

    private static KeyedOperation keyed(MapOperation operation) {
        return switch (operation) {
            case MapOperation.Set set -> set;
            case MapOperation.Delete delete -> delete;
            case MapOperation.Clear clear -> clear;
        };
    }
}
