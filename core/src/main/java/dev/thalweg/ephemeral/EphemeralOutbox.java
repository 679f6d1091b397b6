package dev.thalweg.ephemeral;

import java.util.Map;
import java.util.TreeMap;

/**
 * Sends no more than others can take: collects what is to be sent, of each key the latest, and lets it go in portions. It
 * has no clock; whoever sends asks it with the time.
 */
public final class EphemeralOutbox {
    private final double interval;
    private final int most;
    private final Map<String, Map<String, EphemeralEntry>> entries = new TreeMap<>();
    private final Map<String, Integer> left = new TreeMap<>();
    private double sentAt = Double.NEGATIVE_INFINITY;

    /**
     * An empty one.
     *
     * @param interval the least time between two portions, from 0
     * @param most     entries and marks in a portion, at least 1
     */
    public EphemeralOutbox(double interval, int most) {
        if (!(interval >= 0) || most < 1) {
            throw new IllegalArgumentException("portions of at least one, was " + most + ", after 0 or longer");
        }
        this.interval = interval;
        this.most = most;
    }

    /** Has an entry sent, unless a greater one of its key is to be sent already. */
    public void add(String namespace, String key, EphemeralEntry entry) {
        entries.computeIfAbsent(namespace, name -> new TreeMap<>()).merge(key, entry,
                (old, fresh) -> old.compareTo(fresh) >= 0 ? old : fresh);
    }

    /** Has everything in a state sent. */
    public void add(EphemeralState state) {
        state.entries().forEach((namespace, keys) -> keys.forEach((key, entry) -> add(namespace, key, entry)));
        state.left().forEach((peer, clock) -> left.merge(peer, clock, Math::max));
    }

    /** Whether nothing is to be sent. */
    public boolean isEmpty() {
        return entries.isEmpty() && left.isEmpty();
    }

    /** Takes the next portion out; empty when there is none or it is too early. @param now the time, in the interval's unit */
    public EphemeralState take(double now) {
        Map<String, Map<String, EphemeralEntry>> portion = new TreeMap<>();
        Map<String, Integer> marks = new TreeMap<>();
        if (!isEmpty() && now >= sentAt + interval) {
            sentAt = now;
            int room = most;
            while (room > 0 && !left.isEmpty()) {
                String peer = left.keySet().iterator().next();
                marks.put(peer, left.remove(peer));
                room--;
            }
            while (room > 0 && !entries.isEmpty()) {
                String namespace = entries.keySet().iterator().next();
                Map<String, EphemeralEntry> keys = entries.getOrDefault(namespace, Map.of());
                String key = keys.keySet().iterator().next();
                portion.computeIfAbsent(namespace, name -> new TreeMap<>()).put(key, keys.remove(key));
                room--;
                if (keys.isEmpty()) {
                    entries.remove(namespace);
                }
            }
        }
        return new EphemeralState(portion, marks);
    }
}
