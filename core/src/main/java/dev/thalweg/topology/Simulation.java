package dev.thalweg.topology;

import dev.thalweg.ephemeral.EphemeralEntry;
import dev.thalweg.ephemeral.EphemeralState;
import dev.thalweg.ephemeral.EphemeralStore;
import dev.thalweg.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Peers that write to their ephemeral stores and send each other what they have, tick by tick. The same topology, setting
 * and seed give the same messages every time, on every target, and the numbers of mizchi/converge's simulator.
 */
public final class Simulation {
    /** In place of a peer: the relay of a star. */
    public static final int RELAY = -1;

    private static final int VALUES = 1000;

    private final Topology topology;
    private final SimulationSetting setting;
    private final Xorshift chance;
    private final EphemeralStore relay = new EphemeralStore("relay");
    private final List<EphemeralStore> peers = new ArrayList<>();
    /* By sender and receiver; the relay comes after the peers. */
    private final List<List<Pipe>> pipes = new ArrayList<>();
    private final List<List<String>> wanted = new ArrayList<>();
    private final List<TickMetrics> ticks = new ArrayList<>();
    private List<SentMessage> messages = new ArrayList<>();
    private int totalMessages;
    private int convergenceTick = -1;

    /**
     * One that has not begun.
     *
     * @param seed of everything that is left to chance; 0 is taken as 1
     * @throws IllegalArgumentException when the topology names peers or namespaces that there are not
     */
    public Simulation(Topology topology, SimulationSetting setting, int seed) {
        this.topology = topology;
        this.setting = setting;
        chance = new Xorshift(seed);
        int count = setting.peers();
        for (int i = 0; i < count; i++) {
            peers.add(new EphemeralStore("p" + i));
        }
        for (int from = 0; from <= count; from++) {
            List<Pipe> row = new ArrayList<>();
            for (int to = 0; to <= count; to++) {
                row.add(new Pipe((ping(from, to) + ping(to, from)) / 2));
            }
            pipes.add(row);
        }
        for (int i = 0; i < count; i++) {
            wanted.add(topology instanceof Topology.FilteredStar star
                    ? star.subscriptions().getOrDefault(i, setting.namespaces()) : setting.namespaces());
        }
        requireKnown();
    }

    /* A way to the relay is as long as its peer is far away. */
    private int ping(int of, int other) {
        return setting.pings().get(of < setting.peers() ? of : Math.min(other, setting.peers() - 1));
    }

    private void requireKnown() {
        Iterable<Integer> named = switch (topology) {
            case Topology.FilteredStar star -> star.subscriptions().keySet();
            case Topology.Partition partition -> partition.peers();
            case Topology.Star star -> List.<Integer>of();
            case Topology.Mesh mesh -> List.<Integer>of();
            case Topology.Gossip gossip -> List.<Integer>of();
        };
        for (int peer : named) {
            if (peer < 0 || peer >= setting.peers()) {
                throw new IllegalArgumentException("peer " + peer + " of " + setting.peers());
            }
        }
        for (List<String> namespaces : wanted) {
            if (!setting.namespaces().containsAll(namespaces)) {
                throw new IllegalArgumentException("a peer wants a namespace that nobody writes to");
            }
        }
    }

    /** Whether all ticks are over. */
    public boolean isOver() {
        return ticks.size() == setting.ticks();
    }

    /** What was sent in the last tick, in order. */
    public List<SentMessage> messages() {
        return List.copyOf(messages);
    }

    /** What a peer, or the {@link #RELAY}, has in a namespace, by the name of who wrote. */
    public Map<String, EphemeralEntry> entries(int peer, String namespace) {
        return (peer == RELAY ? relay : peers.get(peer)).getAll(namespace);
    }

    /** The namespaces that a peer writes to and is compared in, which is all of them unless a filter says less. */
    public List<String> namespaces(int peer) {
        return wanted.get(peer);
    }

    /** Whether a peer neither reaches the relay nor is reached in a tick. */
    public boolean isCutOff(int peer, int tick) {
        return topology instanceof Topology.Partition cut && tick >= cut.from() && tick < cut.until()
                && cut.peers().contains(peer);
    }

    /** All ticks that are not over yet. */
    public SimulationResult run() {
        while (!isOver()) {
            step();
        }
        return new SimulationResult(convergenceTick, totalMessages, ticks);
    }

    /** The next tick. @throws IllegalStateException when there is none */
    public TickMetrics step() {
        if (isOver()) {
            throw new IllegalStateException("all " + ticks.size() + " ticks are over");
        }
        int tick = ticks.size();
        int writing = setting.ticks() / 2;
        messages = new ArrayList<>();
        if (tick < writing && tick % setting.writeInterval() == 0) {
            write(tick);
        }
        switch (topology) {
            case Topology.Star star -> star(tick);
            case Topology.FilteredStar star -> star(tick);
            case Topology.Partition partition -> star(tick);
            case Topology.Mesh mesh -> mesh(tick);
            case Topology.Gossip gossip -> gossip(tick, gossip);
        }
        TickMetrics metrics = measure(tick);
        ticks.add(metrics);
        totalMessages += messages.size();
        if (convergenceTick < 0 && tick >= writing && metrics.inconsistentPairs() == 0) {
            convergenceTick = tick;
        }
        return metrics;
    }

