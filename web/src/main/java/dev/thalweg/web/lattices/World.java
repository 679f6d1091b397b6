package dev.thalweg.web.lattices;

import dev.thalweg.crdt.Lattice;
import java.util.ArrayList;
import java.util.List;

/**
 * Three replicas and what is on its way between them. Has no clock: whoever delivers a message says when.
 *
 * <p>A change goes to the two others as its delta. What arrives over a link that is cut is lost; when the link is mended,
 * both ends send each other all they have.
 *
 * @param <S> states
 */
final class World<S extends Lattice<S>> {
    static final int REPLICAS = 3;

    private final Kind<S> kind;
    private final List<S> states = new ArrayList<>();
    private final List<Message<S>> flying = new ArrayList<>();
    private final boolean[] cut = new boolean[REPLICAS];
    private final Hasse<S> reached = new Hasse<>();
    private boolean duplicates;
    private int time;
    private int lost;

    /**
     * A state or a delta on its way.
     *
     * @param label what it is, for the reader
     */
    record Message<S>(int number, int from, int to, S content, String label) {}

    World(Kind<S> kind) {
        this.kind = kind;
        for (int i = 0; i < REPLICAS; i++) {
            states.add(kind.bottom());
        }
        reached.reach(kind.bottom(), state -> true);
    }

    static String name(int replica) {
        return String.valueOf((char) ('A' + replica));
    }

    /** The link between the two replicas that are not this one. */
    static int linkOf(int one, int other) {
        return REPLICAS - one - other;
    }

    Kind<S> kind() {
        return kind;
    }

    S state(int replica) {
        return states.get(replica);
    }

    /** What is on its way, the oldest first. */
    List<Message<S>> flying() {
        return flying;
    }

    Hasse<S> reached() {
        return reached;
    }

    /** How many messages came to a link that was cut. */
    int lost() {
        return lost;
    }

    boolean isCut(int link) {
        return cut[link];
    }

    /** Whether each message comes twice. */
    void duplicate(boolean on) {
        duplicates = on;
    }

    /** Does something at a replica and tells the others. @return the messages that are now on their way */
    List<Message<S>> act(int replica, Kind.Deed<S> deed) {
        S delta = deed.change().delta(states.get(replica), name(replica), ++time);
        join(replica, delta);
        List<Message<S>> sent = new ArrayList<>();
        for (int to = 0; to < REPLICAS; to++) {
            if (to != replica) {
                send(replica, to, delta, deed.label(), sent);
            }
        }
        return sent;
    }

    /** Cuts a link or mends it. @return the messages that are now on their way */
    List<Message<S>> cut(int link, boolean on) {
        List<Message<S>> sent = new ArrayList<>();
        if (cut[link] && !on) {
            int one = link == 0 ? 1 : 0;
            int other = REPLICAS - link - one;
            send(one, other, states.get(one), "all", sent);
            send(other, one, states.get(other), "all", sent);
        }
        cut[link] = on;
        return sent;
    }

    private void send(int from, int to, S content, String label, List<Message<S>> sent) {
        for (int copies = duplicates ? 2 : 1; copies > 0; copies--) {
            Message<S> message = new Message<>(++time, from, to, content, label);
            flying.add(message);
            sent.add(message);
        }
    }

    /** Lets a message arrive, unless it has. */
    void deliver(int number) {
        for (int i = 0; i < flying.size(); i++) {
            Message<S> message = flying.get(i);
            if (message.number() == number) {
                flying.remove(i);
                if (cut[linkOf(message.from(), message.to())]) {
                    lost++;
                } else {
                    join(message.to(), message.content());
                }
                return;
            }
        }
    }

    private void join(int replica, S content) {
        states.set(replica, states.get(replica).join(content));
        reached.reach(states.get(replica), this::isHeld);
    }

    boolean isHeld(S state) {
        for (S held : states) {
            if (held.equals(state)) {
                return true;
            }
        }
        return false;
    }

    /** Whether all replicas are in one state. */
    boolean isAlike() {
        return states.get(0).equals(states.get(1)) && states.get(0).equals(states.get(2));
    }
}
