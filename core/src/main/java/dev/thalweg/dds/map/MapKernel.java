package dev.thalweg.dds.map;

import dev.thalweg.dds.Kernel;
import dev.thalweg.dds.OperationContext;
import dev.thalweg.dds.map.MapEvent.Cleared;
import dev.thalweg.dds.map.MapEvent.ValueChanged;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A map without the world around it: what has been sequenced, in the order in which keys came, and this client's pending
 * changes on top.
 */
/*
 * An own operation changes nothing a reader sees when its acknowledgement comes, and tells nobody. Another client's
 * shows only where nothing pending stands over it. So events and what a reader sees change together, and `size` is
 * counted along with them.
 */
final class MapKernel implements Kernel<MapOperation, MapEvent> {
    private final PendingChanges pending = new PendingChanges();
    private final ArrayDeque<MapOperation> order = new ArrayDeque<>();
    private Map<String, JsonValue> sequenced;
    private int size;

    MapKernel(Map<String, JsonValue> sequenced) {
        this.sequenced = new LinkedHashMap<>(sequenced);
        this.size = this.sequenced.size();
    }

    @Nullable
    JsonValue get(String key) {
        return pending.read(key, sequenced.get(key));
    }

    int size() {
        return size;
    }

    /** Whether what a reader sees of a key rests on something that has not been sequenced. */
    boolean pending(String key) {
        return pending.names(key) || pending.clearing() && sequenced.containsKey(key);
    }

    /**
     * Visits what a reader sees: first what was sequenced and is not pending to go, in the order in which it came, then
     * what is pending, in the order in which it was first set.
     */
    void visit(PendingChanges.Visitor visitor) {
        if (!pending.clearing()) {
            for (Map.Entry<String, JsonValue> entry : sequenced.entrySet()) {
                String key = entry.getKey();
                JsonValue value = pending.displaces(key) ? null : pending.read(key, entry.getValue());
                if (value != null) {
                    visitor.visit(key, value);
                }
            }
        }
        pending.visit((key, value) -> {
            if (pending.displaces(key) || !sequenced.containsKey(key)) {
                visitor.visit(key, value);
            }
        });
    }

    @Override
    public MapOperation read(JsonValue contents) throws ProtocolException {
        return MapOperation.read(contents);
    }

    @Override
    public List<MapEvent> detached(MapOperation operation) {
        return switch (operation) {
            case MapOperation.Set set -> {
                JsonValue previous = sequenced.put(set.key(), set.value());
                yield changed(set.key(), previous, 1, true);
            }
            case MapOperation.Delete delete -> {
                JsonValue previous = sequenced.remove(delete.key());
                yield previous == null ? List.of() : changed(delete.key(), previous, 0, true);
            }
            case MapOperation.Clear clear -> {
                List<MapEvent> events = cleared(true);
                sequenced = new LinkedHashMap<>();
                yield events;
            }
        };
    }

    @Override
    public List<MapEvent> local(MapOperation operation) {
        order.addLast(operation);
        return switch (operation) {
            case MapOperation.Set set -> {
                JsonValue previous = get(set.key());
                pending.add(set);
                yield changed(set.key(), previous, 1, true);
            }
            case MapOperation.Delete delete -> {
                JsonValue previous = get(delete.key());
                pending.add(delete);
                yield previous == null ? List.of() : changed(delete.key(), previous, 0, true);
            }
            case MapOperation.Clear clear -> {
                List<MapEvent> events = cleared(true);
                pending.add(clear);
                yield events;
            }
        };
    }

    @Override
    public List<MapEvent> sequenced(MapOperation operation, OperationContext context, boolean own) {
        if (own) {
            acknowledge(operation);
            return List.of();
        }
        return switch (operation) {
            case MapOperation.Set set -> {
                JsonValue previous = sequenced.put(set.key(), set.value());
                yield pending.covers(set.key()) ? List.of() : changed(set.key(), previous, 1, false);
            }
            case MapOperation.Delete delete -> {
                JsonValue previous = sequenced.remove(delete.key());
                yield pending.covers(delete.key()) ? List.of() : changed(delete.key(), previous, 0, false);
            }
            case MapOperation.Clear clear -> {
                List<MapEvent> events = pending.clearing() ? List.of() : clearedByOther();
                sequenced = new LinkedHashMap<>();
                yield events;
            }
        };
    }

