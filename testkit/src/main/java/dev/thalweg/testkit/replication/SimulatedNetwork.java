package dev.thalweg.testkit.replication;

import dev.thalweg.platform.Ids;
import dev.thalweg.platform.Subscription;
import dev.thalweg.platform.Timers;
import dev.thalweg.replication.Messenger;
import dev.thalweg.testkit.Rng;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Time, chance and a network made up from a seed: messages are late, lost, doubled and overtake each other; nodes are cut
 * off, die and start anew. The same seed gives the same run.
 */
public final class SimulatedNetwork {
    /**
     * What the network does to messages.
     *
     * @param delay     the longest delay in milliseconds
     * @param lost      so many of a hundred
     * @param doubled   so many of a hundred
     */
    public record Faults(int delay, int lost, int doubled) {}

    private record Event(double time, int number, Runnable task) {}

    private final Rng rng;
    private final Faults faults;
    private final PriorityQueue<Event> events = new PriorityQueue<>((one, other) -> one.time == other.time
            ? Integer.compare(one.number, other.number) : Double.compare(one.time, other.time));
    private final Map<String, Node> processes = new HashMap<>();
    private Set<String> apart = Set.of();
    private int stray;
    private int strayMillis;
    private double now;
    private int count;

    /** A network with nobody on it. */
    public SimulatedNetwork(Rng rng, Faults faults) {
        this.rng = rng;
        this.faults = faults;
    }

    /** A node from one start to its end. When it has ended, nothing happens in it any more. */
    public final class Node implements Messenger, Timers, Ids {
        private final String name;
        private final List<Listener> listeners = new ArrayList<>();
        private boolean dead;
        private double skew;

        private Node(String name) {
            this.name = name;
        }

        @Override
        public String self() {
            return name;
        }

        @Override
        public void send(String node, byte[] message) {
            if (dead) {
                return;
            }
            int copies = rng.chance(faults.lost) ? 0 : rng.chance(faults.doubled) ? 2 : 1;
            for (int i = 0; i < copies; i++) {
                double late = stray > 0 && rng.chance(stray) ? rng.below(strayMillis) : 0;
                at(now + rng.below(faults.delay + 1) + late, this, () -> arrive(this, node, message.clone()), true);
            }
        }

        @Override
        public Subscription listen(Listener listener) {
            listeners.add(listener);
            return () -> listeners.remove(listener);
        }

        @Override
        public double now() {
            return now + skew;
        }

        /** Puts its clock ahead. */
        public void skew(double millis) {
            skew = millis;
        }

        @Override
        public Subscription schedule(double delayMillis, Runnable task) {
            boolean[] cancelled = {false};
            at(now + delayMillis, this, () -> {
                if (!cancelled[0]) {
                    task.run();
                }
            }, false);
            return () -> cancelled[0] = true;
        }

        @Override
        public String uuid() {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 8; i++) {
                text.append((char) ('a' + rng.below(26)));
            }
            return text.toString();
        }

        @Override
        public double fraction() {
            return rng.below(1 << 20) / (double) (1 << 20);
        }
    }

    /* What was sent arrives also when the sender has died since. */
    private void at(double time, Node owner, Runnable task, boolean outlives) {
        count++;
        events.add(new Event(time, count, () -> {
            if (outlives || !owner.dead) {
                task.run();
            }
        }));
    }

    private void arrive(Node from, String node, byte[] message) {
        Node to = processes.get(node);
        if (to != null && !to.dead && apart.contains(from.name) == apart.contains(node)) {
            for (Messenger.Listener listener : new ArrayList<>(to.listeners)) {
                listener.received(from.name, message);
            }
        }
    }

    /** Starts a node. One of that name that still runs dies. */
    public Node start(String name) {
        kill(name);
        Node process = new Node(name);
        processes.put(name, process);
        return process;
    }

    /** Ends a node as if the power went. */
    public void kill(String name) {
        @Nullable
        Node process = processes.get(name);
        if (process != null) {
            process.dead = true;
        }
    }

    /** Lets no message through between these nodes and all others, until it is told otherwise. */
    public void cut(Set<String> nodes) {
        apart = Set.copyOf(nodes);
    }

    /** Some messages go astray and come long after. @param percent so many of a hundred @param millis how late at most */
    public void stray(int percent, int millis) {
        stray = percent;
        strayMillis = millis;
    }

    /** Milliseconds since it began. */
    public double now() {
        return now;
    }

    /** Lets time pass. */
    public void run(double millis) {
        double end = now + millis;
        for (Event next = events.peek(); next != null && next.time <= end; next = events.peek()) {
            events.remove();
            now = next.time;
            next.task.run();
        }
        now = end;
    }
}
