package dev.thalweg.replication.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes that wait for other nodes, by the names of their keys. */
final class Writes {
    private final Map<String, List<Write>> waiting = new HashMap<>();

    private record Write(int change, Quorum quorum) {}

    /** Lets a write wait. @param change its number */
    void add(String key, int change, Quorum quorum) {
        waiting.computeIfAbsent(key, name -> new ArrayList<>()).add(new Write(change, quorum));
    }

    /** A node has the changes of a key up to one. */
    void acknowledged(String node, String key, int change) {
        List<Write> writes = waiting.get(key);
        if (writes == null) {
            return;
        }
        for (Write write : new ArrayList<>(writes)) {
            if (write.change <= change) {
                write.quorum.answered(node);
            }
        }
    }

    /** Forgets the writes of a key that are over. */
    void forget(String key) {
        List<Write> writes = waiting.get(key);
        if (writes != null) {
            writes.removeIf(write -> write.quorum.isOver());
            if (writes.isEmpty()) {
                waiting.remove(key);
            }
        }
    }

    /** No write is told of any acknowledgement any more. */
    void clear() {
        waiting.clear();
    }
}
