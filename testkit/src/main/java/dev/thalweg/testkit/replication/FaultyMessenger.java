package dev.thalweg.testkit.replication;

import dev.thalweg.platform.Subscription;
import dev.thalweg.platform.Timers;
import dev.thalweg.replication.Messenger;
import dev.thalweg.replication.Subscribers;
import dev.thalweg.testkit.Rng;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;

/**
 * Makes a messenger over a real network as bad as a simulated one: what it carries is late, lost, doubled, overtaken, or
 * cut off from some nodes. Chance comes from a seed, time does not, so the same seed gives the same faults and not the
 * same run.
 */
public final class FaultyMessenger implements Messenger {
    private final Messenger carrier;
    private final Timers timers;
    private final Rng rng;
    private final Subscribers<Listener> listeners = new Subscribers<>();
    private SimulatedNetwork.Faults faults = new SimulatedNetwork.Faults(0, 0, 0);
    private Set<String> apart = Set.of();

    /** No faults yet. */
    public FaultyMessenger(Messenger carrier, Timers timers, Rng rng) {
        this.carrier = carrier;
        this.timers = timers;
        this.rng = rng;
        Subscription unused = carrier.listen(this::received);
    }

    /** What happens to messages that are sent from now on. */
    public void faults(SimulatedNetwork.Faults made) {
        faults = made;
    }

    /** Lets no message through to these nodes or from them, until it is told otherwise. */
    public void cut(Set<String> nodes) {
        apart = Set.copyOf(nodes);
    }

    @Override
    public String self() {
        return carrier.self();
    }

    @Override
    public void send(String node, byte[] message) {
        int copies = rng.chance(faults.lost()) ? 0 : rng.chance(faults.doubled()) ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            int delay = faults.delay() == 0 ? 0 : rng.below(faults.delay() + 1);
            if (delay == 0) {
                pass(node, message);
            } else {
                Subscription unused = timers.schedule(delay, () -> pass(node, message));
            }
        }
    }

    private void pass(String node, byte[] message) {
        if (!apart.contains(node)) {
            carrier.send(node, message);
        }
    }

    private void received(String node, byte[] message) {
        if (!apart.contains(node)) {
            Queue<Runnable> calls = new ArrayDeque<>();
            listeners.queue(calls, listener -> listener.received(node, message));
            Subscribers.run(calls);
        }
    }

    @Override
    public Subscription listen(Listener listener) {
        return listeners.add(listener);
    }
}
