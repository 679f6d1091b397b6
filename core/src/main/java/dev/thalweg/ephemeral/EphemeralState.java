package dev.thalweg.ephemeral;

import java.util.Map;
import java.util.TreeMap;

/**
 * Entries and leave marks, all or some of a store's: what stores send each other. Merging it again, or in another order,
 * changes nothing.
 *
 * @param entries by namespace and key
 * @param left    by peer: everything it wrote up to this clock is gone
 */
public record EphemeralState(Map<String, Map<String, EphemeralEntry>> entries, Map<String, Integer> left) {
    /** Copies the maps. */
    public EphemeralState {
        Map<String, Map<String, EphemeralEntry>> copy = new TreeMap<>();
        entries.forEach((namespace, keys) -> copy.put(namespace, new TreeMap<>(keys)));
        entries = copy;
        left = new TreeMap<>(left);
    }

    /** Whether there is nothing in it. */
    public boolean isEmpty() {
        return entries.isEmpty() && left.isEmpty();
    }
}
