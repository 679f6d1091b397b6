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

    @Override
    public Iterator<Node<K, V>> iterator() {
        Walk<K, V> walk = new Walk<>();
        walk.descend(root);
        return walk;
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

    private static final class Walk<K, V> implements Iterator<Node<K, V>> {
        private final ArrayDeque<Node<K, V>> path = new ArrayDeque<>();

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
