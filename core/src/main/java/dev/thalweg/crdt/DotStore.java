package dev.thalweg.crdt;

import dev.thalweg.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@linkplain Dot dots} keep alive, without the context that says which dots have been seen. Immutable. Nothing at
 * all is null, so that what is empty takes no room.
 */
abstract sealed class DotStore permits DotSet, DotFun, DotMap, HiddenStore {
    /*
     * A dot at one place is unseen, alive or dead, in this order, and joining takes the further state: what I have
     * alive stays unless the other side has seen it and holds it no longer, and the other way round. Whether it has
     * been seen is for the context to say, and one context speaks for a whole nest of stores: that is how taking away
     * a key resets all that was below it and was seen, and nothing that was not.
     *
     * Whoever joins hears which dots appeared and disappeared. The maps above keep an index of the dots below them, and
     * going through a nest to find what changed would cost as much as the nest.
     */

    /** The dots that came and went in a join. */
    static final class Changes {
        final List<Dot> added = new ArrayList<>();
        final List<Dot> dropped = new ArrayList<>();

        /** How the join finds them in maps. */
        final Differences differences;

        Changes(Differences differences) {
            this.differences = differences;
        }
    }

    /**
     * Joins two stores of one kind.
     *
     * @param seen    what the side of the first has seen
     * @param theirs  what the side of the other has seen
     * @param changes hears of the dots that the first gains and loses
     * @return the very object {@code mine} when nothing changes
     */
    static @Nullable DotStore join(@Nullable DotStore mine, CausalContext seen, @Nullable DotStore other,
            CausalContext theirs, Changes changes) {
        if (mine == null) {
            // What comes to nothing is what is left of it, all of which is new.
            DotStore left = other == null ? null : other.take(theirs, null, seen, new Changes(changes.differences));
            if (left == null || left.isEmpty()) {
                return null;
            }
            left.collect(changes.added);
            return left;
        }
        DotStore joined = Identity.same(mine, other) ? mine : mine.take(seen, other, theirs, changes);
        return joined.isEmpty() ? null : joined;
    }

    abstract boolean isEmpty();

    /** Whether any dot is in it. */
    abstract boolean alive();

    /** How many entries it has, for telling the larger of two. */
    abstract int size();

    /** Joins another store of this kind, at the cost of what differs. @return this when nothing changes */
    abstract DotStore take(CausalContext seen, @Nullable DotStore other, CausalContext theirs, Changes changes);

    /** Whether joining another store of this kind cannot change anything; false when that is not known at a glance. */
    boolean isLike(DotStore other) {
        return false;
    }

    /** Adds all its dots to a list, in order. */
    abstract void collect(List<Dot> dots);

    abstract JsonObject toJson();

    /** The dots of a store, sorted. */
    static List<Dot> dots(@Nullable DotStore store) {
        List<Dot> dots = new ArrayList<>();
        if (store != null) {
            store.collect(dots);
        }
        return dots;
    }

    /** A context of exactly the dots of a store. */
    static CausalContext seen(@Nullable DotStore store) {
        return CausalContext.of(dots(store));
    }
}
