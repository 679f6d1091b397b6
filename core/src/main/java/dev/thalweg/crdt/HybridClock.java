package dev.thalweg.crdt;

import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * A hybrid logical clock (Kulkarni and others, 2014): its stamps are later than everything known, and close to the time
 * on the wall. The time on the wall comes in as a value. Immutable.
 */
public final class HybridClock {
    /*
     * A stamp from elsewhere moves the clock forward, so a peer whose wall clock runs ahead would pull everybody along.
     * That is bounded: a stamp that is further ahead of the wall here than the drift is refused, and the clock stays.
     */
    private final String replica;
    private final double maxDrift;
    private final @Nullable Stamp last;

    private HybridClock(String replica, double maxDrift, @Nullable Stamp last) {
        this.replica = replica;
        this.maxDrift = maxDrift;
        this.last = last;
    }

    /**
     * A clock that knows of nothing.
     *
     * @param replica  in whose name it stamps
     * @param maxDrift how far ahead of the wall a stamp may be, in the wall's unit, from 0
     */
    public static HybridClock of(String replica, double maxDrift) {
        if (!(maxDrift >= 0)) {
            throw new IllegalArgumentException("a drift must be at least 0, was " + JsonValue.of(maxDrift).toJson());
        }
        return new HybridClock(Replicas.require(replica), maxDrift, null);
    }

    /** The latest stamp known, made here or witnessed; null when there is none. */
    public @Nullable Stamp last() {
        return last;
    }

    /**
     * The clock after something happened here; {@link #last} is the thing's stamp.
     *
     * @param wall the time on the wall, a whole number from 0 to 2^53 - 1; it may run backwards
     */
    public HybridClock tick(double wall) {
        return new HybridClock(replica, maxDrift, Stamp.after(last, wall, replica));
    }

    /**
     * The clock after hearing of something that happened elsewhere. Hearing of it again changes nothing.
     *
     * @throws ProtocolException when the stamp is too far ahead
     */
    public HybridClock witness(Stamp stamp, double wall) throws ProtocolException {
        if (stamp.time() > wall + maxDrift) {
            throw new ProtocolException("stamp time must be at most " + JsonValue.of(wall + maxDrift).toJson()
                    + ", was " + JsonValue.of(stamp.time()).toJson());
        }
        Stamp known = last;
        return known != null && known.compareTo(stamp) >= 0 ? this : new HybridClock(replica, maxDrift, stamp);
    }
}
