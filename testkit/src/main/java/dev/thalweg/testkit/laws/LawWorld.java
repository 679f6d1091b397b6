package dev.thalweg.testkit.laws;

import dev.thalweg.crdt.Lattice;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * A case that has been played: the states of the nodes, all deltas, and who made them.
 *
 * @param <S> the lattice
 */
final class LawWorld<S extends Lattice<S>> {
    final LatticeModel<S> model;
    final LawCase played;

    /** Where each node ended. */
    final List<S> states = new ArrayList<>();

    /** Every delta that was made, in order. */
    final List<S> deltas = new ArrayList<>();

    /** By node the deltas it made, in order: its own log. */
    final List<List<S>> logs = new ArrayList<>();

    /** By node what its state was before each change of its own, beside the log. */
    final List<List<S>> before = new ArrayList<>();

    /** By node which deltas it has, whichever way they came. */
    final List<TreeSet<Integer>> known = new ArrayList<>();

    private LawWorld(LatticeModel<S> model, LawCase played) {
        this.model = model;
        this.played = played;
        for (int i = 0; i < LawCase.NODES; i++) {
            states.add(model.bottom());
            logs.add(new ArrayList<>());
            before.add(new ArrayList<>());
            known.add(new TreeSet<>());
        }
    }

    /** Plays a case. @param watch is told after each step, with the node */
    static <S extends Lattice<S>> LawWorld<S> play(LatticeModel<S> model, LawCase law, Watch<S> watch) {
        LawWorld<S> world = new LawWorld<>(model, law);
        for (LawCase.Move move : law.steps()) {
            world.play(move);
            watch.after(world, move.on());
        }
        return world;
    }

    /** Hears of each step. */
    @FunctionalInterface
    interface Watch<S extends Lattice<S>> {
        void after(LawWorld<S> world, int node);
    }

    private void play(LawCase.Move move) {
        int on = move.on();
        S state = states.get(on);
        switch (move) {
            case LawCase.Move.Change change -> {
                S delta = model.changes().delta(state, change.call());
                known.get(on).add(deltas.size());
                deltas.add(delta);
                logs.get(on).add(delta);
                before.get(on).add(state);
                states.set(on, state.join(delta));
            }
            case LawCase.Move.Take take -> {
                if (!deltas.isEmpty()) {
                    int index = take.delta() % deltas.size();
                    known.get(on).add(index);
                    states.set(on, state.join(deltas.get(index)));
                }
            }
            case LawCase.Move.Merge merge -> {
                // A copy, since a node may hear of itself, and not every target's set can be added to itself.
                known.get(on).addAll(List.copyOf(known.get(merge.from())));
                states.set(on, state.join(states.get(merge.from())));
            }
        }
    }

    /** Some states joined, in order. */
    S join(Iterable<S> parts) {
        S joined = model.bottom();
        for (S part : parts) {
            joined = joined.join(part);
        }
        return joined;
    }
}
