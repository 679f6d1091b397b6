package dev.thalweg.eventgraph;

import dev.thalweg.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which of a list's slots are its elements, where they are shown, and with which value. */
final class ListElements {
    /*
     * An element is called by the slot it came in with. Most have just that slot, and nothing is kept of them here. Of those
     * that were ever moved or set, the live slots are kept: places, the first of which may be the element's own, and values.
     * Of several places the latest shows the element, of several values the latest is shown: more than one is live only
     * while those who wrote them had not seen each other's, since whoever writes takes out what was there.
     *
     * `settle` compares what is to be shown with what was before the first change since it was last called. Until then a
     * slot that was taken out stays where it was, so that the changes can say from where to where.
     */
    private final EventGraph graph;
    private final Items<ListSlot> slots;
    private final IntList events;
    private final SlotOrder order;
    private final Map<Integer, Written> written = new HashMap<>();
    /* By element: what it showed. */
    private final Map<Integer, Shown> before = new LinkedHashMap<>();
    private final IntList taken = new IntList();

    private static final class Written {
        final IntList places = new IntList(1);
        final IntList values = new IntList(1);
    }

    /** @param slot -1 when it is not there */
    private record Shown(int slot, @Nullable JsonValue value) {}

    /** @param events by slot */
    ListElements(EventGraph graph, Items<ListSlot> slots, IntList events, SlotOrder order) {
        this.graph = graph;
        this.slots = slots;
        this.events = events;
        this.order = order;
    }

    /** The slot that an element came in with. @param slot any of its slots */
    int element(int slot) {
        return switch (slots.get(slot)) {
            case ListSlot.Element element -> slot;
            case ListSlot.Place place -> events.lowerBound(graph.find(place.element()));
            case ListSlot.Value value -> events.lowerBound(graph.find(value.element()));
        };
    }

    /** A slot came in, before the live one at a position. */
    void insert(int position, int slot) {
        int element = element(slot);
        remember(element);
        order.insert(position, slot);
        if (slot != element) {
            list(slot, element).add(slot);
        }
    }

    /** The live slot at a position was taken out. */
    void delete(int position) {
        int slot = order.find(SlotOrder.LIVE, position);
        int element = element(slot);
        remember(element);
        order.mark(slot, SlotOrder.LIVE, false);
        taken.add(slot);
        if (slot != element || written.containsKey(element)) {
            list(slot, element).removeValue(slot);
        }
    }

    private IntList list(int slot, int element) {
        Written lists = written.get(element);
        if (lists == null) {
            lists = new Written();
            if (order.is(element, SlotOrder.LIVE)) {
                lists.places.add(element);
            }
            written.put(element, lists);
        }
        return slots.get(slot) instanceof ListSlot.Value ? lists.values : lists.places;
    }

    private void remember(int element) {
        if (!before.containsKey(element)) {
            before.put(element, shown(element));
        }
    }

    private Shown shown(int element) {
        Written lists = written.get(element);
        if (lists == null) {
            return order.is(element, SlotOrder.LIVE) ? new Shown(element, slots.get(element).value())
                    : new Shown(-1, null);
        }
        int place = latest(lists.places);
        int value = latest(lists.values);
        return place < 0 ? new Shown(-1, null) : new Shown(place, slots.get(value < 0 ? place : value).value());
    }

    private int latest(IntList live) {
        int latest = -1;
        for (int i = 0; i < live.size(); i++) {
            if (latest < 0 || graph.compareTimes(events.get(live.get(i)), events.get(latest)) > 0) {
                latest = live.get(i);
            }
        }
        return latest;
    }

    /** What a shown slot shows. */
    JsonValue value(int slot) {
        JsonValue value = shown(element(slot)).value();
        return value == null ? slots.get(slot).value() : value;
    }

    /** The live slots that are an element's places, or its values; a copy. */
    int[] live(int element, boolean places) {
        Written lists = written.get(element);
        if (lists == null) {
            return places && order.is(element, SlotOrder.LIVE) ? new int[] {element} : new int[0];
        }
        return (places ? lists.places : lists.values).toArray();
    }

    /** Shows everything as it is now. @return how that differs from before */
    List<ListChange> settle() {
        List<ListChange> changes = new ArrayList<>();
        for (Map.Entry<Integer, Shown> each : before.entrySet()) {
            int element = each.getKey();
            Shown old = each.getValue();
            show(old, shown(element), changes);
        }
        for (int i = 0; i < taken.size(); i++) {
            order.purge(taken.get(i));
        }
        before.clear();
        taken.clear();
        return changes;
    }

    private void show(Shown old, Shown now, List<ListChange> changes) {
        int from = -1;
        if (old.slot() >= 0 && old.slot() != now.slot()) {
            from = order.position(old.slot(), SlotOrder.SHOWN);
            order.mark(old.slot(), SlotOrder.SHOWN, false);
        }
        JsonValue value = now.value();
        if (value == null) {
            if (from >= 0) {
                changes.add(new ListChange.Delete(from));
            }
            return;
        }
        order.mark(now.slot(), SlotOrder.SHOWN, true);
        int to = order.position(now.slot(), SlotOrder.SHOWN);
        if (old.slot() < 0) {
            changes.add(new ListChange.Insert(to, value));
            return;
        }
        if (from >= 0 && from != to) {
            changes.add(new ListChange.Move(from, to));
        }
        if (!value.equals(old.value())) {
            changes.add(new ListChange.Set(to, value));
        }
    }
}
