package dev.thalweg.crdt;

import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * A counter that never falls below 0, without anybody asking anybody: a replica may take away only what it has the right
 * to. It gets the right by adding, or from a replica that hands some of its own over (escrow).
 *
 * <p>The bound holds as long as every replica decides by a state that has all its own changes.
 */
public final class BoundedCounter implements Lattice<BoundedCounter> {
    /** Nothing counted, no rights. */
    public static final BoundedCounter ZERO = new BoundedCounter(PNCounter.ZERO, PersistentMap.empty());

    private final PNCounter counts;

    /* What each replica ever handed over, by whom it was for. None is empty. */
    private final PersistentMap<String, GCounter> transfers;

    private BoundedCounter(PNCounter counts, PersistentMap<String, GCounter> transfers) {
        this.counts = counts;
        this.transfers = transfers;
    }

    /**
     * What was added less what was taken away, 0 or more; cut off at 2^53 - 1. A state that knows of something taken away
     * and not yet of all that it was taken from shows 0.
     */
    public double total() {
        return Math.max(0, counts.total());
    }

    /** The {@linkplain #total total}. */
    @Override
    public JsonValue value() {
        return JsonValue.of(total());
    }

    /** How much a replica may take away or hand over. */
    public double rights(String replica) {
        double rights = counts.increments().count(replica) - counts.decrements().count(replica);
        for (PersistentMap.Node<String, GCounter> from : transfers) {
            rights += from.value.count(replica);
            rights -= from.key.equals(replica) ? from.value.total() : 0;
        }
        return rights;
    }

    /** Adds. @param by a whole number from 0 to 2^53 - 1 @return the delta */
    public BoundedCounter increment(String replica, double by) {
        if (!(by >= 0)) {
            throw new IllegalArgumentException("an increment must be at least 0, was " + JsonValue.of(by).toJson());
        }
        return new BoundedCounter(counts.update(replica, by), PersistentMap.empty());
    }

    /**
     * Takes away.
     *
     * @param by a whole number from 0 to the replica's {@linkplain #rights rights}
     * @return the delta
     * @throws IllegalArgumentException when it is not
     */
    public BoundedCounter decrement(String replica, double by) {
        return new BoundedCounter(counts.update(replica, -requireRights(replica, by)), PersistentMap.empty());
    }

    /**
     * Hands some of a replica's rights over to another one.
     *
     * @param from who hands over; nobody else may do it for it
     * @param by   a whole number from 0 to the replica's {@linkplain #rights rights}
     * @return the delta
     * @throws IllegalArgumentException when it is not, or when the two are the same
     */
    public BoundedCounter transfer(String from, String to, double by) {
        if (from.equals(to)) {
            throw new IllegalArgumentException("a replica cannot hand over to itself, " + from);
        }
        GCounter before = transfers.get(Replicas.require(from));
        GCounter delta = (before == null ? GCounter.ZERO : before).increment(to, requireRights(from, by));
        return by == 0 ? ZERO : new BoundedCounter(PNCounter.ZERO, PersistentMap.<String, GCounter>empty()
                .with(from, delta));
    }

    private double requireRights(String replica, double by) {
        if (!(by >= 0 && by <= rights(replica))) {
            throw new IllegalArgumentException(replica + " has the right to "
                    + JsonValue.of(rights(replica)).toJson() + ", not to " + JsonValue.of(by).toJson());
        }
        return by;
    }

    @Override
    public BoundedCounter join(BoundedCounter other) {
        return new BoundedCounter(counts.join(other.counts), transfers.union(other.transfers, GCounter::join));
    }

    @Override
    public boolean covers(BoundedCounter other) {
        for (PersistentMap.Node<String, GCounter> theirs : other.transfers) {
            GCounter mine = transfers.get(theirs.key);
            if (mine == null || !mine.covers(theirs.value)) {
                return false;
            }
        }
        return counts.covers(other.counts);
    }

    /** {@code {"counts":{"n":{…},"p":{…}},"transfers":{"<from>":{"<to>":<amount>,…},…}}}. */
    @Override
    public JsonObject toJson() {
        JsonObject.Builder handed = JsonObject.builder();
        for (PersistentMap.Node<String, GCounter> node : transfers) {
            handed.put(node.key, node.value.toJson());
        }
        return JsonObject.builder().put("counts", counts.toJson()).put("transfers", handed.build()).build();
    }

    /** Reads a counter. @param what names it in the error */
    public static BoundedCounter read(JsonValue json, String what) throws ProtocolException {
        JsonObject object = Shapes.object(json, 2, what);
        JsonObject handed = JsonCasts.object(object.require("transfers"), what + ".transfers");
        PersistentMap<String, GCounter> transfers = PersistentMap.empty();
        for (int i = 0; i < handed.size(); i++) {
            String from = Replicas.read(handed.name(i), what + ".transfers");
            GCounter to = GCounter.read(handed.value(i), what + ".transfers");
            if (to.equals(GCounter.ZERO) || to.count(from) > 0) {
                throw new ProtocolException(what + ".transfers must be to others, had " + from + " to "
                        + to.toJson().toJson());
            }
            transfers = transfers.with(from, to);
        }
        return new BoundedCounter(PNCounter.read(object.require("counts"), what + ".counts"), transfers);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || other instanceof BoundedCounter that && counts.equals(that.counts)
                && transfers.equals(that.transfers);
    }

    @Override
    public int hashCode() {
        return 31 * counts.hashCode() + transfers.hashCode();
    }

    @Override
    public String toString() {
        return toJson().toJson();
    }
}
