package dev.thalweg.replication.data;

import dev.thalweg.crdt.Lattice;
import dev.thalweg.platform.Subscription;
import dev.thalweg.replication.Subscribers;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/** Who hears of which key, and what there is to be told. */
final class Notices {
    private final Map<String, Subscribers<DistributedData.Listener<?>>> listeners = new HashMap<>();
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private boolean telling;

    Subscription subscribe(String key, DistributedData.Listener<?> listener) {
        return listeners.computeIfAbsent(key, name -> new Subscribers<>()).add(listener);
    }

    @SuppressWarnings("unchecked") // what listens to a key has the key's type
    <S extends Lattice<S>> void add(Key<S> key, DataEvent<S> event) {
        Subscribers<DistributedData.Listener<?>> all = listeners.get(key.name());
        if (all != null) {
            all.queue(waiting, listener -> ((DistributedData.Listener<S>) listener).happened(event));
        }
    }

    /** An entry is forgotten, to be fetched anew. */
    <S extends Lattice<S>> void forgotten(Entry<S> entry) {
        if (entry.state != null) {
            add(entry.key, new DataEvent.Deleted<>());
        }
    }

    /** Tells what waits, and what is caused by that, unless it is being told already. */
    void tell() {
        if (telling) {
            return;
        }
        telling = true;
        try {
            Subscribers.run(waiting);
        } finally {
            telling = false;
        }
    }

    /** Nobody is told anything any more. */
    void clear() {
        waiting.clear();
    }
}
