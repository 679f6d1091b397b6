package dev.thalweg.crdt;

import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A map from strings to lattices in which an addition wins over a concurrent removal, and in which removal hides and
 * never erases: a key that is added again has the value it had, with all that was joined to it meanwhile. What was ever
 * under a key is therefore kept for good; an {@link ORMap} forgets it.
 *
 * @param <V> the values
 */
public final class HidingMap<V extends Lattice<V>> extends Causal<HidingMap<V>> {
    /*
     * A key is there while a dot keeps it alive. Adding gives the key one new dot in place of those the adder saw;
     * removing takes away the dots the remover saw. Values are apart from that: they are joined key by key, alive or
     * not.
     */
    private final Reader<V> values;

    private HidingMap(Reader<V> values, @Nullable DotStore store, CausalContext context) {
        super(store, context);
        this.values = values;
    }

    /** A map without keys. @param values reads the values of maps like this one */
    public static <V extends Lattice<V>> HidingMap<V> of(Reader<V> values) {
        return new HidingMap<>(values, null, CausalContext.EMPTY);
    }

    /** How many keys there are. */
    public int size() {
        return DotMap.living(store);
    }

    /** Whether a key is there. */
    public boolean has(String key) {
        return !dots(key).isEmpty();
    }

    /** What was joined to a key so far, whether or not it is there; null when nothing was. */
    public @Nullable V value(String key) {
        HiddenStore<V> entry = entry(key);
        return entry == null ? null : entry.value;
    }

    /** The dots that keep a key alive, sorted; empty when it is not there. */
    public List<Dot> dots(String key) {
        HiddenStore<V> entry = entry(key);
        return entry == null ? List.of() : entry.dots.dots;
    }

    /** The keys that are there, sorted by UTF-16 code unit. */
    public List<String> keys() {
        return DotMap.keys(store);
    }

    /** Of how many keys anything is kept, whether or not they are there. */
    public int keysKept() {
        return store == null ? 0 : store.size();
    }

    /** The keys that are there, each with its value, or null where nothing was joined. */
    @Override
    public JsonObject value() {
        JsonObject.Builder json = JsonObject.builder();
        for (String key : keys()) {
            V value = value(key);
            json.put(key, value == null ? JsonNull.NULL : value.value());
        }
        return json.build();
    }

    /**
     * Adds a key, or touches one that is there, so that a concurrent removal does not remove it.
     *
     * @param replica who adds; must have seen all its own changes
     * @param value   what to join to the key's value, or null for nothing
     * @return the delta
     */
    public HidingMap<V> add(String replica, String key, @Nullable V value) {
        Dot dot = context.next(replica);
        HiddenStore<V> entry = new HiddenStore<>(DotSet.of(dot), value);
        return replace(entry(key), dot, DotMap.of(key, entry));
    }

    /** Removes a key, as far as this state has seen it added. @return the delta, which is empty when it is not there */
    public HidingMap<V> remove(String key) {
        return drop(entry(key));
    }

    /** The keys that joining a delta can change, or may have changed when it is joined already. */
    public Set<String> touched(HidingMap<V> delta) {
        return DotMap.touched(store, delta.store, delta.context);
    }

    /* Documents join deltas to it and nothing else. */
    @Override
    Differences differences() {
        return new Differences();
    }

    @Override
    HidingMap<V> make(@Nullable DotStore content, CausalContext seen) {
        return new HidingMap<>(values, content, seen);
    }

    @Override
    @Nullable
    DotStore readStore(JsonValue json, String what) throws ProtocolException {
        return DotMap.read(json, (entry, where) -> HiddenStore.read(entry, values, where), what);
    }

    @SuppressWarnings("unchecked") // holds nothing else
    private @Nullable HiddenStore<V> entry(String key) {
        return (HiddenStore<V>) DotMap.get(store, key);
    }
}
