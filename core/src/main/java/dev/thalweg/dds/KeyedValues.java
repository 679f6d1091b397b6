package dev.thalweg.dds;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keys and values that many clients write: what has been sequenced, in the order in which keys came, and this client's
 * pending changes on top. For kernels.
 *
 * @param <E> the structure's events
 */
/*
 * An own operation changes nothing a reader sees when its acknowledgement comes, and tells nobody. Another client's
 * shows only where nothing pending stands over it. So events and what a reader sees change together, and `size` is
 * counted along with them.
 */
public final class KeyedValues<E extends ChannelEvent> {
    /** Hears of keys and values in order. */
    public interface Visitor {
        /** One of them. */
        void visit(String key, JsonValue value);
    }

    /** How a structure says what changed for its readers. @param <E> its events */
    public interface Wording<E> {
        /** A key has another value, or none. @param previous what a reader saw before, or null when that was nothing */
        E changed(String key, @Nullable JsonValue previous, boolean local);

        /** Everything was taken out. */
        E cleared(boolean local);

        /** Whether a clear is followed by a change of each key that went. */
        boolean namesCleared();
    }

    private final Wording<E> wording;
    private final PendingChanges pending = new PendingChanges();
    private final PendingOperations<KeyedOperation> order = new PendingOperations<>();
    private Map<String, JsonValue> sequenced = new LinkedHashMap<>();
    private int size;

    /** With no keys. */
    public KeyedValues(Wording<E> wording) {
        this.wording = wording;
    }

    /** Takes a key and value out of a summary. For loading, before anything else. */
    public void load(String key, JsonValue value) {
        sequenced.put(key, value);
        size = sequenced.size();
    }

    /** What a reader sees of a key, or null. */
    public @Nullable JsonValue get(String key) {
        return pending.read(key, sequenced.get(key));
    }

    /** How many keys a reader sees. */
    public int size() {
        return size;
    }

    /** Whether what a reader sees of a key rests on something that has not been sequenced. */
    public boolean pending(String key) {
        return pending.names(key) || pending.clearing() && sequenced.containsKey(key);
    }

    /** What has been sequenced, in the order in which keys came; a view. */
    public Map<String, JsonValue> sequenced() {
        return Collections.unmodifiableMap(sequenced);
    }

    /**
     * Visits what a reader sees: first what was sequenced and is not pending to go, in the order in which it came, then
     * what is pending, in the order in which it was first set.
     */
    public void visit(Visitor visitor) {
        if (!pending.clearing()) {
            for (Map.Entry<String, JsonValue> entry : sequenced.entrySet()) {
                String key = entry.getKey();
                JsonValue value = pending.displaces(key) ? null : pending.read(key, entry.getValue());
                if (value != null) {
                    visitor.visit(key, value);
                }
            }
        }
        pending.visit((key, value) -> {
            if (pending.displaces(key) || !sequenced.containsKey(key)) {
                visitor.visit(key, value);
            }
        });
    }

    /** Visits the keys that sets are pending for, in the order in which they were first set; one set anew comes again. */
    public void visitPendingSets(Consumer<String> visitor) {
        pending.visitLifetimes(visitor);
    }

    /** What a reader sees, as an object. */
    public JsonObject toJson() {
        JsonObject.Builder members = JsonObject.builder();
        visit(members::put);
        return members.build();
    }

    /** An operation made while nobody else sees the structure. */
    public List<E> detached(KeyedOperation operation) {
        return switch (operation) {
            case KeyedOperation.Set set -> {
                JsonValue previous = sequenced.put(set.key(), set.value());
                yield changed(set.key(), previous, 1, true);
            }
            case KeyedOperation.Delete delete -> {
                JsonValue previous = sequenced.remove(delete.key());
                yield previous == null ? List.of() : changed(delete.key(), previous, 0, true);
            }
            case KeyedOperation.Clear clear -> {
                List<E> events = cleared();
                sequenced = new LinkedHashMap<>();
                yield events;
            }
        };
    }

    /** An operation made here, from now on pending. */
    public List<E> local(KeyedOperation operation) {
        order.add(operation);
        return switch (operation) {
            case KeyedOperation.Set set -> {
                JsonValue previous = get(set.key());
                pending.add(set);
                yield changed(set.key(), previous, 1, true);
            }
            case KeyedOperation.Delete delete -> {
                JsonValue previous = get(delete.key());
                pending.add(delete);
                yield previous == null ? List.of() : changed(delete.key(), previous, 0, true);
            }
            case KeyedOperation.Clear clear -> {
                List<E> events = cleared();
                pending.add(clear);
                yield events;
            }
        };
    }

    /** An operation of another client was sequenced. */
    public List<E> sequenced(KeyedOperation operation) {
        return switch (operation) {
            case KeyedOperation.Set set -> {
                JsonValue previous = sequenced.put(set.key(), set.value());
                yield pending.covers(set.key()) ? List.of() : changed(set.key(), previous, 1, false);
            }
            case KeyedOperation.Delete delete -> {
                JsonValue previous = sequenced.remove(delete.key());
                yield pending.covers(delete.key()) ? List.of() : changed(delete.key(), previous, 0, false);
            }
            case KeyedOperation.Clear clear -> {
                List<E> events = pending.clearing() ? List.of() : clearedByOther();
                sequenced = new LinkedHashMap<>();
                yield events;
            }
        };
    }

