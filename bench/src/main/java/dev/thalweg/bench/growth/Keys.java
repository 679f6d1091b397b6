package dev.thalweg.bench.growth;

import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.SharedObject;
import dev.thalweg.dds.claims.SharedClaims;
import dev.thalweg.dds.directory.SharedDirectory;
import dev.thalweg.dds.map.SharedMap;
import dev.thalweg.dds.ormap.SharedOrMap;
import dev.thalweg.dds.orset.SharedOrSet;
import dev.thalweg.dds.pact.PactMap;
import dev.thalweg.dds.register.ConsensusRegisterCollection;
import dev.thalweg.json.JsonValue;
import dev.thalweg.testkit.workload.Pair;
import java.util.List;
import java.util.function.IntFunction;

/** Two clients with a structure of many keys. One of them writes keys that are there. */
final class Keys<C extends SharedObject<?, ?>> implements Grown {
    /** How a key is written. */
    private interface Write<C> {
        void on(C channel, String key, int value);
    }

    /** A structure, by its name. */
    record Kind(String name, IntFunction<Grown> ofSize) {}

    /** Every structure whose keys are many. */
    static final List<Kind> ALL = List.of(
            kind("SharedMap", SharedMap.TYPE, (map, key, value) -> map.set(key, JsonValue.of(value))),
            kind("SharedDirectory", SharedDirectory.TYPE, (root, key, value) -> root.set(key, JsonValue.of(value))),
            kind("ConsensusRegisterCollection", ConsensusRegisterCollection.TYPE,
                    (registers, key, value) -> registers.write(key, JsonValue.of(value))),
            kind("PactMap", PactMap.TYPE, (pacts, key, value) -> pacts.set(key, JsonValue.of(value))),
            kind("claims", SharedClaims.TYPE, (claims, key, value) -> {
                if (value % 2 == 0) {
                    claims.claim(key, JsonValue.of(value), outcome -> {
                    });
                } else {
                    claims.release(key, outcome -> {
                    });
                }
            }),
            kind("OR-map of registers", SharedOrMap.REGISTER, (map, key, value) -> map.set(key, JsonValue.of(value))),
            kind("OR-map of tallies", SharedOrMap.TALLY, (map, key, value) -> map.increment(key, 1)),
            kind("OR-set", SharedOrSet.TYPE, (set, key, value) -> set.add(key)));

    private final Pair<C> pair;
    private final Write<C> write;
    private final int size;

    private Keys(ChannelType<C> type, Write<C> write, int size) {
        this.pair = new Pair<>(type);
        this.write = write;
        this.size = size;
        for (int i = 0; i < size; i++) {
            once(i);
        }
    }

    private static <C extends SharedObject<?, ?>> Kind kind(String name, ChannelType<C> type, Write<C> write) {
        return new Kind(name, size -> new Keys<>(type, write, size));
    }

    @Override
    public void once(int i) {
        // A step that is prime to every size visits all keys, and not in the order in which they were made.
        write.on(pair.channel(0), "key-" + (int) (i * 7_919L % size), i / size);
        pair.deliver();
    }

    @Override
    public void check(int last) {
        String here = pair.channel(0).snapshot().toJson();
        String there = pair.channel(1).snapshot().toJson();
        if (!here.equals(there)) {
            throw new IllegalStateException("two clients have not the same after operation " + last);
        }
    }
}
