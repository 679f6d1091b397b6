package dev.thalweg.crdt;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonNumber;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Dots, each with what was put in under it. Should one dot have two values, which only a replica id used twice can bring
 * about, they are joined.
 *
 * @param <V> the values
 */
final class DotFun<V extends Lattice<V>> extends DotStore {
    final PersistentMap<Dot, V> values;

    private DotFun(PersistentMap<Dot, V> values) {
        this.values = values;
    }

    static <V extends Lattice<V>> DotFun<V> of(Dot dot, V value) {
        return new DotFun<>(PersistentMap.<Dot, V>empty().with(dot, value));
    }

    /** All values joined, or null when there is none. */
    @Nullable
    V joined() {
        V joined = null;
        for (PersistentMap.Node<Dot, V> node : values) {
            joined = joined == null ? node.value : joined.join(node.value);
        }
        return joined;
    }

    /** What stands under the dots of one replica. */
    DotFun<V> of(String replica) {
        return new DotFun<>(values.range(new Dot(replica, 1), new Dot(replica, Integer.MAX_VALUE)));
    }

    @Override
    boolean isEmpty() {
        return values.isEmpty();
    }

    @Override
    boolean alive() {
        return !values.isEmpty();
    }

    @Override
    int size() {
        return values.size();
    }

    @Override
    @SuppressWarnings("unchecked") // stores that are joined are of one kind
    DotStore take(CausalContext seen, @Nullable DotStore other, CausalContext theirs, Changes changes) {
        PersistentMap<Dot, V> others = other == null ? PersistentMap.empty() : ((DotFun<V>) other).values;
        PersistentMap<Dot, V> joined = values;
        for (PersistentMap.Node<Dot, V> mine : values) {
            V their = others.get(mine.key);
            if (their == null && theirs.contains(mine.key)) {
                joined = joined.without(mine.key);
                changes.dropped.add(mine.key);
            } else if (their != null && !mine.value.covers(their)) {
                joined = joined.with(mine.key, mine.value.join(their));
            }
        }
        for (PersistentMap.Node<Dot, V> their : others) {
            if (!seen.contains(their.key)) {
                joined = joined.with(their.key, their.value);
                changes.added.add(their.key);
            }
        }
        return Identity.same(joined, values) ? this : new DotFun<>(joined);
    }

    @Override
    @SuppressWarnings("unchecked") // stores that are joined are of one kind
    boolean isLike(DotStore other) {
        return values.isLike(((DotFun<V>) other).values, Lattice::covers);
    }

    @Override
    void collect(List<Dot> dots) {
        for (PersistentMap.Node<Dot, V> node : values) {
            dots.add(node.key);
        }
    }

    /** {@code {"<replica>":[[<counter>,<value>],…],…}}. */
    @Override
    JsonObject toJson() {
        JsonObject.Builder json = JsonObject.builder();
        List<JsonValue> pairs = new ArrayList<>();
        String replica = "";
        for (PersistentMap.Node<Dot, V> node : values) {
            if (!pairs.isEmpty() && !node.key.replica().equals(replica)) {
                json.put(replica, new JsonArray(pairs));
                pairs.clear();
            }
            replica = node.key.replica();
            pairs.add(JsonArray.of(new JsonNumber(node.key.counter()), node.value.toJson()));
        }
        return pairs.isEmpty() ? json.build() : json.put(replica, new JsonArray(pairs)).build();
    }

    /** Reads one, or null when it is empty. */
    static <V extends Lattice<V>> @Nullable DotFun<V> read(JsonValue json, Lattice.Reader<V> reader, String what)
            throws ProtocolException {
        JsonObject object = JsonCasts.object(json, what);
        PersistentMap<Dot, V> values = PersistentMap.empty();
        for (int i = 0; i < object.size(); i++) {
            String replica = Replicas.read(object.name(i), what);
            JsonArray pairs = JsonCasts.array(object.value(i), what + " values");
            if (pairs.size() == 0) {
                throw new ProtocolException(what + " names a replica without a value");
            }
            int counter = 0;
            for (JsonValue each : pairs.values()) {
                JsonArray pair = JsonCasts.array(each, what + " value");
                if (pair.size() != 2) {
                    throw new ProtocolException(what + " value must have 2 elements, had " + pair.size());
                }
                counter = DotSet.counter(pair.get(0), counter, what);
                values = values.with(new Dot(replica, counter), reader.read(pair.get(1), what + " value"));
            }
        }
        return values.isEmpty() ? null : new DotFun<>(values);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || other instanceof DotFun<?> that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }
}
