package dev.thalweg.replication.eventsourcing;

import dev.thalweg.crdt.VersionVector;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Events that came before others that they need. @param <E> events */
final class Waiting<E> {
    private final int limit;
    private final Map<String, TreeMap<Integer, EventEnvelope<E>>> byReplica = new TreeMap<>();
    private int size;

    Waiting(int limit) {
        this.limit = limit;
    }

    /** Lets one wait. @return false when there is no room */
    boolean add(EventEnvelope<E> event) {
        TreeMap<Integer, EventEnvelope<E>> events = byReplica.get(event.dot().replica());
        if (events != null && events.containsKey(event.dot().counter())) {
            return true;
        }
        if (size >= limit) {
            return false;
        }
        if (events == null) {
            events = new TreeMap<>();
            byReplica.put(event.dot().replica(), events);
        }
        events.put(event.dot().counter(), event);
        size++;
        return true;
    }

    /** Takes one that needs nothing any more, or null. */
    @Nullable
    EventEnvelope<E> next(VersionVector seen) {
        for (Map.Entry<String, TreeMap<Integer, EventEnvelope<E>>> entry : byReplica.entrySet()) {
            TreeMap<Integer, EventEnvelope<E>> events = entry.getValue();
            while (!events.isEmpty() && events.firstKey() <= seen.get(entry.getKey())) {
                events.pollFirstEntry();
                size--;
            }
            Map.Entry<Integer, EventEnvelope<E>> first = events.firstEntry();
            if (first != null && seen.covers(first.getValue().seen())) {
                events.pollFirstEntry();
                size--;
                return first.getValue();
            }
        }
        return null;
    }
}
