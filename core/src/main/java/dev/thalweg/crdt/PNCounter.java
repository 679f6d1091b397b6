package dev.thalweg.crdt;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A counter that grows and shrinks: two {@linkplain GCounter grow-only} ones, and the value is their difference. */
public final class PNCounter implements Lattice<PNCounter>, Prunable<PNCounter> {
    /** Nothing counted. */
    public static final PNCounter ZERO = new PNCounter(GCounter.ZERO, GCounter.ZERO);

    private final GCounter increments;
    private final GCounter decrements;

    private PNCounter(GCounter increments, GCounter decrements) {
        this.increments = increments;
        this.decrements = decrements;
    }

    /** Increments less decrements; cut off at 2^53 - 1 either way. */
    public double total() {
        return increments.minus(decrements);
    }

    /** The {@linkplain #total total}. */
    @Override
    public JsonValue value() {
        return JsonValue.of(total());
    }

    /** All that was ever added. */
    public GCounter increments() {
        return increments;
    }

    /** All that was ever taken away, as a positive number. */
    public GCounter decrements() {
        return decrements;
    }

    /**
     * Adds, or takes away when the amount is negative.
     *
     * @param amount a whole number of at most 2^53 - 1 either way
     * @return the delta
     * @throws IllegalArgumentException when it is not, or when the replica's ledger would pass 2^53 - 1
     */
    public PNCounter update(String replica, double amount) {
        return amount < 0 ? new PNCounter(GCounter.ZERO, decrements.increment(replica, -amount))
                : new PNCounter(increments.increment(replica, amount), GCounter.ZERO);
    }

    @Override
    public PNCounter join(PNCounter other) {
        return new PNCounter(increments.join(other.increments), decrements.join(other.decrements));
    }

    @Override
    public boolean covers(PNCounter other) {
        return increments.covers(other.increments) && decrements.covers(other.decrements);
    }

    /** {@code {"n":<decrements>,"p":<increments>}}. */
    @Override
    public JsonObject toJson() {
        return JsonObject.builder().put("n", decrements.toJson()).put("p", increments.toJson()).build();
    }

    /** Reads a counter. @param what names it in the error */
    public static PNCounter read(JsonValue json, String what) throws ProtocolException {
        JsonObject object = Shapes.object(json, 2, what);
        return new PNCounter(GCounter.read(object.require("p"), what + ".p"),
                GCounter.read(object.require("n"), what + ".n"));
    }

    @Override
    public List<String> prunable() {
        TreeSet<String> replicas = new TreeSet<>(increments.counting());
        replicas.addAll(decrements.counting());
        replicas.removeIf(replica -> !increments.fits(replica) || !decrements.fits(replica));
        return new ArrayList<>(replicas);
    }

    @Override
    public JsonValue share(Set<String> replicas) {
        return JsonObject.builder().put("n", decrements.share(replicas)).put("p", increments.share(replicas)).build();
    }

    @Override
    public PNCounter pruned(Set<String> replicas) {
        return new PNCounter(increments.pruned(replicas), decrements.pruned(replicas));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || other instanceof PNCounter that && increments.equals(that.increments)
                && decrements.equals(that.decrements);
    }

    @Override
    public int hashCode() {
        return 31 * increments.hashCode() + decrements.hashCode();
    }

    @Override
    public String toString() {
        return toJson().toJson();
    }
}
