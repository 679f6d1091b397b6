package dev.thalweg.crdt;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A map from strings to lattices that are {@linkplain Causal causal} themselves: sets, flags, registers, counters
 * ({@link Resettable}), maps again. A key is there while there is anything in its value. Removing a key resets its value
 * as far as the remover had seen it: what others changed at the same time stays, by itself, and nothing else comes back.
 *
 * @param <V> the values
 */
public final class ORMap<V extends Causal<V>> extends Causal<ORMap<V>> {
    /* A value that is not there: makes the ones that are, and reads them. */
    private final V like;

    ORMap(V like, @Nullable DotStore store, CausalContext context) {
        super(store, context);
        this.like = like;
    }

    /** A map without keys. @param like any value of the kind it is to hold, for example {@link ORSet#EMPTY} */
    public static <V extends Causal<V>> ORMap<V> of(V like) {
        return new ORMap<>(like, null, CausalContext.EMPTY);
    }

    /** How many keys there are. */
    public int size() {
        return DotMap.living(store);
    }

    /** Whether a key is there. */
    public boolean has(String key) {
        return DotMap.get(store, key) != null;
    }

    /** The keys that are there, sorted by UTF-16 code unit. */
    public List<String> keys() {
        return DotMap.keys(store);
    }

    /** What is under a key, with the context of the whole map; an empty value when the key is not there. */
    public V get(String key) {
        return like.make(DotMap.get(store, key), context);
    }

    @Override
    public JsonObject value() {
        JsonObject.Builder json = JsonObject.builder();
        for (String key : keys()) {
            json.put(key, get(key).value());
        }
        return json.build();
    }

    /**
     * Changes what is under a key.
     *
     * @param change is given what {@link #get} gives and returns a delta of it
     * @return the delta
     */
    public ORMap<V> update(String key, Function<V, V> change) {
        V delta = change.apply(get(key));
        return make(DotMap.of(key, delta.store), delta.context);
    }

    /** Removes a key and resets its value, as far as this state has seen it. @return the delta */
    public ORMap<V> remove(String key) {
        return drop(DotMap.get(store, key));
    }

    /** The keys that joining a delta can change, or may have changed when it is joined already. */
    public Set<String> touched(ORMap<V> delta) {
        return DotMap.touched(store, delta.store, delta.context);
    }

    /** Removes all keys, as far as this state has seen them. @return the delta */
    public ORMap<V> clear() {
        return drop(store);
    }

    @Override
    ORMap<V> make(@Nullable DotStore content, CausalContext seen) {
        return new ORMap<>(like, content, seen);
    }

    @Override
    @Nullable
    DotStore readStore(JsonValue json, String what) throws ProtocolException {
        return DotMap.read(json, like::readStore, what);
    }
}
