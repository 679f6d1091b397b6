package dev.thalweg.bench.lattices;

import java.util.Collection;
import java.util.TreeSet;

/** What both libraries call the same. */
final class Names {
    /** When everything is written, ms. Later writes count on from there. */
    static final long TIME = 1_700_000_000_000L;

    private static final String[] REPLICAS = new String[Trials.COUNTERS];
    private static final String[] KEYS = new String[2 * Trials.SIZE];

    static {
        for (int i = 0; i < REPLICAS.length; i++) {
            REPLICAS[i] = "10.0.0." + (i + 1) + ":7355";
        }
        for (int i = 0; i < KEYS.length; i++) {
            KEYS[i] = "gauge-" + i;
        }
    }

    private Names() {}

    static String replica(int replica) {
        return REPLICAS[replica];
    }

    static String key(int key) {
        return KEYS[key];
    }

    /** How many keys there are, and what they come to. */
    static String end(Collection<String> keys) {
        return keys.size() + " " + new TreeSet<>(keys).hashCode();
    }
}
