package dev.thalweg.crdt;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map sorted by key. A change copies the path to the key and shares the rest, O(log n), so that a state
 * of any size can be kept beside the one before it.
 *
 * <p>An AVL tree: its depth does not depend on what the keys hash to, since keys come from other people.
 *
 * @param <K> keys, in their natural order; strings sort by UTF-16 code unit
 * @param <V> values
 */
final class PersistentMap<K extends Comparable<? super K>, V> implements Iterable<PersistentMap.Node<K, V>> {
    private static final PersistentMap<?, ?> EMPTY = new PersistentMap<String, String>(null);

    private final @Nullable Node<K, V> root;

    private PersistentMap(@Nullable Node<K, V> root) {
        this.root = root;
    }

    /** A key with its value. */
    static final class Node<K, V> {
        final K key;
        final V value;
        private final @Nullable Node<K, V> left;
        private final @Nullable Node<K, V> right;
        private final int height;
        private final int size;

        Node(K key, V value, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
            this.key = key;
            this.value = value;
            this.left = left;
            this.right = right;
            this.height = 1 + Math.max(height(left), height(right));
            this.size = 1 + size(left) + size(right);
        }
    }

    /* Holds nothing, so it is a map of any kind. */
    @SuppressWarnings("unchecked")
    static <K extends Comparable<? super K>, V> PersistentMap<K, V> empty() {
        return (PersistentMap<K, V>) EMPTY;
    }

    int size() {
        return size(root);
    }

    /** Levels of the tree, for tests. */
    int height() {
        return height(root);
    }

    /** Throws an {@link IllegalStateException} when two sides differ by more than one level. For tests. */
    void check() {
        check(root);
    }

    private static void check(@Nullable Node<?, ?> node) {
        if (node != null) {
            if (Math.abs(height(node.left) - height(node.right)) > 1) {
                throw new IllegalStateException(
                        "sides of " + height(node.left) + " and " + height(node.right) + " levels");
            }
            check(node.left);
            check(node.right);
        }
    }

    boolean isEmpty() {
        return root == null;
    }

    @Nullable
    V get(K key) {
        Node<K, V> node = root;
        while (node != null) {
            int side = key.compareTo(node.key);
            if (side == 0) {
                return node.value;
            }
            node = side < 0 ? node.left : node.right;
        }
        return null;
    }

    boolean has(K key) {
        return get(key) != null;
    }

    PersistentMap<K, V> with(K key, V value) {
        return new PersistentMap<>(put(root, key, value));
    }

    PersistentMap<K, V> without(K key) {
        if (!has(key)) {
            return this;
        }
        Node<K, V> rest = remove(root, key);
        return rest == null ? empty() : new PersistentMap<>(rest);
    }

    /**
     * All entries of both maps. What the two share is taken over unread, so that joining a state with one that grew out
     * of it costs as much as the growth; a map that has all of the other's comes back itself.
     *
     * @param both what stands where both have the key
     */
    PersistentMap<K, V> union(PersistentMap<K, V> other, Join<V> both) {
        Node<K, V> joined = union(root, other.root, both);
        return Identity.same(joined, root) ? this : new PersistentMap<>(joined);
    }

    /** The entries whose key is between two, both inclusive. O(log n). */
    PersistentMap<K, V> range(K least, K greatest) {
        Split<K, V> low = Split.at(root, least);
        Node<K, V> upper = low.found == null ? low.right : put(low.right, least, low.found.value);
        Split<K, V> high = Split.at(upper, greatest);
        return new PersistentMap<>(high.found == null ? high.left : put(high.left, greatest, high.found.value));
    }

    /**
     * Visits the keys whose values are not the very same object in both maps, in order, passing over what the two
     * share.
     *
     * @param missing whether keys that only this map has are visited too
     */
    void differences(PersistentMap<K, V> other, boolean missing, Difference<K, V> visitor) {
        differences(root, other.root, missing, visitor);
    }

    /** What stands where two maps have a key. */
    @FunctionalInterface
    interface Join<V> {
        V join(V mine, V theirs);
    }

    /** Hears of a key at which two maps differ; at least one value is there. */
    @FunctionalInterface
    interface Difference<K, V> {
        void visit(K key, @Nullable V mine, @Nullable V theirs);
    }

    @Override
    public Iterator<Node<K, V>> iterator() {
        return new Walk<>(root);
    }

