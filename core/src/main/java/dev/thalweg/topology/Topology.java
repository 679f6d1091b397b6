package dev.thalweg.topology;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who sends to whom. Peers are numbered from 0. */
public sealed interface Topology {
    /** Every peer sends what it has to a relay, which sends what it has to every peer. */
    record Star() implements Topology {}

    /**
     * A star whose relay sends each peer only what it asked for. Peers write only there, too.
     *
     * @param subscriptions the namespaces of a peer; one that is not named has all
     */
    record FilteredStar(Map<Integer, List<String>> subscriptions) implements Topology {
        /** Copies the lists. */
        public FilteredStar {
            Map<Integer, List<String>> copy = new HashMap<>();
            subscriptions.forEach((peer, namespaces) -> copy.put(peer, List.copyOf(namespaces)));
            subscriptions = copy;
        }
    }

    /**
     * A star some of whose peers neither reach the relay nor are reached for a while. What was on its way arrives when it is
     * over.
     *
     * @param from  the first tick of it
     * @param until the first tick after it
     * @param peers who is cut off
     */
    record Partition(int from, int until, Set<Integer> peers) implements Topology {
        /** Copies the set. */
        public Partition {
            if (from < 0 || until < from) {
                throw new IllegalArgumentException("a partition from tick " + from + " until " + until);
            }
            peers = Set.copyOf(peers);
        }
    }

    /** Every peer sends what it has to every other. */
    record Mesh() implements Topology {}

    /**
     * Every peer sends what it has to some others, chosen anew each time; who hears something new does so again at once.
     *
     * @param fanout to how many
     * @param rounds how often in one tick something new is passed on
     */
    record Gossip(int fanout, int rounds) implements Topology {
        public Gossip {
            if (fanout < 1 || rounds < 0) {
                throw new IllegalArgumentException("gossip reaches at least one peer, was " + fanout + ", in " + rounds
                        + " rounds");
            }
        }
    }
}
