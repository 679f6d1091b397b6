package dev.thalweg.bench.lattices;

import java.io.NotSerializableException;
import java.util.Objects;
import java.util.function.Function;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Address;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.cluster.ddata.DeltaReplicatedData;
import org.apache.pekko.cluster.ddata.GCounter;
import org.apache.pekko.cluster.ddata.LWWMap;
import org.apache.pekko.cluster.ddata.ORMap;
import org.apache.pekko.cluster.ddata.ORSet;
import org.apache.pekko.cluster.ddata.ReplicatedData;
import org.apache.pekko.cluster.ddata.ReplicatedDelta;
import org.apache.pekko.cluster.ddata.SelfUniqueAddress;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/** Pekko's lattices. A state gathers its deltas until they are taken from it. */
final class Pekkos<S extends ReplicatedData> implements Side<S, ReplicatedDelta> {
    private static final SelfUniqueAddress[] NODES = new SelfUniqueAddress[Trials.COUNTERS];

    static {
        for (int i = 0; i < NODES.length; i++) {
            NODES[i] = new SelfUniqueAddress(
                    new UniqueAddress(new Address("pekko", "gauges", "10.0.0." + (i + 1), 7355), 7_000_000_000L + i));
        }
    }

    private final S empty;
    private final Change<S> put;
    private final Change<S> remove;
    private final Function<S, String> end;
    private final Serialization serialization;

    /** Changes a state. */
    @FunctionalInterface
    private interface Change<S> {
        S of(S state, SelfUniqueAddress node, int key);
    }

    private Pekkos(ActorSystem system, S empty, Change<S> put, Change<S> remove, Function<S, String> end) {
        this.serialization = SerializationExtension.get(system);
        this.empty = empty;
        this.put = put;
        this.remove = remove;
        this.end = end;
    }

    static Side<?, ?> orSet(ActorSystem system) {
        return new Pekkos<>(system, ORSet.<String>create(), (set, node, key) -> set.add(node, Names.key(key)),
                (set, node, key) -> set.remove(node, Names.key(key)), set -> Names.end(set.getElements()));
    }

    static Side<?, ?> lwwMap(ActorSystem system) {
        return new Pekkos<>(system, LWWMap.<String, Integer>create(),
                (map, node, key) -> map.put(node, Names.key(key), key),
                (map, node, key) -> map.remove(node, Names.key(key)), map -> Names.end(map.getEntries().keySet()));
    }

    static Side<?, ?> mapOfCounters(ActorSystem system) {
        return new Pekkos<>(system, ORMap.<String, GCounter>create(),
                (map, node, key) -> map.update(node, Names.key(key), GCounter.create(),
                        counter -> counter.increment(node, 1)),
                (map, node, key) -> map.remove(node, Names.key(key)), map -> Names.end(map.getEntries().keySet()));
    }

    static Side<?, ?> gCounter(ActorSystem system) {
        Change<GCounter> count = (counter, node, key) -> counter.increment(NODES[key], 1);
        return new Pekkos<>(system, GCounter.create(), count, count,
                counter -> counter.getValue().toString());
    }

    @Override
    public S empty() {
        return empty;
    }

    @Override
    public Changed<S, ReplicatedDelta> put(S state, int replica, int key) {
        return changed(put.of(state, NODES[replica], key));
    }

    @Override
    public Changed<S, ReplicatedDelta> remove(S state, int replica, int key) {
        return changed(remove.of(state, NODES[replica], key));
    }

    @SuppressWarnings("unchecked") // a state comes to one of its own kind
    private Changed<S, ReplicatedDelta> changed(S state) {
        DeltaReplicatedData gathered = (DeltaReplicatedData) state;
        return new Changed<>((S) gathered.resetDelta(), gathered.delta().get());
    }

    @Override
    @SuppressWarnings("unchecked") // a state comes to one of its own kind
    public S join(S mine, S theirs) {
        return (S) mine.merge(theirs);
    }

    @Override
    @SuppressWarnings("unchecked") // a state comes to one of its own kind
    public S take(S mine, ReplicatedDelta delta) {
        return (S) ((DeltaReplicatedData) mine).mergeDelta(delta);
    }

    @Override
    public ReplicatedDelta both(ReplicatedDelta first, ReplicatedDelta second) {
        return (ReplicatedDelta) first.merge(second);
    }

    @Override
    public byte[] bytes(Object stateOrDelta) {
        return serialization.serialize(stateOrDelta).get();
    }

    @Override
    @SuppressWarnings("unchecked") // of this kind when it was written
    public S read(byte[] state) {
        SerializerWithStringManifest serializer = (SerializerWithStringManifest) serialization.findSerializerFor(empty);
        try {
            return (S) Objects.requireNonNull(serializer.fromBinary(state, serializer.manifest(empty)));
        } catch (NotSerializableException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String end(S state) {
        return end.apply(state);
    }
}
