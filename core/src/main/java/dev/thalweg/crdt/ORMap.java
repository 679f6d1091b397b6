package dev.thalweg.crdt;

import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A map from strings to lattices in which an addition wins over a concurrent removal, and in which removal hides and
 * never erases: a key that is added again has the value it had, with all that was joined to it meanwhile.
 *
 * @param <V> the values
 */
public final class ORMap<V extends Lattice<V>> implements Lattice<ORMap<V>> {
    /*
     * A key is there while a dot keeps it alive. Adding gives the key one new dot in place of those the adder saw;
     * removing takes away the dots the remover saw. Both are told by the same pair of facts: which dots are alive at
     * which key, and which dots have been seen (the context). A dot that is in a context but not alive beside it is
     * dead, for good. So for every pair of a dot and a key there are three states in a row, unseen, alive, dead, and
     * joining takes the further one: a dot of mine lives on unless the other side has seen it and holds it no longer,
     * and the other way round.
     *
     * Values are apart from that: they are joined key by key, alive or not.
     *
     * The context of a full state spans its whole history, and going through all keys at every join would make a delta
     * cost as much as the map. `owners` finds the living dots that a context has seen without asking every key.
     *
     * Invariants: every living dot is in the context; it is alive at one key only; `owners` has exactly the dots of
     * `entries`; an entry has a dot or a value; `alive` counts the entries with a dot.
     */
    private final PersistentMap<String, Entry<V>> entries;
    private final PersistentMap<Dot, String> owners;
    private final CausalContext context;
    private final int alive;

    private static final ORMap<?> EMPTY = new ORMap<>(PersistentMap.<String, Entry<LWWRegister>>empty(),
            PersistentMap.empty(), CausalContext.EMPTY, 0);

    private ORMap(PersistentMap<String, Entry<V>> entries, PersistentMap<Dot, String> owners, CausalContext context,
            int alive) {
        this.entries = entries;
        this.owners = owners;
        this.context = context;
        this.alive = alive;
    }

    /** What is kept of a key. */
    private record Entry<V>(List<Dot> dots, @Nullable V value) {}

    /** A map without keys. */
    @SuppressWarnings("unchecked") // holds no value, so it is a map of any kind
    public static <V extends Lattice<V>> ORMap<V> empty() {
        return (ORMap<V>) EMPTY;
    }

    /** How many keys there are. */
    public int size() {
        return alive;
    }

    /** Whether a key is there. */
    public boolean has(String key) {
        return !dots(key).isEmpty();
    }

    /** What was joined to a key so far, whether or not it is there; null when nothing was. */
    public @Nullable V value(String key) {
        Entry<V> entry = entries.get(key);
        return entry == null ? null : entry.value;
    }

    /** The dots that keep a key alive, sorted; empty when it is not there. */
    public List<Dot> dots(String key) {
        Entry<V> entry = entries.get(key);
        return entry == null ? List.of() : entry.dots;
    }

    /** The keys that are there, sorted by UTF-16 code unit. */
    public List<String> keys() {
        List<String> keys = new ArrayList<>(alive);
        for (PersistentMap.Node<String, Entry<V>> node : entries) {
            if (!node.value.dots.isEmpty()) {
                keys.add(node.key);
            }
        }
        return keys;
    }

    /** Of how many keys anything is kept, whether or not they are there. */
    public int keysKept() {
        return entries.size();
    }

    /** What has been seen. */
    public CausalContext context() {
        return context;
    }

    /**
     * Adds a key, or touches one that is there, so that a concurrent removal does not remove it.
     *
     * @param replica who adds; must have seen all its own changes
     * @param value   what to join to the key's value, or null for nothing
     * @return the delta
     */
    public ORMap<V> add(String replica, String key, @Nullable V value) {
        Dot dot = context.next(replica);
        CausalContext seen = seen(key).with(dot);
        return new ORMap<>(PersistentMap.<String, Entry<V>>empty().with(key, new Entry<>(List.of(dot), value)),
                PersistentMap.<Dot, String>empty().with(dot, key), seen, 1);
    }

