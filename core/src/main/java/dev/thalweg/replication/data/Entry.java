package dev.thalweg.replication.data;

import dev.thalweg.bytes.Sha256;
import dev.thalweg.crdt.Lattice;
import dev.thalweg.json.CompactJson;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a key, or a delta of it. Immutable.
 *
 * @param <S> the lattice
 */
final class Entry<S extends Lattice<S>> {
    /*
     * A key lives, is deleted, lives again. Its epoch counts that: even while it lives, odd while it is deleted. Of two
     * epochs the later one stands and the earlier one is gone with all that was in it; within an epoch states are
     * joined. So a deletion wins over whatever happens in the same epoch without having seen it, the next life starts
     * from nothing, and the whole is a lattice: the lexicographic product of a chain and a lattice that has a bottom.
     */
    static final int DIGEST_BYTES = 16;
    private static final int MAX_EPOCH = Integer.MAX_VALUE - 1;

    final Key<S> key;
    final int epoch;
    final @Nullable S state;
    private byte @Nullable [] digest;

    private Entry(Key<S> key, int epoch, @Nullable S state) {
        this.key = key;
        this.epoch = epoch;
        this.state = state;
    }

    /** What is there, or is to be joined to it, in an epoch in which the key lives. */
    static <S extends Lattice<S>> Entry<S> living(Key<S> key, int epoch, S state) {
        return new Entry<>(key, epoch, state);
    }

    /** The deletion that follows an epoch. */
    Entry<S> deletion() {
        return new Entry<>(key, state == null ? epoch : epoch + 1, null);
    }

    /** The same key in another epoch, or with another state. */
    Entry<S> at(int other, @Nullable S instead) {
        return new Entry<>(key, other, instead);
    }

    /** In which epoch a write belongs. */
    int epochOfWrites() {
        if (state == null && epoch >= MAX_EPOCH - 1) {
            throw new IllegalStateException("key " + key.name() + " has been deleted too often");
        }
        return state == null ? epoch + 1 : epoch;
    }

    boolean covers(Entry<S> other) {
        S mine = state;
        S theirs = other.state;
        return epoch != other.epoch ? epoch > other.epoch : mine == null || theirs == null || mine.covers(theirs);
    }

    Entry<S> join(Entry<S> other) {
        S mine = state;
        S theirs = other.state;
        if (epoch != other.epoch || mine == null || theirs == null) {
            return epoch >= other.epoch ? this : other;
        }
        return new Entry<>(key, epoch, mine.join(theirs));
    }

    /** Of the name, the epoch and the state. Not to be changed. */
    byte[] digest() {
        byte[] known = digest;
        if (known == null) {
            JsonArray all = new JsonArray(List.of(JsonValue.of(key.name()), toJson()));
            known = Arrays.copyOf(Sha256.digest(CompactJson.encode(all)), DIGEST_BYTES);
            digest = known;
        }
        return known;
    }

    /** {@code {"key":"<type>/<id>","epoch":…,"state":…}}, without a state where the key is deleted. */
    JsonObject toJson() {
        S there = state;
        return JsonObject.builder().put("key", key.name()).put("epoch", epoch)
                .putIfPresent("state", there == null ? null : there.toJson()).build();
    }

    /** Reads an entry. @param types by name */
    static Entry<?> read(JsonValue json, Map<String, DataType<?>> types) throws ProtocolException {
        JsonObject object = JsonCasts.object(json, "entry");
        String name = object.string("key");
        return read(object, name, key(name, types));
    }

    private static <S extends Lattice<S>> Entry<S> read(JsonObject object, String name, Key<S> key)
            throws ProtocolException {
        int epoch = object.integer("epoch", 0, MAX_EPOCH);
        JsonValue state = object.get("state");
        if ((state == null) != (epoch % 2 == 1)) {
            throw new ProtocolException(
                    name + " has epoch " + epoch + (state == null ? " and no state" : " and a state"));
        }
        return new Entry<>(key, epoch, state == null ? null : key.type().reader().read(state, name));
    }

    /** The key of that name. @param types by name */
    static Key<?> key(String name, Map<String, DataType<?>> types) throws ProtocolException {
        int slash = name.indexOf('/');
        DataType<?> type = slash < 0 ? null : types.get(name.substring(0, slash));
        if (type == null) {
            throw new ProtocolException("a key of no known type: " + shortened(name));
        }
        String id = name.substring(slash + 1);
        if (id.length() > Key.MAX_ID) {
            throw new ProtocolException(
                    "an id has at most " + Key.MAX_ID + " characters, one came with " + id.length());
        }
        return type.key(id);
    }

    private static String shortened(String name) {
        return name.length() <= 100 ? name : name.substring(0, 100);
    }
}
