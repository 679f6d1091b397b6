package dev.thalweg.eventgraph;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Events of lists, and what comes of them, as JSON: runs as {@link TableJson} has them, with operations of lists. What
 * somebody knows is read and written by {@link TableJson#known}.
 */
public final class ListJson {
    private ListJson() {}

    /**
     * What somebody lacks who has so many events of each agent: runs whose {@code ops} are
     * {@code {"type":"insert","pos","slots"}} and {@code {"type":"delete","pos","len"}}. They act on the row of slots under
     * the list; a slot is {@code {"value"}}, and of one that moves or sets an element, that one's event as {@code "move"} or
     * {@code "set"}, too. Each slot that comes in or goes is an event.
     */
    public static JsonArray runs(ListDocument document, Map<String, Integer> vector) {
        return EventRun.toJson(document.eventsSince(vector, Integer.MAX_VALUE));
    }

    static EventRun event(ListDocument document, int from, int to) {
        EventStore store = document.store();
        List<JsonValue> operations = new ArrayList<>();
        OperationLog log = store.log();
        int event = from;
        for (int run = log.find(from); event < to; run++) {
            int end = Math.min(to, log.lv(run) + log.length(run));
            addOperations(document, log, run, event - log.lv(run), end - log.lv(run), operations);
            event = end;
        }
        return new EventRun(store.graph().id(from), store.parents(from), store.graph().time(from), to - from,
                operations);
    }

    private static void addOperations(ListDocument document, OperationLog log, int run, int from, int to,
            List<JsonValue> operations) {
        switch (log.kind(run)) {
            case OperationLog.INSERT -> {
                List<JsonValue> slots = new ArrayList<>(to - from);
                for (int i = from; i < to; i++) {
                    slots.add(ListSlot.Form.FORM.write(document.slot(log.content(run) + i)));
                }
                operations.add(JsonObject.builder().put("type", "insert").put("pos", log.position(run, from, to))
                        .put("slots", new JsonArray(slots)).build());
            }
            case OperationLog.DELETE -> operations.add(delete(log.position(run), to - from));
            default -> {
                for (int i = from; i < to; i++) {
                    operations.add(delete(log.position(run, i, i + 1), 1));
                }
            }
        }
    }

    private static JsonObject delete(int position, int length) {
        return JsonObject.builder().put("type", "delete").put("pos", position).put("len", length).build();
    }

    /** Takes in {@link #runs}, like {@link ListDocument#merge(byte[])}. */
    public static ListMergeResult merge(ListDocument document, JsonValue runs) throws ProtocolException {
        return document.merge(batch(EventRun.read(DocumentKind.LIST, runs)));
    }

    static Batch batch(List<EventRun> runs) throws ProtocolException {
        Items<ListSlot> slots = new Items<>(ListSlot.Form.FORM);
        Batch batch = new Batch(slots);
        Map<String, Integer> numbers = new HashMap<>();
        for (EventRun run : runs) {
            Batch operations = new Batch(slots);
            int length = 0;
            for (JsonValue operation : run.operations()) {
                length += addOperation(operation, length, operations, slots);
            }
            batch.run(run.first(), length, run.parents(), numbers);
            for (int i = 0; i < operations.kind.size(); i++) {
                batch.operation(operations.kind.get(i), operations.position.get(i), operations.units.get(i));
            }
        }
        return batch;
    }

    /* Returns how many events it is. */
    private static int addOperation(JsonValue json, int before, Batch batch, Items<ListSlot> slots)
            throws ProtocolException {
        JsonObject operation = JsonCasts.object(json, "an op");
        String type = operation.string("type");
        int position = operation.integer("pos", 0, EventGraph.MAX_EVENTS);
        int room = EventGraph.MAX_EVENTS - before;
        switch (type) {
            case "insert" -> {
                List<JsonValue> inserted = operation.array("slots").values();
                if (inserted.isEmpty() || inserted.size() > room) {
                    throw new ProtocolException("an op inserts " + inserted.size() + " slots");
                }
                for (JsonValue slot : inserted) {
                    slots.append(ListSlot.Form.FORM.read(slot));
                }
                batch.operation(OperationLog.INSERT, position, inserted.size());
                return inserted.size();
            }
            case "delete" -> {
                int length = operation.integer("len", 1, room);
                batch.operation(OperationLog.DELETE, position, length);
                return length;
            }
            default -> throw new ProtocolException("an op of a list is insert or delete, not " + type);
        }
    }

    /**
     * How a list changed: {@code {"type":"insert","index","value"}}, {@code {"type":"delete","index"}},
     * {@code {"type":"move","from","to"}} and {@code {"type":"set","index","value"}}, to be done one after another.
     */
    public static JsonArray changes(List<ListChange> changes) {
        List<JsonValue> values = new ArrayList<>(changes.size());
        for (ListChange change : changes) {
            values.add(switch (change) {
                case ListChange.Insert insert -> JsonObject.builder().put("type", "insert").put("index", insert.index())
                        .put("value", insert.value()).build();
                case ListChange.Delete delete -> JsonObject.builder().put("type", "delete").put("index", delete.index())
                        .build();
                case ListChange.Move move -> JsonObject.builder().put("type", "move").put("from", move.from())
                        .put("to", move.to()).build();
                case ListChange.Set set -> JsonObject.builder().put("type", "set").put("index", set.index())
                        .put("value", set.value()).build();
            });
        }
        return new JsonArray(values);
    }
}
