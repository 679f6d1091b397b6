package dev.thalweg.crdt;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A map from strings to counters that only grow. Removing a key resets its counter, as {@link Resettable} has it. */
public final class GCounterMap extends Causal<GCounterMap> {
    /** No keys. */
    public static final GCounterMap EMPTY = new GCounterMap(ORMap.of(Resettable.of(GCounter::read)));

    private final ORMap<Resettable<GCounter>> counters;

    private GCounterMap(ORMap<Resettable<GCounter>> counters) {
        super(counters.store, counters.context);
        this.counters = counters;
    }

    /** The keys, sorted by UTF-16 code unit. */
    public List<String> keys() {
        return counters.keys();
    }

    /** What is counted under a key, {@link GCounter#ZERO} when the key is not there. */
    public GCounter get(String key) {
        GCounter counter = counters.get(key).get();
        return counter == null ? GCounter.ZERO : counter;
    }

    @Override
    public JsonObject value() {
        return counters.value();
    }

    /**
     * Counts under a key.
     *
     * @param replica must have seen all its own changes
     * @param by      as in {@link GCounter#increment}; 0 only puts the key there
     * @return the delta
     */
    public GCounterMap increment(String replica, String key, double by) {
        return new GCounterMap(
                counters.update(key, counter -> counter.update(replica, get(key).increment(replica, by))));
    }

    /** Removes a key, as far as this state has seen it counted. @return the delta */
    public GCounterMap remove(String key) {
        return new GCounterMap(counters.remove(key));
    }

    @Override
    GCounterMap make(@Nullable DotStore content, CausalContext seen) {
        return new GCounterMap(counters.make(content, seen));
    }

    @Override
    @Nullable
    DotStore readStore(JsonValue json, String what) throws ProtocolException {
        return counters.readStore(json, what);
    }
}
