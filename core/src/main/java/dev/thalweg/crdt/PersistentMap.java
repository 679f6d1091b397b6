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
        Rest<K, V> mine = new Rest<>(root);
        Rest<K, V> theirs = new Rest<>(other.root);
        while (theirs.size > 0 || missing && mine.size > 0) {
            Node<K, V> my = mine.top();
            Node<K, V> their = theirs.top();
            if (Identity.same(my, their) && mine.isWhole() == theirs.isWhole()) {
                mine.drop();
                theirs.drop();
            } else if (mine.isWhole() && (!theirs.isWhole() || height(my) >= height(their))) {
                mine.open(missing || theirs.isWhole() ? null : their);
            } else if (theirs.isWhole()) {
                theirs.open(null);
            } else {
                visit(mine, my, theirs, their, missing, visitor);
            }
        }
    }

    /* Both are single nodes, or none is left. */
    private static <K extends Comparable<? super K>, V> void visit(Rest<K, V> mine, @Nullable Node<K, V> my,
            Rest<K, V> theirs, @Nullable Node<K, V> their, boolean missing, Difference<K, V> visitor) {
        int side = my == null ? 1 : their == null ? -1 : my.key.compareTo(their.key);
        V one = null;
        V two = null;
        K key = null;
        if (my != null && side <= 0) {
            key = my.key;
            one = my.value;
            mine.drop();
        }
        if (their != null && side >= 0) {
            key = their.key;
            two = their.value;
            theirs.drop();
        }
        if (key != null && !Identity.same(one, two) && (two != null || missing)) {
            visitor.visit(key, one, two);
        }
    }

    /** Some key and value, or null when there are none. */
    @Nullable
    Node<K, V> any() {
        return root;
    }

    /**
     * Whether both have the same keys, each value is like the other's, and the trees are of one shape: at a glance, so
     * that maps of other shapes may be alike all the same.
     */
    boolean isLike(PersistentMap<K, V> other, Likeness<V> values) {
        return isLike(root, other.root, values);
    }

    /** Whether two values are alike. */
    @FunctionalInterface
    interface Likeness<V> {
        boolean alike(V mine, V theirs);
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

    private static <K extends Comparable<? super K>, V> boolean isLike(@Nullable Node<K, V> mine,
            @Nullable Node<K, V> theirs, Likeness<V> values) {
        if (mine == null || theirs == null || Identity.same(mine, theirs)) {
            return Identity.same(mine, theirs);
        }
        return mine.key.compareTo(theirs.key) == 0 && values.alike(mine.value, theirs.value)
                && isLike(mine.left, theirs.left, values) && isLike(mine.right, theirs.right, values);
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

    /**
     * What is left of a tree to be gone through, in order: trees that nobody has looked into yet, and single nodes. Two
     * trees are gone through together: what is one tree in both is passed over, and the higher of two is opened first,
     * so that what they share comes to stand at the top of both sooner or later. One key that only one of them has makes
     * as many trees be opened as there are levels.
     */
    private static final class Rest<K extends Comparable<? super K>, V> {
        /* An AVL tree of 2^31 nodes has 45 levels; each leaves a node and the tree on its right. */
        private static final int MOST = 96;

        @SuppressWarnings("unchecked") // holds nothing else
        private final @Nullable Node<K, V>[] nodes = (@Nullable Node<K, V>[]) new Node<?, ?>[MOST];
        private final boolean[] whole = new boolean[MOST];
        int size;

        Rest(@Nullable Node<K, V> root) {
            push(root, true);
        }

        @Nullable
        Node<K, V> top() {
            return size == 0 ? null : nodes[size - 1];
        }

        boolean isWhole() {
            return size > 0 && whole[size - 1];
        }

        void drop() {
            size--;
        }

        /** Puts the parts of the top in its place, without those that come before another node. */
        void open(@Nullable Node<K, V> until) {
            Node<K, V> node = top();
            size--;
            if (node != null) {
                push(node.right, true);
                if (until == null || node.key.compareTo(until.key) >= 0) {
                    push(node, false);
                    push(node.left, true);
                }
            }
        }

        private void push(@Nullable Node<K, V> node, boolean tree) {
            if (node != null) {
                nodes[size] = node;
                whole[size++] = tree && node.height > 1;
            }
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
