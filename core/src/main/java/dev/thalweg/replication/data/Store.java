package dev.thalweg.replication.data;

import dev.thalweg.bytes.Hex;
import dev.thalweg.bytes.Sha256;
import dev.thalweg.crdt.Lattice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a node, in buckets by the hash of their names. A bucket's digest is the exclusive or of its entries'
 * digests and is brought up to date when it is asked for: a change costs nothing until then, and then what it changed.
 */
final class Store {
    static final int BUCKETS = 64;

    private final Map<String, Entry<?>> entries = new HashMap<>();
    private final List<Bucket> buckets = new ArrayList<>();

    private static final class Bucket {
        final Map<String, byte[]> counted = new HashMap<>();
        final Set<String> changed = new HashSet<>();
        final byte[] sum = new byte[Entry.DIGEST_BYTES];

        void add(byte[] digest) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] ^= digest[i];
            }
        }
    }

    Store() {
        for (int i = 0; i < BUCKETS; i++) {
            buckets.add(new Bucket());
        }
    }

    @Nullable
    Entry<?> get(String name) {
        return entries.get(name);
    }

    /** The entry of a key, whose type is that of the entry. */
    @SuppressWarnings("unchecked") // a name has the type's name in it, and a node knows one type of a name
    <S extends Lattice<S>> @Nullable Entry<S> get(Key<S> key) {
        return (Entry<S>) entries.get(key.name());
    }

    void put(Entry<?> entry) {
        String name = entry.key.name();
        entries.put(name, entry);
        buckets.get(bucket(name)).changed.add(name);
    }

    /** Forgets a key. */
    void remove(String name) {
        entries.remove(name);
        buckets.get(bucket(name)).changed.add(name);
    }

    /** Forgets everything. */
    void clear() {
        for (String name : new ArrayList<>(entries.keySet())) {
            remove(name);
        }
    }

    Collection<Entry<?>> all() {
        return entries.values();
    }

    static int bucket(String name) {
        int hash = name.hashCode();
        return (hash ^ hash >>> 16) & BUCKETS - 1;
    }

    /** The digest of a bucket, in hexadecimal. */
    String digest(int number) {
        return Hex.encode(upToDate(number).sum);
    }

    /** The digests of a bucket's entries, by name. Not to be changed. */
    Map<String, byte[]> digests(int number) {
        return upToDate(number).counted;
    }

    /** The digest of everything. */
    String digest() {
        byte[] all = new byte[BUCKETS * Entry.DIGEST_BYTES];
        for (int i = 0; i < BUCKETS; i++) {
            System.arraycopy(upToDate(i).sum, 0, all, i * Entry.DIGEST_BYTES, Entry.DIGEST_BYTES);
        }
        return Hex.encode(Sha256.digest(all));
    }

    private Bucket upToDate(int number) {
        Bucket bucket = buckets.get(number);
        for (String name : bucket.changed) {
            byte[] before = bucket.counted.get(name);
            if (before != null) {
                bucket.add(before);
            }
            Entry<?> entry = entries.get(name);
            if (entry == null) {
                bucket.counted.remove(name);
            } else {
                byte[] digest = entry.digest();
                bucket.add(digest);
                bucket.counted.put(name, digest);
            }
        }
        bucket.changed.clear();
        return bucket;
    }
}