    /** Removes a key, as far as this state has seen it added. @return the delta, which is empty when it is not there */
    public ORMap<V> remove(String key) {
        return new ORMap<>(PersistentMap.empty(), PersistentMap.empty(), seen(key), 0);
    }

    /** The keys that joining a delta can change, sorted. */
    public Set<String> touched(ORMap<V> delta) {
        Set<String> keys = new TreeSet<>();
        for (PersistentMap.Node<String, Entry<V>> node : delta.entries) {
            keys.add(node.key);
        }
        for (PersistentMap.Node<Dot, String> node : owned(delta.context)) {
            keys.add(node.value);
        }
        return keys;
    }

    @Override
    public ORMap<V> join(ORMap<V> other) {
        boolean larger = entries.size() + context.size() >= other.entries.size() + other.context.size();
        return larger ? take(other) : other.take(this);
    }

    @Override
    public boolean covers(ORMap<V> other) {
        if (!context.covers(other.context)) {
            return false;
        }
        for (PersistentMap.Node<Dot, String> mine : owned(other.context)) {
            if (!mine.value.equals(other.owners.get(mine.key))) {
                return false;
            }
        }
        for (PersistentMap.Node<String, Entry<V>> node : other.entries) {
            V theirs = node.value.value;
            if (theirs != null) {
                V mine = value(node.key);
                if (mine == null || !mine.covers(theirs)) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * {@code {"context":{…},"entries":{"<key>":{"dots":{…},"value":…},…}}}, by key; {@code value} is left out where
     * nothing was joined, and {@code dots} is empty where the key is hidden.
     */
    @Override
    public JsonObject toJson() {
        JsonObject.Builder keys = JsonObject.builder();
        for (PersistentMap.Node<String, Entry<V>> node : entries) {
            JsonObject.Builder entry = JsonObject.builder().put("dots", Dots.toJson(node.value.dots));
            if (node.value.value != null) {
                entry.put("value", node.value.value.toJson());
            }
            keys.put(node.key, entry.build());
        }
        return JsonObject.builder().put("context", context.toJson()).put("entries", keys.build()).build();
    }

    /** Reads a map. @param values reads its values @param what names it in the error */
    public static <V extends Lattice<V>> ORMap<V> read(JsonValue json, Reader<V> values, String what)
            throws ProtocolException {
        JsonObject object = Shapes.object(json, 2, what);
        CausalContext context = CausalContext.read(object.require("context"), what + ".context");
        JsonObject keys = JsonCasts.object(object.require("entries"), what + ".entries");
        PersistentMap<String, Entry<V>> entries = PersistentMap.empty();
        PersistentMap<Dot, String> owners = PersistentMap.empty();
        int alive = 0;
        for (int i = 0; i < keys.size(); i++) {
            String key = keys.name(i);
            JsonObject entry = JsonCasts.object(keys.value(i), what + " entry");
            JsonValue value = entry.get("value");
            List<Dot> dots = Dots.read(Shapes.object(entry, value == null ? 1 : 2, what + " entry").require("dots"),
                    what + " dots");
            if (value == null && dots.isEmpty()) {
                throw new ProtocolException(what + " has an entry with neither dots nor value");
            }
            for (Dot dot : dots) {
                if (!context.contains(dot) || owners.has(dot)) {
                    throw new ProtocolException(what + " has a dot twice or without having seen it: " + dot.counter()
                            + " of " + dot.replica());
                }
                owners = owners.with(dot, key);
            }
            entries = entries.with(key, new Entry<>(dots, value == null ? null : values.read(value, what + " value")));
            alive += dots.isEmpty() ? 0 : 1;
        }
        return new ORMap<>(entries, owners, context, alive);
    }

    /** Throws an {@link IllegalStateException} when an invariant does not hold. For tests. */
    public void check() {
        int dots = 0;
        int keys = 0;
        for (PersistentMap.Node<String, Entry<V>> node : entries) {
            for (Dot dot : node.value.dots) {
                if (!node.key.equals(owners.get(dot)) || !context.contains(dot)) {
                    throw new IllegalStateException("dot " + dot + " of " + node.key + " is not its own or not seen");
                }
            }
            if (node.value.dots.isEmpty() && node.value.value == null) {
                throw new IllegalStateException("nothing is kept of " + node.key);
            }
            dots += node.value.dots.size();
            keys += node.value.dots.isEmpty() ? 0 : 1;
        }
        if (dots != owners.size() || keys != alive) {
            throw new IllegalStateException(
                    dots + " dots and " + keys + " keys, counted " + owners.size() + " and " + alive);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof ORMap<?> that && context.equals(that.context) && entries.equals(that.entries);
    }

    @Override
    public int hashCode() {
        return 31 * context.hashCode() + entries.hashCode();
    }

    @Override
    public String toString() {
        return toJson().toJson();
    }

    /* Joins a state that is not larger, at its cost. */
    private ORMap<V> take(ORMap<V> other) {
        PersistentMap<String, Entry<V>> joined = entries;
        PersistentMap<Dot, String> owned = owners;
        int count = alive;
        for (PersistentMap.Node<Dot, String> mine : owned(other.context)) {
            if (!mine.value.equals(other.owners.get(mine.key))) {
                owned = owned.without(mine.key);
                Entry<V> entry = entry(joined, mine.value);
                List<Dot> dots = Dots.without(entry.dots, mine.key);
                count -= dots.isEmpty() ? 1 : 0;
                joined = dots.isEmpty() && entry.value == null ? joined.without(mine.value)
                        : joined.with(mine.value, new Entry<>(dots, entry.value));
            }
        }
        for (PersistentMap.Node<String, Entry<V>> node : other.entries) {
            Entry<V> entry = entry(joined, node.key);
            List<Dot> dots = entry.dots;
            for (Dot dot : node.value.dots) {
                if (!context.contains(dot)) {
                    dots = Dots.with(dots, dot);
                    owned = owned.with(dot, node.key);
                }
            }
            V value = join(entry.value, node.value.value);
            count += entry.dots.isEmpty() && !dots.isEmpty() ? 1 : 0;
            if (!dots.isEmpty() || value != null) {
                joined = joined.with(node.key, new Entry<>(dots, value));
            }
        }
        return new ORMap<>(joined, owned, context.join(other.context), count);
    }

    private CausalContext seen(String key) {
        CausalContext seen = CausalContext.EMPTY;
        for (Dot dot : dots(key)) {
            seen = seen.with(dot);
        }
        return seen;
    }

    /* The living dots that a context has seen, with their keys. */
    private List<PersistentMap.Node<Dot, String>> owned(CausalContext seen) {
        List<PersistentMap.Node<Dot, String>> found = new ArrayList<>();
        for (PersistentMap.Node<String, Ranges> node : seen.ranges()) {
            for (int i = 0; i < node.value.count(); i++) {
                int last = node.value.last(i);
                Iterator<PersistentMap.Node<Dot, String>> owner = owners
                        .from(new Dot(node.key, node.value.first(i)));
                while (owner.hasNext()) {
                    PersistentMap.Node<Dot, String> next = owner.next();
                    if (!next.key.replica().equals(node.key) || next.key.counter() > last) {
                        break;
                    }
                    found.add(next);
                }
            }
        }
        return found;
    }

    private static <V> Entry<V> entry(PersistentMap<String, Entry<V>> entries, String key) {
        Entry<V> entry = entries.get(key);
        return entry == null ? new Entry<>(List.of(), null) : entry;
    }

    private static <V extends Lattice<V>> @Nullable V join(@Nullable V mine, @Nullable V theirs) {
        if (mine == null || theirs == null) {
            return mine == null ? theirs : mine;
        }
        return mine.join(theirs);
    }
}
