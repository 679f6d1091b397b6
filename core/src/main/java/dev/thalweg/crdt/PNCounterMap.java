package dev.thalweg.crdt;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A map from strings to counters that grow and shrink. Removing a key resets its counter, as {@link Resettable} has it. */
public final class PNCounterMap extends Causal<PNCounterMap> {
    /** No keys. */
    public static final PNCounterMap EMPTY = new PNCounterMap(ORMap.of(Resettable.of(PNCounter::read)));

    private final ORMap<Resettable<PNCounter>> counters;

    private PNCounterMap(ORMap<Resettable<PNCounter>> counters) {
        super(counters.store, counters.context);
        this.counters = counters;
    }

    /** The keys, sorted by UTF-16 code unit. */
    public List<String> keys() {
        return counters.keys();
    }

    /** What is counted under a key, {@link PNCounter#ZERO} when the key is not there. */
    public PNCounter get(String key) {
        PNCounter counter = counters.get(key).get();
        return counter == null ? PNCounter.ZERO : counter;
    }

    @Override
    public JsonObject value() {
        return counters.value();
    }

    /**
     * Adds under a key, or takes away when the amount is negative.
     *
     * @param replica must have seen all its own changes
     * @param amount      as in {@link PNCounter#update}; 0 only puts the key there
     * @return the delta
     */
    public PNCounterMap update(String replica, String key, double amount) {
        return new PNCounterMap(
                counters.update(key, counter -> counter.update(replica, get(key).update(replica, amount))));
    }

    /** Removes a key, as far as this state has seen it counted. @return the delta */
    public PNCounterMap remove(String key) {
        return new PNCounterMap(counters.remove(key));
    }

    @Override
    PNCounterMap make(@Nullable DotStore content, CausalContext seen) {
        return new PNCounterMap(counters.make(content, seen));
    }

    @Override
    @Nullable
    DotStore readStore(JsonValue json, String what) throws ProtocolException {
        return counters.readStore(json, what);
    }
}
