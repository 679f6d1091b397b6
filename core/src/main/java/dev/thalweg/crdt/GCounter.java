package dev.thalweg.crdt;

import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A counter that only grows: how much each replica has counted, joined by the larger of each. The value is the sum.
 *
 * <p>Only the replica itself may raise its own count; a replica id that is used twice loses counts. The counts of pruned
 * replicas become one.
 */
public final class GCounter implements Lattice<GCounter>, Prunable<GCounter> {
    /** Nothing counted. */
    public static final GCounter ZERO = new GCounter(PersistentMap.empty(), 0, 0);

    /** The largest count of one replica and the largest value, 2^53 - 1. */
    public static final double MAX = 9007199254740991.0;

    private static final double WRAP = 9007199254740992.0;

    /* Hundreds of counts of at most the one, added to the other, stay below 2^53. */
    private static final double MAX_PRUNED = 1099511627776.0;
    private static final double MAX_ENDED = 4503599627370496.0;

    private final PersistentMap<String, Double> counts;

    /* The exact sum is wraps * 2^53 + rest, with rest below 2^53: it does not depend on the order of summing. */
    private final double wraps;
    private final double rest;

    private GCounter(PersistentMap<String, Double> counts, double wraps, double rest) {
        this.counts = counts;
        this.wraps = wraps;
        this.rest = rest;
    }

    /** The sum of all counts, a whole number; {@link #MAX} when it is more than that. */
    public double total() {
        return wraps > 0 ? MAX : rest;
    }

    /** The {@linkplain #total total}. */
    @Override
    public JsonValue value() {
        return JsonValue.of(total());
    }

    /** What one replica has counted, 0 when it has not. */
    public double count(String replica) {
        Double count = counts.get(replica);
        return count == null ? 0 : count;
    }

    /**
     * Counts.
     *
     * @param by a whole number from 0 to {@link #MAX}
     * @return the delta
     * @throws IllegalArgumentException when it is not, or when the replica's count would pass {@link #MAX}
     */
    public GCounter increment(String replica, double by) {
        Replicas.require(replica);
        double before = count(replica);
        if (!(by >= 0) || by != Math.floor(by) || by > MAX - before) {
            throw new IllegalArgumentException("a count of at most 2^53 - 1, now " + JsonValue.of(before).toJson()
                    + ", cannot grow by " + JsonValue.of(by).toJson());
        }
        return by == 0 ? ZERO : ZERO.raised(replica, before + by);
    }

    /** This value less another's, exact as long as it is within 2^53 - 1 either way, and cut off there. */
    double minus(GCounter other) {
        // The rests come first: on the JavaScript target a sum in brackets after a plus loses its brackets.
        double difference = (rest - other.rest) + (wraps - other.wraps) * WRAP;
        return Math.max(-MAX, Math.min(MAX, difference));
    }

    @Override
    public GCounter join(GCounter other) {
        if (other.counts.size() > counts.size()) {
            return other.join(this);
        }
        GCounter joined = this;
        for (PersistentMap.Node<String, Double> theirs : other.counts) {
            if (theirs.value > joined.count(theirs.key)) {
                joined = joined.raised(theirs.key, theirs.value);
            }
        }
        return joined;
    }

    @Override
    public boolean covers(GCounter other) {
        for (PersistentMap.Node<String, Double> theirs : other.counts) {
            if (theirs.value > count(theirs.key)) {
                return false;
            }
        }
        return true;
    }

    /** {@code {"<replica>":<count>,…}}, by replica, counts of 1 and more. */
    @Override
    public JsonObject toJson() {
        JsonObject.Builder json = JsonObject.builder();
        for (PersistentMap.Node<String, Double> node : counts) {
            json.put(node.key, JsonValue.of(node.value));
        }
        return json.build();
    }

    /** Reads a counter. @param what names it in the error */
    public static GCounter read(JsonValue json, String what) throws ProtocolException {
        JsonObject object = JsonCasts.object(json, what);
        GCounter counter = ZERO;
        for (int i = 0; i < object.size(); i++) {
            double count = Shapes.whole(object.value(i), what + " count", 1, MAX);
            counter = counter.raised(Replicas.read(object.name(i), what), count);
        }
        return counter;
    }

    /** Whether a replica's count can be added to that of those that have ended. */
    boolean fits(String replica) {
        return count(replica) <= MAX_PRUNED && count(ENDED) <= MAX_ENDED;
    }

    /** Whoever has counted, those that have ended apart. */
    List<String> counting() {
        List<String> replicas = new ArrayList<>(counts.size());
        for (PersistentMap.Node<String, Double> node : counts) {
            if (!node.key.equals(ENDED)) {
                replicas.add(node.key);
            }
        }
        return replicas;
    }

    @Override
    public List<String> prunable() {
        List<String> replicas = counting();
        replicas.removeIf(replica -> !fits(replica));
        return replicas;
    }

    @Override
    public JsonObject share(Set<String> replicas) {
        JsonObject.Builder json = JsonObject.builder();
        for (PersistentMap.Node<String, Double> node : counts) {
            if (node.key.equals(ENDED) || replicas.contains(node.key)) {
                json.put(node.key, JsonValue.of(node.value));
            }
        }
        return json.build();
    }

    @Override
    public GCounter pruned(Set<String> replicas) {
        GCounter left = ZERO;
        double ended = count(ENDED);
        for (PersistentMap.Node<String, Double> node : counts) {
            if (replicas.contains(node.key)) {
                ended = Math.min(MAX, ended + node.value);
            } else if (!node.key.equals(ENDED)) {
                left = left.raised(node.key, node.value);
            }
        }
        return ended == 0 ? left : left.raised(ENDED, ended);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || other instanceof GCounter that && counts.equals(that.counts);
    }

    @Override
    public int hashCode() {
        return counts.hashCode();
    }

    @Override
    public String toString() {
        return toJson().toJson();
    }

    /* The count is larger than what is there. */
    private GCounter raised(String replica, double count) {
        double growth = count - count(replica);
        boolean wrap = growth >= WRAP - rest;
        return new GCounter(counts.with(replica, count), wrap ? wraps + 1 : wraps,
                wrap ? growth - (WRAP - rest) : rest + growth);
    }
}
