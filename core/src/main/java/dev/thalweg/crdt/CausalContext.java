package dev.thalweg.crdt;

import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which changes have been seen: a set of {@linkplain Dot dots}. It compacts itself to ranges, so its size is that of
 * the replicas and the gaps, not of the history; where nothing is missing it is a version vector.
 */
public final class CausalContext implements Lattice<CausalContext> {
    /** Nothing seen. */
    public static final CausalContext EMPTY = new CausalContext(PersistentMap.empty());

    private final PersistentMap<String, Ranges> seen;

    private CausalContext(PersistentMap<String, Ranges> seen) {
        this.seen = seen;
    }

    /** Whether a change has been seen. */
    public boolean contains(Dot dot) {
        Ranges ranges = seen.get(dot.replica());
        return ranges != null && ranges.contains(dot.counter());
    }

    /** The highest counter seen of a replica, 0 when none. */
    public int last(String replica) {
        Ranges ranges = seen.get(replica);
        return ranges == null ? 0 : ranges.last();
    }

    /** The dot for a replica's next change, which must have seen all of its own. */
    public Dot next(String replica) {
        int last = last(replica);
        if (last == Integer.MAX_VALUE) {
            throw new IllegalStateException("replica " + replica + " has used all its dots");
        }
        return new Dot(replica, last + 1);
    }

    /** This context and one change. */
    public CausalContext with(Dot dot) {
        Ranges one = Ranges.of(dot.counter());
        Ranges ranges = seen.get(dot.replica());
        return new CausalContext(seen.with(dot.replica(), ranges == null ? one : ranges.union(one)));
    }

    /** Exactly these dots. @param dots sorted */
    static CausalContext of(List<Dot> dots) {
        PersistentMap<String, Ranges> seen = PersistentMap.empty();
        int from = 0;
        while (from < dots.size()) {
            String replica = dots.get(from).replica();
            int to = from + 1;
            while (to < dots.size() && dots.get(to).replica().equals(replica)) {
                to++;
            }
            seen = seen.with(replica, Ranges.of(dots, from, to));
            from = to;
        }
        return new CausalContext(seen);
    }

    /** How many replicas it knows of. */
    public int size() {
        return seen.size();
    }

    /** What has been seen of some replicas. */
    CausalContext of(Set<String> replicas) {
        PersistentMap<String, Ranges> left = PersistentMap.empty();
        for (String replica : replicas) {
            Ranges ranges = seen.get(replica);
            left = ranges == null ? left : left.with(replica, ranges);
        }
        return new CausalContext(left);
    }

    /** What has been seen of all others. */
    CausalContext without(Set<String> replicas) {
        PersistentMap<String, Ranges> left = seen;
        for (String replica : replicas) {
            left = left.without(replica);
        }
        return new CausalContext(left);
    }

    PersistentMap<String, Ranges> ranges() {
        return seen;
    }

    @Override
    public CausalContext join(CausalContext other) {
        if (other.seen.size() > seen.size()) {
            return other.join(this);
        }
        PersistentMap<String, Ranges> joined = seen;
        for (PersistentMap.Node<String, Ranges> theirs : other.seen) {
            Ranges mine = joined.get(theirs.key);
            Ranges both = mine == null ? theirs.value : mine.union(theirs.value);
            joined = Identity.same(mine, both) ? joined : joined.with(theirs.key, both);
        }
        return Identity.same(joined, seen) ? this : new CausalContext(joined);
    }

    @Override
    public boolean covers(CausalContext other) {
        for (PersistentMap.Node<String, Ranges> theirs : other.seen) {
            Ranges mine = seen.get(theirs.key);
            if (mine == null || !mine.covers(theirs.value)) {
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

    /** {@code {"<replica>":[<first>,<last>,…],…}}, by replica. */
    @Override
    public JsonObject toJson() {
        JsonObject.Builder json = JsonObject.builder();
        for (PersistentMap.Node<String, Ranges> node : seen) {
            json.put(node.key, node.value.toJson());
        }
        return json.build();
    }

    /** Reads a context. @param what names it in the error */
    public static CausalContext read(JsonValue json, String what) throws ProtocolException {
        JsonObject object = JsonCasts.object(json, what);
        PersistentMap<String, Ranges> seen = PersistentMap.empty();
        for (int i = 0; i < object.size(); i++) {
            seen = seen.with(Replicas.read(object.name(i), what), Ranges.read(object.value(i), what + " ranges"));
        }
        return new CausalContext(seen);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || other instanceof CausalContext that && seen.equals(that.seen);
    }

    @Override
    public int hashCode() {
        return seen.hashCode();
    }

    @Override
    public String toString() {
        return toJson().toJson();
    }
}
