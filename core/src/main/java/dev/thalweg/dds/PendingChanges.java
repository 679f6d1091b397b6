package dev.thalweg.dds;

import dev.thalweg.json.JsonValue;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What this client did to keys and values and the service has not ordered yet.
 *
 * <p>Every method takes constant time, however much is pending.
 */
/*
 * The rule, after Fluid: pending changes form a list of lifetimes, deletions and clears. A lifetime is a run of sets of
 * one key that nothing pending interrupts. Its place in the list is where its first set stood and stays there when that
 * set is acknowledged, which is why the list cannot be derived anew from the operations that are left. The last entry
 * that is a clear or names a key decides what a reader sees of the key.
 *
 * The list is kept in three parts, so that nothing ever walks it:
 * - per key, its lifetimes and deletions in order (`keys`);
 * - spans, the stretches between clears: the closed ones each end in a clear, the open one takes what comes. An entry
 *   stands after every pending clear exactly when its span is the open one;
 * - per span, its lifetimes in order of their first set, linked so that one that has been acknowledged or rolled back
 *   leaves from the middle. Lifetimes that a deletion has ended stay in it and are passed over; each is passed over by
 *   one clear at most, since the clear closes the span.
 *
 * Acknowledgements come oldest first and rollbacks newest first, so a key's first or last entry is always the one meant.
 * Equal operations are different ones; they are compared by identity, to be sure that it is.
 */
@SuppressWarnings("ReferenceEquality")
final class PendingChanges {
    /** A stretch of the list that ends in a clear, or has not ended yet. */
    private static final class Span {
        private KeyedOperation.@Nullable Clear end;
        private @Nullable Lifetime first;
        private @Nullable Lifetime last;

        void append(Lifetime lifetime) {
            Lifetime before = last;
            lifetime.previous = before;
            if (before == null) {
                first = lifetime;
            } else {
                before.next = lifetime;
            }
            last = lifetime;
        }

        void unlink(Lifetime lifetime) {
            Lifetime before = lifetime.previous;
            Lifetime after = lifetime.next;
            if (before == null) {
                first = after;
            } else {
                before.next = after;
            }
            if (after == null) {
                last = before;
            } else {
                after.previous = before;
            }
        }
    }

    /** Something pending that names a key. */
    private abstract static sealed class Entry {
        final Span span;

        Entry(Span span) {
            this.span = span;
        }
    }

    private static final class Deletion extends Entry {
        final KeyedOperation.Delete operation;

        Deletion(Span span, KeyedOperation.Delete operation) {
            super(span);
            this.operation = operation;
        }
    }

    private static final class Lifetime extends Entry {
        final PendingKey key;
        final ArrayDeque<KeyedOperation.Set> sets = new ArrayDeque<>(2);
        @Nullable
        Lifetime previous;
        @Nullable
        Lifetime next;

        Lifetime(Span span, PendingKey key) {
            super(span);
            this.key = key;
        }

        JsonValue value() {
            return sets.getLast().value();
        }
    }

    /** The entries of one key, at least one. */
    private static final class PendingKey {
        final String name;
        final ArrayDeque<Entry> entries = new ArrayDeque<>(2);
        int deletions;

        PendingKey(String name) {
            this.name = name;
        }
    }

    private final Map<String, PendingKey> keys = new HashMap<>();
    private final ArrayDeque<Span> closed = new ArrayDeque<>(2);
    private Span open = new Span();

    /** Whether a clear is pending: nothing sequenced shows then. */
    boolean clearing() {
        return !closed.isEmpty();
    }

    /** Whether a set or deletion of the key is pending. */
    boolean names(String key) {
        return keys.containsKey(key);
    }

    /** Whether a change of this key would not show, since something pending stands over it. */
    boolean covers(String key) {
        return clearing() || names(key);
    }

    /**
     * Whether the sequenced value of a key does not hold its place for readers: it is gone, or was set again later and
     * comes where that lifetime stands.
     */
    boolean displaces(String key) {
        if (clearing()) {
            return true;
        }
        PendingKey pending = keys.get(key);
        return pending != null && pending.deletions > 0;
    }

    /** What a reader sees of a key. @param sequenced what it holds without anything pending, or null */
    @Nullable
    JsonValue read(String key, @Nullable JsonValue sequenced) {
        PendingKey pending = keys.get(key);
        if (pending != null) {
            Entry last = pending.entries.getLast();
            if (last.span == open) {
                return last instanceof Lifetime lifetime ? lifetime.value() : null;
            }
        }
        return clearing() ? null : sequenced;
    }

    /** Visits the lifetimes that readers see, in the order of their first sets. */
    void visit(KeyedValues.Visitor visitor) {
        for (Lifetime lifetime = open.first; lifetime != null; lifetime = lifetime.next) {
            if (lifetime.key.entries.getLast() == lifetime) {
                visitor.visit(lifetime.key.name, lifetime.value());
            }
        }
    }

    /** Visits the keys of all lifetimes, those that were ended included, in the order of their first sets. */
    void visitLifetimes(Consumer<String> visitor) {
        for (Span span : closed) {
            visitLifetimes(span, visitor);
        }
        visitLifetimes(open, visitor);
    }

    private static void visitLifetimes(Span span, Consumer<String> visitor) {
        for (Lifetime lifetime = span.first; lifetime != null; lifetime = lifetime.next) {
            visitor.accept(lifetime.key.name);
        }
    }

