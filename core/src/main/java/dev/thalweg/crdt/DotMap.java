package dev.thalweg.crdt;

import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stores of one kind under keys, which are sorted by UTF-16 code unit. A key whose store is empty is not there. */
final class DotMap extends DotStore {
    /*
     * The context of a full state spans its whole history, and going through all keys at every join would make a delta
     * cost as much as the map. `owners` finds the living dots that the other side has seen without asking every key:
     * range by range of its context, and where both sides have many, only where the two indexes are not shared. So a
     * delta costs as much as the delta, and two large states that grew out of one cost as much as what they do not
     * share.
     *
     * Invariants: `owners` has exactly the dots of `entries`; a dot is alive below one key only (one that two sides
     * hold below different keys has been seen by both and is held at neither place by both, so joining kills it);
     * no entry is empty; `living` counts the entries with a dot.
     */
    final PersistentMap<String, DotStore> entries;
    private final PersistentMap<Dot, String> owners;
    private final int living;

    private DotMap(PersistentMap<String, DotStore> entries, PersistentMap<Dot, String> owners, int living) {
        this.entries = entries;
        this.owners = owners;
        this.living = living;
    }

    /** A map of one key, or null when its store is. */
    static @Nullable DotMap of(String key, @Nullable DotStore store) {
        if (store == null) {
            return null;
        }
        PersistentMap<Dot, String> owners = PersistentMap.empty();
        for (Dot dot : dots(store)) {
            owners = owners.with(dot, key);
        }
        return new DotMap(PersistentMap.<String, DotStore>empty().with(key, store), owners, store.alive() ? 1 : 0);
    }

    static @Nullable DotStore get(@Nullable DotStore map, String key) {
        return map == null ? null : ((DotMap) map).entries.get(key);
    }

    /** How many keys have a dot. */
    static int living(@Nullable DotStore map) {
        return map == null ? 0 : ((DotMap) map).living;
    }

    /** The keys that have a dot, sorted. */
    static List<String> keys(@Nullable DotStore map) {
        List<String> keys = new ArrayList<>(living(map));
        if (map != null) {
            for (PersistentMap.Node<String, DotStore> node : ((DotMap) map).entries) {
                if (node.value.alive()) {
                    keys.add(node.key);
                }
            }
        }
        return keys;
    }

    @Override
    boolean isEmpty() {
        return entries.isEmpty();
    }

    @Override
    boolean alive() {
        return living > 0;
    }

    @Override
    int size() {
        return entries.size();
    }

    /**
     * The keys that a delta is about, in an order that depends on nothing but the states: where joining it can change something, and those that are in it, where
     * having joined it may have changed something.
     *
     * @param map where it is joined, or null for an empty one
     */
    static Set<String> touched(@Nullable DotStore map, @Nullable DotStore delta, CausalContext seen) {
        Set<String> keys = map == null ? new LinkedHashSet<>()
                : ((DotMap) map).differing((DotMap) delta, seen, new Differences());
        if (delta != null) {
            for (PersistentMap.Node<String, DotStore> node : ((DotMap) delta).entries) {
                keys.add(node.key);
            }
        }
        return keys;
    }

    /* The keys at which joining another map may change something. */
    private Set<String> differing(@Nullable DotMap other, CausalContext theirs, Differences differences) {
        Set<String> keys = new LinkedHashSet<>();
        PersistentMap<Dot, String> others = other == null ? PersistentMap.empty() : other.owners;
        for (PersistentMap.Node<String, Ranges> seen : theirs.ranges()) {
            for (int i = 0; i < seen.value.count(); i++) {
                differences.owners(owners, others, new Dot(seen.key, seen.value.first(i)),
                        new Dot(seen.key, seen.value.last(i)), keys);
            }
        }
        if (other != null) {
            differences.entries(entries, other.entries, keys);
        }
        return keys;
    }

