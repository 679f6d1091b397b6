package dev.thalweg.web.local.topology;

import dev.thalweg.ephemeral.EphemeralEntry;
import dev.thalweg.topology.SentMessage;
import dev.thalweg.topology.Simulation;
import dev.thalweg.topology.SimulationResult;
import dev.thalweg.topology.SimulationSetting;
import dev.thalweg.topology.TickMetrics;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A simulation that has run to its end, to be looked at in any order of ticks. All numbers are the simulation's own. The
 * relay, where there is one, comes after the peers.
 */
final class Recording {
    /** What somebody knows of a value. */
    enum Heard {
        /** Nothing. */
        NOTHING,
        /** Not what its author wrote last. */
        OLDER,
        /** What its author wrote last. */
        LATEST,
        /** The author's own, of which nobody else knows yet. */
        ONLY_HERE,
        /** One of the two takes no part in it. */
        NOT_ASKED
    }

    /**
     * A message on its way during a tick.
     *
     * @param from  which part of the way it had made when the tick began, from 0
     * @param until which when it was over, to 1
     */
    record Flight(SentMessage message, double from, double until) {}

    private final Shape shape;
    private final SimulationSetting setting;
    private final Simulation simulation;
    private final SimulationResult result;
    private final List<List<SentMessage>> messages = new ArrayList<>();
    private final List<Heard[]> heard = new ArrayList<>();

    Recording(Shape shape, SimulationSetting setting, int seed) {
        this.shape = shape;
        this.setting = setting;
        simulation = new Simulation(shape.topology(setting), setting, seed);
        while (!simulation.isOver()) {
            simulation.step();
            messages.add(simulation.messages());
            heard.add(look());
        }
        result = simulation.run();
    }

    Shape shape() {
        return shape;
    }

    SimulationSetting setting() {
        return setting;
    }

    /** How it ended. */
    SimulationResult result() {
        return result;
    }

    TickMetrics metrics(int tick) {
        return result.ticks().get(tick);
    }

    /** Peers, and the relay if there is one. */
    int nodes() {
        return setting.peers() + (shape.hasRelay() ? 1 : 0);
    }

    /** What a node is called. */
    String name(int node) {
        return node == setting.peers() ? "relay" : "p" + node;
    }

    /** The number of a peer or the relay among the nodes. */
    int node(int peer) {
        return peer == Simulation.RELAY ? setting.peers() : peer;
    }

    /** Whether a node and the relay do not reach each other in a tick. */
    boolean isCutOff(int node, int tick) {
        return node < setting.peers() && simulation.isCutOff(node, tick);
    }

    /** What was sent in a tick, in order. */
    List<SentMessage> sent(int tick) {
        return messages.get(tick);
    }

    /** Messages that were sent from the beginning to the end of a tick. */
    int sentUntil(int tick) {
        int count = 0;
        for (int each = 0; each <= tick; each++) {
            count += metrics(each).messages();
        }
        return count;
    }

    /** Entries that were carried from the beginning to the end of a tick. */
    int carriedUntil(int tick) {
        int count = 0;
        for (int each = 0; each <= tick; each++) {
            count += metrics(each).carried();
        }
        return count;
    }

    /** By node, how many messages it had sent and been sent when a tick was over: the load it bears. */
    int[] loads(int tick) {
        int[] loads = new int[nodes()];
        for (int each = 0; each <= tick; each++) {
            for (SentMessage message : sent(each)) {
                loads[node(message.from())]++;
                loads[node(message.to())]++;
            }
        }
        return loads;
    }

    /** The most messages of any tick. */
    int peak() {
        int most = 0;
        for (TickMetrics tick : result.ticks()) {
            most = Math.max(most, tick.messages());
        }
        return most;
    }

    /** What is on its way during a tick; what was on a way that is cut comes out when it is mended. */
    List<Flight> flights(int tick) {
        List<Flight> flights = new ArrayList<>();
        for (int began = 0; began <= tick; began++) {
            for (SentMessage message : sent(began)) {
                boolean late = message.arrives() <= tick && began < tick;
                if (!late && !isCutOff(node(message.from()), tick) && !isCutOff(node(message.to()), tick)) {
                    double whole = Math.max(1, message.arrives() - began);
                    flights.add(new Flight(message, (tick - began) / whole, (tick + 1 - began) / whole));
                }
            }
        }
        return flights;
    }

    /** What a node knows of what a peer wrote in a namespace, when a tick was over. */
    Heard heard(int tick, int node, int author, int namespace) {
        return heard.get(tick)[at(node, author, namespace)];
    }

    private int at(int node, int author, int namespace) {
        return (namespace * nodes() + node) * setting.peers() + author;
    }

    private Heard[] look() {
        Heard[] all = new Heard[at(0, 0, setting.namespaces().size())];
        for (int namespace = 0; namespace < setting.namespaces().size(); namespace++) {
            String name = setting.namespaces().get(namespace);
            for (int author = 0; author < setting.peers(); author++) {
                EphemeralEntry written = simulation.entries(author, name).get("p" + author);
                boolean shared = false;
                for (int node = 0; node < nodes(); node++) {
                    Heard known = asks(author, name) && asks(node, name) ? known(node, name, author, written)
                            : Heard.NOT_ASKED;
                    all[at(node, author, namespace)] = known;
                    shared |= node != author && known == Heard.LATEST;
                }
                if (written != null && !shared) {
                    all[at(author, author, namespace)] = Heard.ONLY_HERE;
                }
            }
        }
        return all;
    }

    private boolean asks(int node, String namespace) {
        if (node == setting.peers()) {
            return true;
        }
        for (String asked : simulation.namespaces(node)) {
            if (asked.equals(namespace)) {
                return true;
            }
        }
        return false;
    }

    private Heard known(int node, String namespace, int author, @Nullable EphemeralEntry written) {
        EphemeralEntry entry = simulation.entries(node == setting.peers() ? Simulation.RELAY : node, namespace)
                .get("p" + author);
        return entry == null ? Heard.NOTHING : entry.equals(written) ? Heard.LATEST : Heard.OLDER;
    }
}
