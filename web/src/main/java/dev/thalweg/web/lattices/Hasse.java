package dev.thalweg.web.lattices;

import dev.thalweg.crdt.Lattice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The states that were reached, and which is directly below which: the order of a lattice without what follows from the
 * rest of it.
 *
 * @param <S> states
 */
final class Hasse<S extends Lattice<S>> {
    /** So many can be told apart in a drawing. */
    static final int MOST = 14;

    private final List<S> states = new ArrayList<>();
    /* The number of the first one, so that a state keeps its number while it is drawn. */
    private final List<Integer> numbers = new ArrayList<>();
    private int made;

    /**
     * Adds a state unless it is there. When there are too many, the first that nobody holds is forgotten.
     *
     * @param held whether a replica is in a state
     */
    void reach(S state, Predicate<S> held) {
        if (indexOf(state) >= 0) {
            return;
        }
        states.add(state);
        numbers.add(++made);
        for (int i = 0; i < states.size() && states.size() > MOST; i++) {
            if (!held.test(states.get(i))) {
                states.remove(i);
                numbers.remove(i);
                i = states.size();
            }
        }
    }

    int size() {
        return states.size();
    }

    S state(int index) {
        return states.get(index);
    }

    /** How many were reached before it, itself included. */
    int number(int index) {
        return numbers.get(index);
    }

    /** Whether all that were reached are here. */
    boolean isWhole() {
        return made == states.size();
    }

    int indexOf(S state) {
        for (int i = 0; i < states.size(); i++) {
            if (states.get(i).equals(state)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether one is below another. */
    boolean isBelow(int low, int high) {
        return low != high && states.get(high).covers(states.get(low));
    }

    /** Whether one is below another and no third between them. */
    boolean isDirectlyBelow(int low, int high) {
        boolean direct = isBelow(low, high);
        for (int i = 0; i < states.size() && direct; i++) {
            direct = !(isBelow(low, i) && isBelow(i, high));
        }
        return direct;
    }

    /** How many steps the longest way up to each has, from 0. */
    int[] ranks() {
        int[] ranks = new int[states.size()];
        // A way has at most as many steps as there are states; what stands below is settled a round earlier.
        for (int round = 0; round < ranks.length; round++) {
            for (int high = 0; high < ranks.length; high++) {
                for (int low = 0; low < ranks.length; low++) {
                    if (ranks[high] <= ranks[low] && isBelow(low, high)) {
                        ranks[high] = ranks[low] + 1;
                    }
                }
            }
        }
        return ranks;
    }
}