    @Override
    DotMap take(CausalContext seen, @Nullable DotStore other, CausalContext theirs, Changes changes) {
        DotMap that = (DotMap) other;
        PersistentMap<String, DotStore> joined = entries;
        PersistentMap<Dot, String> owned = owners;
        int count = living;
        for (String key : differing(that, theirs, changes.differences)) {
            int added = changes.added.size();
            int dropped = changes.dropped.size();
            DotStore mine = entries.get(key);
            DotStore store = join(mine, seen, get(that, key), theirs, changes);
            if (Identity.same(store, mine)) {
                continue;
            }
            joined = store == null ? joined.without(key) : joined.with(key, store);
            count += (store != null && store.alive() ? 1 : 0) - (mine != null && mine.alive() ? 1 : 0);
            for (int i = dropped; i < changes.dropped.size(); i++) {
                Dot dot = changes.dropped.get(i);
                owned = owned.without(dot);
            }
            for (int i = added; i < changes.added.size(); i++) {
                Dot dot = changes.added.get(i);
                owned = owned.with(dot, key);
            }
        }
        return Identity.same(joined, entries) ? this : new DotMap(joined, owned, count);
    }

    @Override
    void collect(List<Dot> dots) {
        for (PersistentMap.Node<Dot, String> node : owners) {
            dots.add(node.key);
        }
    }

    /** {@code {"<key>":<store>,…}}. */
    @Override
    JsonObject toJson() {
        JsonObject.Builder keys = JsonObject.builder();
        for (PersistentMap.Node<String, DotStore> node : entries) {
            keys.put(node.key, node.value.toJson());
        }
        return keys.build();
    }

    /** Reads what is below one key. */
    @FunctionalInterface
    interface StoreReader {
        /** Reads a store, or null when it is empty. */
        @Nullable
        DotStore read(JsonValue json, String what) throws ProtocolException;
    }

    /** Reads a map, or null when it is empty. */
    static @Nullable DotMap read(JsonValue json, StoreReader stores, String what) throws ProtocolException {
        JsonObject keys = JsonCasts.object(json, what);
        PersistentMap<String, DotStore> entries = PersistentMap.empty();
        PersistentMap<Dot, String> owners = PersistentMap.empty();
        int living = 0;
        for (int i = 0; i < keys.size(); i++) {
            DotStore store = stores.read(keys.value(i), what);
            if (store == null || store.isEmpty()) {
                throw new ProtocolException(what + " has an entry with nothing in it");
            }
            for (Dot dot : dots(store)) {
                if (owners.has(dot)) {
                    throw new ProtocolException(what + " has a dot twice: " + dot.counter() + " of " + dot.replica());
                }
                owners = owners.with(dot, keys.name(i));
            }
            entries = entries.with(keys.name(i), store);
            living += store.alive() ? 1 : 0;
        }
        return entries.isEmpty() ? null : new DotMap(entries, owners, living);
    }

    /** Throws an {@link IllegalStateException} when an invariant does not hold. For tests. */
    void check() {
        int dots = 0;
        int keys = 0;
        for (PersistentMap.Node<String, DotStore> node : entries) {
            for (Dot dot : dots(node.value)) {
                if (!node.key.equals(owners.get(dot))) {
                    throw new IllegalStateException("dot " + dot.counter() + " of " + dot.replica() + " below "
                            + node.key + " is in the index below " + owners.get(dot));
                }
                dots++;
            }
            if (node.value.isEmpty()) {
                throw new IllegalStateException("nothing is kept below " + node.key);
            }
            if (node.value instanceof DotMap nested) {
                nested.check();
            }
            keys += node.value.alive() ? 1 : 0;
        }
        if (dots != owners.size() || keys != living) {
            throw new IllegalStateException(
                    dots + " dots and " + keys + " keys, counted " + owners.size() + " and " + living);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || other instanceof DotMap that && entries.equals(that.entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }
}