    /** The oldest pending operation was sequenced. Readers see nothing of it. */
    public void acknowledge(KeyedOperation operation) {
        takeOut(operation);
        switch (operation) {
            case KeyedOperation.Set set -> sequenced.put(set.key(), set.value());
            case KeyedOperation.Delete delete -> sequenced.remove(delete.key());
            case KeyedOperation.Clear clear -> sequenced = new LinkedHashMap<>();
        }
    }

    /** The oldest pending operation will not be sequenced here. For what nobody can see any more: tells nothing. */
    public void drop(KeyedOperation operation) {
        switch (operation) {
            case KeyedOperation.Set set -> dropAt(set.key(), set);
            case KeyedOperation.Delete delete -> dropAt(delete.key(), delete);
            case KeyedOperation.Clear clear -> {
                takeOut(clear);
                if (!sequenced.isEmpty()) {
                    recount();
                }
            }
        }
    }

    /** Takes the newest pending operation back. */
    public List<E> rollback(KeyedOperation operation) {
        order.rollback(operation);
        return switch (operation) {
            case KeyedOperation.Set set -> {
                pending.rollback(set);
                yield changed(set.key(), set.value(), get(set.key()) == null ? 0 : 1, true);
            }
            case KeyedOperation.Delete delete -> {
                pending.rollback(delete);
                yield get(delete.key()) == null ? List.of() : changed(delete.key(), null, 1, true);
            }
            case KeyedOperation.Clear clear -> {
                pending.rollback(clear);
                List<E> events = new ArrayList<>();
                visit((key, value) -> events.add(wording.changed(key, null, true)));
                size = events.size();
                yield events;
            }
        };
    }

    /** Forgets what was sequenced and keeps what is pending. Tells nothing. */
    public void forgetSequenced() {
        sequenced = new LinkedHashMap<>();
        recount();
    }

    /**
     * Throws an {@link IllegalStateException} unless what a reader sees is what results when the pending operations are
     * simply done, one after another. For tests.
     */
    public void check() {
        Map<String, JsonValue> expected = new LinkedHashMap<>(sequenced);
        for (KeyedOperation operation : order.all()) {
            switch (operation) {
                case KeyedOperation.Set set -> expected.put(set.key(), set.value());
                case KeyedOperation.Delete delete -> expected.remove(delete.key());
                case KeyedOperation.Clear clear -> expected.clear();
            }
        }
        Map<String, JsonValue> seen = new LinkedHashMap<>();
        visit((key, value) -> {
            if (seen.put(key, value) != null) {
                throw new IllegalStateException("visited twice: " + key);
            }
        });
        if (!seen.equals(expected) || size != seen.size()) {
            throw new IllegalStateException(
                    "readers see " + seen + " and a size of " + size + " where " + expected + " is due");
        }
        for (String key : seen.keySet()) {
            if (!seen.get(key).equals(get(key))) {
                throw new IllegalStateException("visited and read differ at " + key);
            }
        }
        int held = pending.check();
        if (held != order.size()) {
            throw new IllegalStateException("holds " + held + " of " + order.size() + " pending operations");
        }
    }

    private void takeOut(KeyedOperation operation) {
        order.acknowledge(operation);
        switch (operation) {
            case KeyedOperation.Set set -> pending.acknowledge(set);
            case KeyedOperation.Delete delete -> pending.acknowledge(delete);
            case KeyedOperation.Clear clear -> pending.acknowledge(clear);
        }
    }

    /** @param now 1 when the key has a value now, 0 when it has none */
    private List<E> changed(String key, @Nullable JsonValue previous, int now, boolean local) {
        size += now - (previous == null ? 0 : 1);
        return List.of(wording.changed(key, previous, local));
    }

    /** A clear, made here, of all that a reader sees. */
    private List<E> cleared() {
        if (!wording.namesCleared()) {
            size = 0;
            return List.of(wording.cleared(true));
        }
        List<E> events = new ArrayList<>();
        events.add(wording.cleared(true));
        visit((key, value) -> events.add(wording.changed(key, value, true)));
        size = 0;
        return events;
    }

    /** A clear of all that a reader sees and that this client has nothing pending for. */
    private List<E> clearedByOther() {
        List<E> events = new ArrayList<>();
        events.add(wording.cleared(false));
        for (Map.Entry<String, JsonValue> entry : sequenced.entrySet()) {
            if (!pending.names(entry.getKey())) {
                if (wording.namesCleared()) {
                    events.add(wording.changed(entry.getKey(), entry.getValue(), false));
                }
                size--;
            }
        }
        return events;
    }

    private void dropAt(String key, KeyedOperation operation) {
        int before = get(key) == null ? 0 : 1;
        takeOut(operation);
        size += (get(key) == null ? 0 : 1) - before;
    }

    private void recount() {
        size = 0;
        visit((key, value) -> size++);
    }
}
