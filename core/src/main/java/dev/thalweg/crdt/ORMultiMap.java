package dev.thalweg.crdt;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A map from strings to sets of strings, in which additions win. A key is there while its set has an element. */
public final class ORMultiMap extends Causal<ORMultiMap> {
    /** No keys. */
    public static final ORMultiMap EMPTY = new ORMultiMap(null, CausalContext.EMPTY);

    private final ORMap<ORSet> sets;

    private ORMultiMap(@Nullable DotStore store, CausalContext context) {
        super(store, context);
        this.sets = new ORMap<>(ORSet.EMPTY, store, context);
    }

    /** The keys, sorted by UTF-16 code unit. */
    public List<String> keys() {
        return sets.keys();
    }

    /** The elements under a key, sorted by UTF-16 code unit; none when the key is not there. */
    public List<String> get(String key) {
        return sets.get(key).elements();
    }

    /** Whether an element is under a key. */
    public boolean contains(String key, String element) {
        return sets.get(key).contains(element);
    }

    @Override
    public JsonObject value() {
        return sets.value();
    }

    /** Adds an element under a key. @param replica must have seen all its own changes @return the delta */
    public ORMultiMap put(String replica, String key, String element) {
        return of(sets.update(key, set -> set.add(replica, element)));
    }

    /** Removes an element from under a key, as far as this state has seen it added. @return the delta */
    public ORMultiMap remove(String key, String element) {
        return of(sets.update(key, set -> set.remove(element)));
    }

    /** Removes a key with all its elements, as far as this state has seen them added. @return the delta */
    public ORMultiMap removeAll(String key) {
        return of(sets.remove(key));
    }

    private static ORMultiMap of(ORMap<ORSet> map) {
        return new ORMultiMap(map.store, map.context);
    }

    @Override
    ORMultiMap make(@Nullable DotStore content, CausalContext seen) {
        return new ORMultiMap(content, seen);
    }

    @Override
    @Nullable
    DotStore readStore(JsonValue json, String what) throws ProtocolException {
        return sets.readStore(json, what);
    }
}