    void add(KeyedOperation.Set operation) {
        PendingKey key = key(operation.key());
        Entry last = key.entries.peekLast();
        if (last instanceof Lifetime lifetime && last.span == open) {
            lifetime.sets.addLast(operation);
            return;
        }
        Lifetime lifetime = new Lifetime(open, key);
        lifetime.sets.addLast(operation);
        key.entries.addLast(lifetime);
        open.append(lifetime);
    }

    void add(KeyedOperation.Delete operation) {
        PendingKey key = key(operation.key());
        key.entries.addLast(new Deletion(open, operation));
        key.deletions++;
    }

    void add(KeyedOperation.Clear operation) {
        open.end = operation;
        closed.addLast(open);
        open = new Span();
    }

    void acknowledge(KeyedOperation.Set operation) {
        PendingKey key = known(operation.key(), operation);
        if (!(key.entries.peekFirst() instanceof Lifetime lifetime) || lifetime.sets.peekFirst() != operation) {
            throw unknown(operation);
        }
        lifetime.sets.removeFirst();
        if (lifetime.sets.isEmpty()) {
            key.entries.removeFirst();
            leave(lifetime);
        }
    }

    void acknowledge(KeyedOperation.Delete operation) {
        PendingKey key = known(operation.key(), operation);
        if (!(key.entries.peekFirst() instanceof Deletion deletion) || deletion.operation != operation) {
            throw unknown(operation);
        }
        key.entries.removeFirst();
        leave(key);
    }

    void acknowledge(KeyedOperation.Clear operation) {
        Span span = closed.peekFirst();
        if (span == null || span.end != operation || span.first != null) {
            throw unknown(operation);
        }
        closed.removeFirst();
    }

    void rollback(KeyedOperation.Set operation) {
        PendingKey key = known(operation.key(), operation);
        if (!(key.entries.peekLast() instanceof Lifetime lifetime) || lifetime.sets.peekLast() != operation) {
            throw unknown(operation);
        }
        lifetime.sets.removeLast();
        if (lifetime.sets.isEmpty()) {
            key.entries.removeLast();
            leave(lifetime);
        }
    }

    void rollback(KeyedOperation.Delete operation) {
        PendingKey key = known(operation.key(), operation);
        if (!(key.entries.peekLast() instanceof Deletion deletion) || deletion.operation != operation) {
            throw unknown(operation);
        }
        key.entries.removeLast();
        leave(key);
    }

    void rollback(KeyedOperation.Clear operation) {
        Span span = closed.peekLast();
        if (span == null || span.end != operation || open.first != null) {
            throw unknown(operation);
        }
        closed.removeLast();
        span.end = null;
        open = span;
    }

    /** Counts what is pending and throws an {@link IllegalStateException} when the parts disagree. For tests. */
    int check() {
        int sets = 0;
        int deletions = 0;
        int lifetimes = 0;
        for (PendingKey key : keys.values()) {
            require(!key.entries.isEmpty(), "nothing pending for", key.name);
            int deletionsOfKey = 0;
            for (Entry entry : key.entries) {
                require(entry.span == open || closed.contains(entry.span), "lost span of", key.name);
                if (entry instanceof Lifetime lifetime) {
                    require(!lifetime.sets.isEmpty(), "empty lifetime of", key.name);
                    sets += lifetime.sets.size();
                    lifetimes++;
                } else {
                    deletionsOfKey++;
                }
            }
            require(deletionsOfKey == key.deletions, "miscounted deletions of", key.name);
            deletions += deletionsOfKey;
        }
        int linked = linked(open);
        for (Span span : closed) {
            require(span.end != null, "span without", "end");
            linked += linked(span);
        }
        require(linked == lifetimes, "lifetimes linked and held differ:", linked + " and " + lifetimes);
        return sets + deletions + closed.size();
    }

    private static int linked(Span span) {
        int linked = 0;
        Lifetime before = null;
        for (Lifetime lifetime = span.first; lifetime != null; lifetime = lifetime.next) {
            require(lifetime.previous == before && lifetime.span == span, "broken link at", lifetime.key.name);
            before = lifetime;
            linked++;
        }
        require(span.last == before, "span without", "last");
        return linked;
    }

    private static void require(boolean holds, String what, String where) {
        if (!holds) {
            throw new IllegalStateException(what + " " + where);
        }
    }

    private PendingKey key(String name) {
        PendingKey key = keys.get(name);
        if (key == null) {
            key = new PendingKey(name);
            keys.put(name, key);
        }
        return key;
    }

    private PendingKey known(String name, KeyedOperation operation) {
        PendingKey key = keys.get(name);
        if (key == null) {
            throw unknown(operation);
        }
        return key;
    }

    private void leave(Lifetime lifetime) {
        lifetime.span.unlink(lifetime);
        forgetIfEmpty(lifetime.key);
    }

    private void leave(PendingKey key) {
        key.deletions--;
        forgetIfEmpty(key);
    }

    private void forgetIfEmpty(PendingKey key) {
        if (key.entries.isEmpty()) {
            keys.remove(key.name);
        }
    }

    private static IllegalStateException unknown(KeyedOperation operation) {
        return new IllegalStateException("not the operation that is due: " + operation.toJson().toJson());
    }
}