    @Override
    public List<MapEvent> rollback(MapOperation operation) {
        takeOut(order.pollLast(), operation);
        return switch (operation) {
            case MapOperation.Set set -> {
                pending.rollback(set);
                yield changed(set.key(), set.value(), get(set.key()) == null ? 0 : 1, true);
            }
            case MapOperation.Delete delete -> {
                pending.rollback(delete);
                yield get(delete.key()) == null ? List.of() : changed(delete.key(), null, 1, true);
            }
            case MapOperation.Clear clear -> {
                pending.rollback(clear);
                List<MapEvent> events = new ArrayList<>();
                visit((key, value) -> events.add(new ValueChanged(key, null, true)));
                size = events.size();
                yield events;
            }
        };
    }

    @Override
    public MapOperation resubmit(MapOperation operation) {
        return operation;
    }

    @Override
    public SummaryNode.Tree summarize() {
        return MapSummary.write(sequenced);
    }

    @Override
    public JsonValue snapshot() {
        JsonObject.Builder members = JsonObject.builder();
        visit(members::put);
        return members.build();
    }

    /** What a reader sees is what results when the pending operations are simply done, one after another. */
    @Override
    public void check() {
        Map<String, JsonValue> expected = new LinkedHashMap<>(sequenced);
        for (MapOperation operation : order) {
            switch (operation) {
                case MapOperation.Set set -> expected.put(set.key(), set.value());
                case MapOperation.Delete delete -> expected.remove(delete.key());
                case MapOperation.Clear clear -> expected.clear();
            }
        }
        Map<String, JsonValue> seen = new LinkedHashMap<>();
        visit((key, value) -> {
            if (seen.put(key, value) != null) {
                throw new IllegalStateException("visited twice: " + key);
            }
        });
        if (!seen.equals(expected) || size != seen.size()) {
            throw new IllegalStateException(
                    "readers see " + seen + " and a size of " + size + " where " + expected + " is due");
        }
        for (String key : seen.keySet()) {
            if (!seen.get(key).equals(get(key))) {
                throw new IllegalStateException("visited and read differ at " + key);
            }
        }
        int held = pending.check();
        if (held != order.size()) {
            throw new IllegalStateException("holds " + held + " of " + order.size() + " pending operations");
        }
    }

    private void acknowledge(MapOperation operation) {
        takeOut(order.pollFirst(), operation);
        switch (operation) {
            case MapOperation.Set set -> {
                pending.acknowledge(set);
                sequenced.put(set.key(), set.value());
            }
            case MapOperation.Delete delete -> {
                pending.acknowledge(delete);
                sequenced.remove(delete.key());
            }
            case MapOperation.Clear clear -> {
                pending.acknowledge(clear);
                sequenced = new LinkedHashMap<>();
            }
        }
    }

    /* Equal operations are different ones: only the very object that was made is meant. */
    @SuppressWarnings("ReferenceEquality")
    private static void takeOut(@Nullable MapOperation due, MapOperation operation) {
        if (due != operation) {
            throw new IllegalStateException("due was " + (due == null ? "nothing" : due.toJson().toJson()) + ", came "
                    + operation.toJson().toJson());
        }
    }

    /** @param now 1 when the key has a value now, 0 when it has none */
    private List<MapEvent> changed(String key, @Nullable JsonValue previous, int now, boolean local) {
        size += now - (previous == null ? 0 : 1);
        return List.of(new ValueChanged(key, previous, local));
    }

    /** A clear of all that a reader sees. */
    private List<MapEvent> cleared(boolean local) {
        List<MapEvent> events = new ArrayList<>();
        events.add(new Cleared(local));
        visit((key, value) -> events.add(new ValueChanged(key, value, local)));
        size = 0;
        return events;
    }

    /** A clear of all that a reader sees and that this client has nothing pending for. */
    private List<MapEvent> clearedByOther() {
        List<MapEvent> events = new ArrayList<>();
        events.add(new Cleared(false));
        for (Map.Entry<String, JsonValue> entry : sequenced.entrySet()) {
            if (!pending.names(entry.getKey())) {
                events.add(new ValueChanged(entry.getKey(), entry.getValue(), false));
                size--;
            }
        }
        return events;
    }
}
