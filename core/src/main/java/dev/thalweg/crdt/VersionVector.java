package dev.thalweg.crdt;

import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonNumber;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import org.jspecify.annotations.Nullable;

/** How many changes of each replica have been seen, where they are seen in order and without a gap. */
public final class VersionVector implements Lattice<VersionVector> {
    /** Nothing seen. */
    public static final VersionVector EMPTY = new VersionVector(PersistentMap.empty());

    private final PersistentMap<String, Integer> counts;

    private VersionVector(PersistentMap<String, Integer> counts) {
        this.counts = counts;
    }

    /** How two vectors stand to each other. */
    public enum Order {
        /** They have seen the same. */
        EQUAL,
        /** The other has seen all that this one has, and more. */
        BEFORE,
        /** This one has seen all that the other has, and more. */
        AFTER,
        /** Each has seen something that the other has not. */
        CONCURRENT
    }

    /** How this vector stands to another. */
    public Order compare(VersionVector other) {
        boolean atLeast = covers(other);
        boolean atMost = other.covers(this);
        if (atLeast) {
            return atMost ? Order.EQUAL : Order.AFTER;
        }
        return atMost ? Order.BEFORE : Order.CONCURRENT;
    }

    /** How many changes of a replica have been seen, from 0. */
    public int get(String replica) {
        Integer count = counts.get(replica);
        return count == null ? 0 : count;
    }

    /** Whether a change has been seen. */
    public boolean contains(Dot dot) {
        return get(dot.replica()) >= dot.counter();
    }

    /** The dot for a replica's next change. @throws IllegalStateException when it has used all */
    public Dot next(String replica) {
        int last = get(replica);
        if (last == Integer.MAX_VALUE) {
            throw new IllegalStateException("replica " + replica + " has used all its dots");
        }
        return new Dot(replica, last + 1);
    }

    /** This vector and all changes of a replica up to one. */
    public VersionVector with(Dot dot) {
        return contains(dot) ? this : new VersionVector(counts.with(dot.replica(), dot.counter()));
    }

    /** What only both have seen: the greatest vector that both cover. */
    public VersionVector meet(VersionVector other) {
        PersistentMap<String, Integer> least = PersistentMap.empty();
        for (PersistentMap.Node<String, Integer> node : counts) {
            int count = Math.min(node.value, other.get(node.key));
            least = count == 0 ? least : least.with(node.key, count);
        }
        return new VersionVector(least);
    }

    @Override
    public VersionVector join(VersionVector other) {
        PersistentMap<String, Integer> joined = counts.union(other.counts,
                (mine, theirs) -> mine >= theirs ? mine : theirs);
        return Identity.same(joined, counts) ? this : new VersionVector(joined);
    }

    @Override
    public boolean covers(VersionVector other) {
        for (PersistentMap.Node<String, Integer> node : other.counts) {
            if (get(node.key) < node.value) {
                return false;
            }
        }
        return true;
    }

    /** The same as {@link #toJson}. */
    @Override
    public JsonValue value() {
        return toJson();
    }

    /** {@code {"<replica>":<count>,…}}, by replica, counts of 1 and more. */
    @Override
    public JsonObject toJson() {
        JsonObject.Builder json = JsonObject.builder();
        for (PersistentMap.Node<String, Integer> node : counts) {
            json.put(node.key, new JsonNumber(node.value));
        }
        return json.build();
    }

    /** Reads a vector. @param what names it in the error */
    public static VersionVector read(JsonValue json, String what) throws ProtocolException {
        JsonObject object = JsonCasts.object(json, what);
        PersistentMap<String, Integer> counts = PersistentMap.empty();
        for (int i = 0; i < object.size(); i++) {
            counts = counts.with(Replicas.read(object.name(i), what),
                    JsonCasts.integer(object.value(i), what + " count", 1, Integer.MAX_VALUE));
        }
        return new VersionVector(counts);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || other instanceof VersionVector that && counts.equals(that.counts);
    }

    @Override
    public int hashCode() {
        return counts.hashCode();
    }

    @Override
    public String toString() {
        return toJson().toJson();
    }
}
