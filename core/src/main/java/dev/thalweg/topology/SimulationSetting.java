package dev.thalweg.topology;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Who takes part, and for how long.
 *
 * @param pings         of each peer, there and back, in milliseconds, from 0
 * @param ticks         how many there are; in the first half of them peers write
 * @param writeInterval every how many ticks they write, at least 1
 * @param namespaces    that they write to, each to one key of its own
 */
public record SimulationSetting(List<Integer> pings, int ticks, int writeInterval, List<String> namespaces) {
    /** Milliseconds that a tick stands for. */
    public static final int TICK = 16;

    /** Copies the lists. */
    public SimulationSetting {
        pings = List.copyOf(pings);
        namespaces = List.copyOf(namespaces);
        if (pings.isEmpty() || ticks < 1 || writeInterval < 1 || namespaces.isEmpty()) {
            throw new IllegalArgumentException(
                    "a simulation has peers, ticks and namespaces, was " + pings.size() + ", "
                            + ticks + " and " + namespaces.size() + ", written every " + writeInterval);
        }
        for (int ping : pings) {
            if (ping < 0) {
                throw new IllegalArgumentException("a ping takes 0 ms or longer, was " + ping);
            }
        }
    }

    /** Peers that are all as far away. */
    public static SimulationSetting alike(int peers, int ping, int ticks, int writeInterval, String... namespaces) {
        return new SimulationSetting(new ArrayList<>(Collections.nCopies(peers, ping)), ticks, writeInterval,
                List.of(namespaces));
    }

    /** How many peers there are. */
    public int peers() {
        return pings.size();
    }
}
