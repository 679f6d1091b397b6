package dev.thalweg.bench.lattices;

import dev.thalweg.crdt.GCounter;
import dev.thalweg.crdt.GCounterMap;
import dev.thalweg.crdt.LWWMap;
import dev.thalweg.crdt.Lattice;
import dev.thalweg.crdt.LatticeCodec;
import dev.thalweg.crdt.ORSet;
import dev.thalweg.json.JsonLimits;
import dev.thalweg.json.JsonNumber;
import dev.thalweg.json.ProtocolException;
import java.util.function.Function;

/** Our own lattices. A delta is a state like any other. */
final class Ours<S extends Lattice<S>> implements Side<S, S> {
    private final S empty;
    private final LatticeCodec<S> codec;
    private final Change<S> put;
    private final Change<S> remove;
    private final Function<S, String> end;

    /** Makes a delta. */
    @FunctionalInterface
    private interface Change<S> {
        S of(S state, String replica, int key);
    }

    private Ours(S empty, Lattice.Reader<S> reader, Change<S> put, Change<S> remove, Function<S, String> end) {
        this.empty = empty;
        this.codec = new LatticeCodec<>(reader, JsonLimits.DEFAULT);
        this.put = put;
        this.remove = remove;
        this.end = end;
    }

    static Side<?, ?> orSet() {
        return new Ours<>(ORSet.EMPTY, ORSet.EMPTY, (set, replica, key) -> set.add(replica, Names.key(key)),
                (set, replica, key) -> set.remove(Names.key(key)), set -> Names.end(set.elements()));
    }

    static Side<?, ?> lwwMap() {
        return new Ours<>(LWWMap.EMPTY, LWWMap.EMPTY,
                (map, replica, key) -> map.put(replica, Names.key(key), new JsonNumber(key), Names.TIME),
                (map, replica, key) -> map.remove(Names.key(key)), map -> Names.end(map.keys()));
    }

    static Side<?, ?> mapOfCounters() {
        return new Ours<>(GCounterMap.EMPTY, GCounterMap.EMPTY,
                (map, replica, key) -> map.increment(replica, Names.key(key), 1),
                (map, replica, key) -> map.remove(Names.key(key)), map -> Names.end(map.keys()));
    }

    static Side<?, ?> gCounter() {
        Change<GCounter> count = (counter, replica, key) -> counter.increment(Names.replica(key), 1);
        return new Ours<>(GCounter.ZERO, GCounter::read, count, count, counter -> "" + (long) counter.total());
    }

    @Override
    public S empty() {
        return empty;
    }

    @Override
    public Changed<S, S> put(S state, int replica, int key) {
        S delta = put.of(state, Names.replica(replica), key);
        return new Changed<>(state.join(delta), delta);
    }

    @Override
    public Changed<S, S> remove(S state, int replica, int key) {
        S delta = remove.of(state, Names.replica(replica), key);
        return new Changed<>(state.join(delta), delta);
    }

    @Override
    public S join(S mine, S theirs) {
        return mine.join(theirs);
    }

    @Override
    public S take(S mine, S delta) {
        return mine.join(delta);
    }

    @Override
    public S both(S first, S second) {
        return first.join(second);
    }

    @Override
    public byte[] bytes(Object stateOrDelta) {
        return ((Lattice<?>) stateOrDelta).toBytes();
    }

    @Override
    public S read(byte[] state) {
        try {
            return codec.fromBytes(state, "state");
        } catch (ProtocolException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String end(S state) {
        return end.apply(state);
    }
}