    /** The entries whose key is at least this one, in order. */
    Iterator<Node<K, V>> from(K least) {
        Walk<K, V> walk = new Walk<>();
        Node<K, V> node = root;
        while (node != null) {
            if (least.compareTo(node.key) <= 0) {
                walk.path.push(node);
                node = node.left;
            } else {
                node = node.right;
            }
        }
        return walk;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof PersistentMap<?, ?> that) || that.size() != size()) {
            return false;
        }
        Iterator<? extends Node<?, ?>> theirs = that.iterator();
        for (Node<K, V> mine : this) {
            Node<?, ?> their = theirs.next();
            if (!mine.key.equals(their.key) || !Objects.equals(mine.value, their.value)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (Node<K, V> node : this) {
            hash = 31 * hash + (node.key.hashCode() ^ Objects.hashCode(node.value));
        }
        return hash;
    }

    private static int height(@Nullable Node<?, ?> node) {
        return node == null ? 0 : node.height;
    }

    private static int size(@Nullable Node<?, ?> node) {
        return node == null ? 0 : node.size;
    }

    private static <K extends Comparable<? super K>, V> Node<K, V> put(@Nullable Node<K, V> node, K key, V value) {
        if (node == null) {
            return new Node<>(key, value, null, null);
        }
        int side = key.compareTo(node.key);
        if (side == 0) {
            return new Node<>(node.key, value, node.left, node.right);
        }
        return side < 0 ? balance(node.key, node.value, put(node.left, key, value), node.right)
                : balance(node.key, node.value, node.left, put(node.right, key, value));
    }

    private static <K extends Comparable<? super K>, V> @Nullable Node<K, V> remove(@Nullable Node<K, V> node, K key) {
        if (node == null) {
            return null;
        }
        int side = key.compareTo(node.key);
        if (side < 0) {
            return balance(node.key, node.value, remove(node.left, key), node.right);
        }
        if (side > 0) {
            return balance(node.key, node.value, node.left, remove(node.right, key));
        }
        if (node.left == null) {
            return node.right;
        }
        if (node.right == null) {
            return node.left;
        }
        Node<K, V> next = node.right;
        while (next.left != null) {
            next = next.left;
        }
        return balance(next.key, next.value, node.left, remove(node.right, next.key));
    }

    private static <K extends Comparable<? super K>, V> @Nullable Node<K, V> union(@Nullable Node<K, V> mine,
            @Nullable Node<K, V> theirs, Join<V> both) {
        if (mine == null) {
            return theirs;
        }
        if (theirs == null || Identity.same(theirs, mine)) {
            return mine;
        }
        Split<K, V> split = Split.at(theirs, mine.key);
        Node<K, V> left = union(mine.left, split.left, both);
        Node<K, V> right = union(mine.right, split.right, both);
        V value = split.found == null || Identity.same(split.found.value, mine.value) ? mine.value
                : both.join(mine.value, split.found.value);
        return Identity.same(left, mine.left) && Identity.same(right, mine.right) && Identity.same(value, mine.value)
                ? mine
                : concat(mine.key, value, left, right);
    }

    private static <K extends Comparable<? super K>, V> void differences(@Nullable Node<K, V> mine,
            @Nullable Node<K, V> theirs, boolean missing, Difference<K, V> visitor) {
        if (Identity.same(mine, theirs) || theirs == null && !missing) {
            return;
        }
        if (mine == null) {
            for (Walk<K, V> walk = new Walk<>(theirs); walk.hasNext();) {
                Node<K, V> node = walk.next();
                visitor.visit(node.key, null, node.value);
            }
            return;
        }
        Split<K, V> split = Split.at(theirs, mine.key);
        differences(mine.left, split.left, missing, visitor);
        V their = split.found == null ? null : split.found.value;
        if (!Identity.same(their, mine.value) && (their != null || missing)) {
            visitor.visit(mine.key, mine.value, their);
        }
        differences(mine.right, split.right, missing, visitor);
    }

    /* A tree of two and what stands between them, whatever their heights. */
    private static <K, V> Node<K, V> concat(K key, V value, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
        if (left != null && left.height > height(right) + 1) {
            return balance(left.key, left.value, left.left, concat(key, value, left.right, right));
        }
        if (right != null && right.height > height(left) + 1) {
            return balance(right.key, right.value, concat(key, value, left, right.left), right.right);
        }
        return new Node<>(key, value, left, right);
    }

    /* The two sides differ by at most two levels: one change was made below a balanced node. */
    private static <K, V> Node<K, V> balance(K key, V value, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
        if (left != null && left.height > height(right) + 1) {
            Node<K, V> inner = left.right;
            if (inner != null && inner.height > height(left.left)) {
                return new Node<>(inner.key, inner.value, new Node<>(left.key, left.value, left.left, inner.left),
                        new Node<>(key, value, inner.right, right));
            }
            return new Node<>(left.key, left.value, left.left, new Node<>(key, value, inner, right));
        }
        if (right != null && right.height > height(left) + 1) {
            Node<K, V> inner = right.left;
            if (inner != null && inner.height > height(right.right)) {
                return new Node<>(inner.key, inner.value, new Node<>(key, value, left, inner.left),
                        new Node<>(right.key, right.value, inner.right, right.right));
            }
            return new Node<>(right.key, right.value, new Node<>(key, value, left, inner), right.right);
        }
        return new Node<>(key, value, left, right);
    }

    /** A tree cut at a key. Parts that lie on one side are not copied. */
    private record Split<K, V>(@Nullable Node<K, V> left, @Nullable Node<K, V> found, @Nullable Node<K, V> right) {
        static <K extends Comparable<? super K>, V> Split<K, V> at(@Nullable Node<K, V> node, K key) {
            if (node == null) {
                return new Split<>(null, null, null);
            }
            int side = key.compareTo(node.key);
            if (side == 0) {
                return new Split<>(node.left, node, node.right);
            }
            if (side < 0) {
                Split<K, V> below = at(node.left, key);
                return new Split<>(below.left, below.found,
                        Identity.same(below.right, node.left) ? node
                                : concat(node.key, node.value, below.right, node.right));
            }
            Split<K, V> above = at(node.right, key);
            return new Split<>(
                    Identity.same(above.left, node.right) ? node : concat(node.key, node.value, node.left, above.left),
                    above.found, above.right);
        }
    }

    private static final class Walk<K, V> implements Iterator<Node<K, V>> {
        private final ArrayDeque<Node<K, V>> path = new ArrayDeque<>();

        Walk() {}

        Walk(@Nullable Node<K, V> top) {
            descend(top);
        }

        void descend(@Nullable Node<K, V> top) {
            for (Node<K, V> node = top; node != null; node = node.left) {
                path.push(node);
            }
        }

        @Override
        public boolean hasNext() {
            return !path.isEmpty();
        }

        @Override
        public Node<K, V> next() {
            Node<K, V> node = path.poll();
            if (node == null) {
                throw new NoSuchElementException();
            }
            descend(node.right);
            return node;
        }
    }
}
