package dev.thalweg.dds;

import dev.thalweg.crdt.Lattice;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The state of a structure that is a lattice: what has been sequenced, and what a reader sees, which is that joined with
 * this client's pending deltas. For kernels.
 *
 * @param <S> the lattice
 */
public final class Optimistic<S extends Lattice<S>> {
    /*
     * Both states are carried along: whatever is sequenced is joined to both, at the cost of the delta, and pending
     * deltas are never folded again for another client's operation.
     *
     * Joining cannot be undone, so each pending delta remembers what was seen before it. That state is the one to go
     * back to as long as nothing else has come in since (`age` tells), as in a batch that fails; otherwise what is
     * pending is folded once more. An acknowledgement does not count as coming in: it only moves a delta from pending
     * to sequenced, and what is seen stays.
     */
    private final ArrayDeque<Pending<S>> pending = new ArrayDeque<>();
    private S sequenced;
    private S seen;
    private int age;

    private record Pending<S>(S delta, boolean shown, S before, int age) {}

    /** A structure with nothing pending. */
    public Optimistic(S state) {
        this.sequenced = state;
        this.seen = state;
    }

    /** What has been sequenced. */
    public S sequenced() {
        return sequenced;
    }

    /** What a reader sees. */
    public S seen() {
        return seen;
    }

    /** How many deltas are pending. */
    public int pendingCount() {
        return pending.size();
    }

    /** Takes a delta that is on the line but not from here, or one made while nobody else sees the structure. */
    public void take(S delta) {
        sequenced = sequenced.join(delta);
        seen = seen.join(delta);
        age++;
    }

    /** Takes a delta made here. @param shown whether a reader sees it before it is sequenced */
    public void local(S delta, boolean shown) {
        pending.addLast(new Pending<>(delta, shown, seen, age));
        if (shown) {
            seen = seen.join(delta);
        }
    }

    /** The oldest pending delta has been sequenced. */
    public void acknowledge(S delta) {
        Pending<S> oldest = due(pending.pollFirst(), delta);
        sequenced = sequenced.join(delta);
        if (!oldest.shown) {
            seen = seen.join(delta);
            age++;
        }
    }

    /** The oldest pending delta has been sequenced and refused: it never was. */
    public void refuse(S delta) {
        due(pending.pollFirst(), delta);
        fold();
    }

    /** Takes the newest pending delta back. */
    public void rollback(S delta) {
        Pending<S> newest = due(pending.pollLast(), delta);
        if (newest.age == age) {
            seen = newest.before;
        } else {
            fold();
        }
    }

    /** Throws an {@link IllegalStateException} when what is seen is not what is sequenced and pending. For tests. */
    public void check() {
        S expected = sequenced;
        for (Pending<S> each : pending) {
            expected = each.shown ? expected.join(each.delta) : expected;
        }
        if (!expected.equals(seen)) {
            throw new IllegalStateException("seen is " + seen + " where it should be " + expected);
        }
    }

    private void fold() {
        age++;
        seen = sequenced;
        for (Pending<S> each : pending) {
            seen = each.shown ? seen.join(each.delta) : seen;
        }
    }

    /* Deltas may be equal; only the very object that was made is meant. */
    @SuppressWarnings("ReferenceEquality")
    private static <S> Pending<S> due(@Nullable Pending<S> due, S delta) {
        if (due == null || due.delta != delta) {
            throw new IllegalStateException(due == null ? "nothing was due" : "another delta was due");
        }
        return due;
    }
}
