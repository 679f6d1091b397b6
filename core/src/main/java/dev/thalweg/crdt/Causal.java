package dev.thalweg.crdt;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A lattice whose content comes and goes with the changes that made it, and which needs no tombstones: it keeps what is
 * there, and one compact {@linkplain CausalContext context} of all changes seen. What a context has seen and a state
 * does not hold is gone for good; what it has not seen is yet to come. Deltas may have gaps and come in any order.
 *
 * <p>States of this kind can be the values of an {@link ORMap}; they are then seen with the map's context, so that their
 * changes are numbered with those of the whole map.
 *
 * @param <S> the implementing class
 */
public abstract sealed class Causal<S extends Causal<S>> implements Lattice<S>, Lattice.Reader<S>, Prunable<S>
        permits EWFlag, DWFlag, MVRegister, ORSet, RWSet, ORMap, ORMultiMap, LWWMap, GCounterMap, PNCounterMap,
        Resettable,
        HidingMap {
    final @Nullable DotStore store;
    final CausalContext context;

    Causal(@Nullable DotStore store, CausalContext context) {
        this.store = store;
        this.context = context;
    }

    /** A state like this one with other content. */
    abstract S make(@Nullable DotStore content, CausalContext seen);

    /** Reads content, or null when there is none. */
    abstract @Nullable DotStore readStore(JsonValue json, String what) throws ProtocolException;

    /** How joins find what changes. */
    Differences differences() {
        return new Differences.OfShared();
    }

    /** What has been seen. */
    public final CausalContext context() {
        return context;
    }

    @Override
    public final S join(S other) {
        return weight() >= other.weight() ? take(other) : other.take(self());
    }

    @Override
    public final boolean covers(S other) {
        return context.covers(other.context) && Identity.same(DotStore.join(store, context, other.store, other.context,
                new DotStore.Changes(differences())), store);
    }

    /** {@code {"context":{…},"entries":{…}}}, keys and replicas in order. */
    @Override
    public final JsonObject toJson() {
        return JsonObject.builder().put("context", context.toJson())
                .put("entries", store == null ? JsonObject.EMPTY : store.toJson()).build();
    }

    /** Reads a state like this one, whatever is in this one. @param what names it in the error */
    @Override
    public final S read(JsonValue json, String what) throws ProtocolException {
        JsonObject object = Shapes.object(json, 2, what);
        CausalContext seen = CausalContext.read(object.require("context"), what + ".context");
        DotStore content = readStore(object.require("entries"), what + ".entries");
        for (Dot dot : DotStore.dots(content)) {
            if (!seen.contains(dot)) {
                throw new ProtocolException(what + ".entries has a dot that is not in its context: " + dot.counter()
                        + " of " + dot.replica());
            }
        }
        return make(content, seen);
    }

    /** Throws an {@link IllegalStateException} when an invariant does not hold. For tests. */
    public final void check() {
        if (store instanceof DotMap map) {
            map.check();
        }
        if (store != null && store.isEmpty()) {
            throw new IllegalStateException("content that is not there is kept");
        }
        for (Dot dot : DotStore.dots(store)) {
            if (!context.contains(dot)) {
                throw new IllegalStateException("dot " + dot.counter() + " of " + dot.replica() + " was not seen");
            }
        }
    }

    /** The delta that puts in content under a new dot of a replica in place of some that is there. */
    final S replace(@Nullable DotStore before, Dot dot, @Nullable DotStore content) {
        return make(content, DotStore.seen(before).with(dot));
    }

    /** The delta that takes away some content that is there. */
    final S drop(@Nullable DotStore before) {
        return make(null, DotStore.seen(before));
    }

    /** The replicas of which nothing is there any more: they stand in the context alone. */
    @Override
    public final List<String> prunable() {
        Set<String> alive = new HashSet<>();
        for (Dot dot : DotStore.dots(store)) {
            alive.add(dot.replica());
        }
        List<String> replicas = new ArrayList<>();
        for (PersistentMap.Node<String, Ranges> node : context.ranges()) {
            if (!alive.contains(node.key)) {
                replicas.add(node.key);
            }
        }
        return replicas;
    }

    @Override
    public final JsonObject share(Set<String> replicas) {
        return context.of(replicas).toJson();
    }

    /** Takes away, too, what is still there of them: somebody has seen it go. */
    @Override
    public final S pruned(Set<String> replicas) {
        S left = take(make(null, context.of(replicas)));
        return make(left.store, left.context.without(replicas));
    }

    @SuppressWarnings("unchecked") // it is one
    private S self() {
        return (S) this;
    }

    final int weight() {
        return context.size() + (store == null ? 0 : store.size());
    }

    final S take(S other) {
        DotStore joined = DotStore.join(store, context, other.store, other.context,
                new DotStore.Changes(differences()));
        CausalContext seen = context.join(other.context);
        return Identity.same(joined, store) && Identity.same(seen, context) ? self() : make(joined, seen);
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof Causal<?> that) || that.getClass() != getClass() || !context.equals(that.context)) {
            return false;
        }
        return store == null ? that.store == null : store.equals(that.store);
    }

    @Override
    public final int hashCode() {
        return 31 * context.hashCode() + (store == null ? 0 : store.hashCode());
    }

    @Override
    public final String toString() {
        return toJson().toJson();
    }
}
