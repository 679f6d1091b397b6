package dev.thalweg.crdt;

import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * A lattice of any kind in a form that can be reset, and be a value of an {@link ORMap}. Each replica's own changes stand
 * under a dot of its own; the value is all of them joined, and a reset takes away the ones seen.
 *
 * <p>What a replica changes while another resets, it changes on top of its own part, which stays whole: a counter that a
 * replica had raised to 10, reset by somebody else while it goes on to 11, is 11 and not 1.
 *
 * @param <V> the lattice
 */
public final class Resettable<V extends Lattice<V>> extends Causal<Resettable<V>> {
    private final Reader<V> reader;

    private Resettable(Reader<V> reader, @Nullable DotStore store, CausalContext context) {
        super(store, context);
        this.reader = reader;
    }

    /** Nothing. @param reader reads what is in values like this one */
    public static <V extends Lattice<V>> Resettable<V> of(Reader<V> reader) {
        return new Resettable<>(reader, null, CausalContext.EMPTY);
    }

    /** What everybody's changes come to, or null when there are none since the reset. */
    public @Nullable V get() {
        DotFun<V> values = values();
        return values == null ? null : values.joined();
    }

    /** What {@link #get} shows, or null. */
    @Override
    public JsonValue value() {
        V value = get();
        return value == null ? JsonNull.NULL : value.value();
    }

    /**
     * Joins a change to the replica's own part.
     *
     * @param replica must have seen all its own changes
     * @param change  a delta of what {@link #get} gives
     * @return the delta
     */
    public Resettable<V> update(String replica, V change) {
        Dot dot = context.next(replica);
        DotFun<V> own = own(replica);
        V before = own == null ? null : own.joined();
        return replace(own, dot, DotFun.of(dot, before == null ? change : before.join(change)));
    }

    /**
     * Puts a value in place of everybody's changes, as far as they have been seen: for lattices of which only the latest
     * counts.
     *
     * @param replica must have seen all its own changes
     * @param value   covers what {@link #get} gives
     * @return the delta
     */
    Resettable<V> assign(String replica, V value) {
        Dot dot = context.next(replica);
        return replace(store, dot, DotFun.of(dot, value));
    }

    /** Takes away everybody's changes, as far as this state has seen them. @return the delta */
    public Resettable<V> reset() {
        return drop(store);
    }

    private @Nullable DotFun<V> own(String replica) {
        DotFun<V> values = values();
        return values == null ? null : values.of(replica);
    }

    @Override
    Resettable<V> make(@Nullable DotStore content, CausalContext seen) {
        return new Resettable<>(reader, content, seen);
    }

    @Override
    @Nullable
    DotStore readStore(JsonValue json, String what) throws ProtocolException {
        return DotFun.read(json, reader, what);
    }

    @SuppressWarnings("unchecked") // holds nothing else
    private @Nullable DotFun<V> values() {
        return (DotFun<V>) store;
    }
}