    private void write(int tick) {
        for (int i = 0; i < peers.size(); i++) {
            EphemeralStore peer = peers.get(i);
            for (String namespace : wanted.get(i)) {
                peer.set(namespace, peer.peer(), JsonValue.of(chance.below(VALUES)), tick);
            }
        }
    }

    private static EphemeralState entries(EphemeralStore store, List<String> namespaces) {
        Map<String, Map<String, EphemeralEntry>> entries = new TreeMap<>();
        for (String namespace : namespaces) {
            Map<String, EphemeralEntry> keys = store.getAll(namespace);
            if (!keys.isEmpty()) {
                entries.put(namespace, keys);
            }
        }
        return new EphemeralState(entries, Map.of());
    }

    private Pipe pipe(int from, int to) {
        return pipes.get(from == RELAY ? peers.size() : from).get(to == RELAY ? peers.size() : to);
    }

    private void send(int tick, int from, int to, EphemeralState state) {
        int carried = 0;
        for (Map<String, EphemeralEntry> keys : state.entries().values()) {
            carried += keys.size();
        }
        messages.add(new SentMessage(from, to, carried, pipe(from, to).send(tick, state)));
    }

    private void star(int tick) {
        List<Integer> connected = new ArrayList<>();
        for (int i = 0; i < peers.size(); i++) {
            if (!isCutOff(i, tick)) {
                connected.add(i);
            }
        }
        for (int i : connected) {
            send(tick, i, RELAY, entries(peers.get(i), setting.namespaces()));
        }
        for (int i : connected) {
            pipe(i, RELAY).receive(tick, relay);
        }
        for (int i : connected) {
            send(tick, RELAY, i, entries(relay, wanted.get(i)));
        }
        for (int i : connected) {
            pipe(RELAY, i).receive(tick, peers.get(i));
        }
    }

    private void mesh(int tick) {
        for (int i = 0; i < peers.size(); i++) {
            EphemeralState state = entries(peers.get(i), setting.namespaces());
            for (int j = 0; j < peers.size() && !state.isEmpty(); j++) {
                if (i != j) {
                    send(tick, i, j, state);
                }
            }
        }
        for (int j = 0; j < peers.size(); j++) {
            receive(tick, j);
        }
    }

    private boolean receive(int tick, int peer) {
        boolean fresh = false;
        for (int i = 0; i < peers.size(); i++) {
            fresh |= i != peer && pipe(i, peer).receive(tick, peers.get(peer));
        }
        return fresh;
    }

    private void gossip(int tick, Topology.Gossip gossip) {
        for (int i = 0; i < peers.size(); i++) {
            tell(tick, i, gossip.fanout());
        }
        for (int round = 0; round < gossip.rounds(); round++) {
            List<Integer> learned = new ArrayList<>();
            for (int j = 0; j < peers.size(); j++) {
                if (receive(tick, j)) {
                    learned.add(j);
                }
            }
            for (int j : learned) {
                tell(tick, j, gossip.fanout());
            }
        }
        for (int j = 0; j < peers.size(); j++) {
            receive(tick, j);
        }
    }

    /* Tells so many others, drawn without putting back. */
    private void tell(int tick, int peer, int fanout) {
        EphemeralState state = entries(peers.get(peer), setting.namespaces());
        if (state.isEmpty()) {
            return;
        }
        List<Integer> others = new ArrayList<>();
        for (int i = 0; i < peers.size(); i++) {
            if (i != peer) {
                others.add(i);
            }
        }
        for (int i = 0; i < Math.min(fanout, others.size()); i++) {
            int drawn = i + chance.below(others.size() - i);
            int other = others.get(drawn);
            others.set(drawn, others.get(i));
            send(tick, peer, other, state);
        }
    }

    private TickMetrics measure(int tick) {
        List<Map<String, Map<String, EphemeralEntry>>> held = new ArrayList<>();
        int entries = 0;
        for (EphemeralStore peer : peers) {
            Map<String, Map<String, EphemeralEntry>> all = new TreeMap<>();
            for (String namespace : setting.namespaces()) {
                Map<String, EphemeralEntry> keys = peer.getAll(namespace);
                entries += keys.size();
                all.put(namespace, keys);
            }
            held.add(all);
        }
        int pairs = 0;
        for (int i = 0; i < peers.size(); i++) {
            for (int j = i + 1; j < peers.size(); j++) {
                pairs += agree(held, i, j) ? 0 : 1;
            }
        }
        int carried = 0;
        for (SentMessage message : messages) {
            carried += message.entries();
        }
        return new TickMetrics(tick, messages.size(), carried, pairs, entries);
    }

    private boolean agree(List<Map<String, Map<String, EphemeralEntry>>> held, int i, int j) {
        for (String namespace : wanted.get(i)) {
            if (wanted.get(j).contains(namespace)
                    && !held.get(i).getOrDefault(namespace, Map.of()).equals(held.get(j).get(namespace))) {
                return false;
            }
        }
        return true;
    }
}
