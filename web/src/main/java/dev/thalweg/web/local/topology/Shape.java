package dev.thalweg.web.local.topology;

import dev.thalweg.topology.SimulationSetting;
import dev.thalweg.topology.Topology;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A topology that the sheet can show, for any number of peers. */
enum Shape {
    STAR("star", "Star", "Every peer sends what it has to a relay, and the relay what it has to every peer."),
    FILTERED("filtered", "Filtered star",
            "A star whose relay sends each peer only what it asked for: p0 the first value, p1 the second, p2 both, and so on."),
    PARTITION("partition", "Partition",
            "A star that loses half of its peers for a while. Nobody tells them, and they tell nobody."),
    GOSSIP("gossip", "Gossip",
            "Every peer tells three others, drawn by lot; who hears something new does so again at once, three times at most."),
    MESH("mesh", "Mesh", "Every peer sends what it has to every other.");

    private static final int FANOUT = 3;
    private static final int ROUNDS = 3;
    private static final int EIGHTH = 8;

    private final String id;
    private final String label;
    private final String rule;

    Shape(String id, String label, String rule) {
        this.id = id;
        this.label = label;
        this.rule = rule;
    }

    /** Its name in the page. */
    String id() {
        return id;
    }

    String label() {
        return label;
    }

    /** Who sends to whom, in a sentence. */
    String rule() {
        return rule;
    }

    /** Whether there is a relay in the middle. */
    boolean hasRelay() {
        return switch (this) {
            case STAR, FILTERED, PARTITION -> true;
            case GOSSIP, MESH -> false;
        };
    }

    /** The topology for so many peers and ticks. */
    Topology topology(SimulationSetting setting) {
        return switch (this) {
            case STAR -> new Topology.Star();
            case FILTERED -> new Topology.FilteredStar(thirds(setting));
            case PARTITION -> new Topology.Partition(setting.ticks() / EIGHTH, setting.ticks() / 2, half(setting));
            case GOSSIP -> new Topology.Gossip(FANOUT, ROUNDS);
            case MESH -> new Topology.Mesh();
        };
    }

    /* One peer in three asks for the first namespace, one for the last, one for all. */
    private static Map<Integer, List<String>> thirds(SimulationSetting setting) {
        List<String> all = setting.namespaces();
        Map<Integer, List<String>> asked = new HashMap<>();
        for (int peer = 0; peer < setting.peers(); peer++) {
            asked.put(peer, switch (peer % 3) {
                case 0 -> List.of(all.get(0));
                case 1 -> List.of(all.get(all.size() - 1));
                default -> all;
            });
        }
        return asked;
    }

    private static Set<Integer> half(SimulationSetting setting) {
        Set<Integer> peers = new TreeSet<>();
        for (int peer = (setting.peers() + 1) / 2; peer < setting.peers(); peer++) {
            peers.add(peer);
        }
        return peers;
    }
}
