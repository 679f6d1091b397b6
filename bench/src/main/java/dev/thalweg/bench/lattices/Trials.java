package dev.thalweg.bench.lattices;

import dev.thalweg.bench.lattices.Side.Changed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What is done to a kind of lattice: the same on every side, so that all must come to the same end.
 *
 * @param <S> states
 * @param <D> deltas
 */
final class Trials<S, D> {
    /** Elements of a set and keys of a map. */
    static final int SIZE = 10_000;

    /** Replicas that have counted. */
    static final int COUNTERS = 100;

    /** What two states differ in. */
    static final int DIFFERENCES = 10;

    private static final int REPLICAS = 3;

    private final Side<S, D> side;
    private final S base;
    private final S left;
    private final S right;
    private final List<D> deltas = new ArrayList<>();
    private final int free;

    /** @param taken keys of the base @param free the first key for what is added: new, or there already */
    Trials(Side<S, D> side, int taken, int free) {
        this.side = side;
        this.free = free;
        S state = side.empty();
        for (int i = 0; i < taken; i++) {
            state = side.put(state, i % REPLICAS, i).state();
        }
        base = state;
        left = edited(0, 0);
        right = edited(1, DIFFERENCES / 2);
        state = base;
        for (int i = 0; i < Math.min(taken, 10 * DIFFERENCES); i++) {
            Changed<S, D> changed = side.put(state, 0, free + i);
            deltas.add(changed.delta());
            state = changed.state();
        }
    }

    /* Half of the differences: three new keys and two that go. */
    private S edited(int replica, int first) {
        S state = base;
        for (int i = first; i < first + DIFFERENCES / 2; i++) {
            state = (i % 5 < 3 ? side.put(state, replica, free + i) : side.remove(state, replica, 7 * i)).state();
        }
        return state;
    }

    /** One thing that is timed. @param run comes to what both sides spell alike */
    record Trial(String what, Supplier<Object> run, Supplier<String> end) {}

    /** What is timed, in the order of the table. */
    List<Trial> timed(boolean removes) {
        List<Trial> trials = new ArrayList<>();
        trials.add(trial("change one key, with its delta", () -> side.put(base, 0, free).state()));
        if (removes) {
            trials.add(trial("remove one key, with its delta", () -> side.remove(base, 0, 7).state()));
        }
        trials.add(trial("merge two that grew from one and differ in " + DIFFERENCES, () -> side.join(left, right)));
        S mine = side.read(side.bytes(left));
        S theirs = side.read(side.bytes(right));
        trials.add(trial("merge the same two as read from bytes", () -> side.join(mine, theirs)));
        for (int count = 1; count <= deltas.size(); count *= 10) {
            D delta = joined(count);
            trials.add(trial("take a delta of " + count, () -> side.take(base, delta)));
        }
        return trials;
    }

    private Trial trial(String what, Supplier<S> run) {
        return new Trial(what, run::get, () -> side.end(run.get()));
    }

    private D joined(int count) {
        D delta = deltas.get(0);
        for (int i = 1; i < count; i++) {
            delta = side.both(delta, deltas.get(i));
        }
        return delta;
    }

    /** The whole state as it travels. */
    byte[] stateBytes() {
        return side.bytes(base);
    }

    /** What one change tells the others. */
    byte[] deltaBytes() {
        return side.bytes(joined(1));
    }

    /** What ten changes tell the others. */
    byte[] tenBytes() {
        return side.bytes(joined(DIFFERENCES));
    }
}
