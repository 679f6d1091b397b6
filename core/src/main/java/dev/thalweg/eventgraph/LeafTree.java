package dev.thalweg.eventgraph;

import java.util.Arrays;

/**
 * The upper levels of a B+tree whose leaves somebody else keeps: which leaf comes after which, and how wide each is, in
 * one or several measures. Finds a leaf by what lies before it, in O(log n). Leaves and nodes are numbers into arrays.
 */
final class LeafTree {
    private final int fan;
    /* By measure; of node n, children are at n * fan and on. */
    private final int[][] widths;
    private int[] child;
    private int[] count;
    private int[] level;
    private int[] parent;
    private int nodes;
    /* Nodes no longer in use, linked by their parents; -1 at the end. */
    private int free;
    private int root;
    private int[] leafParent = new int[16];
    private int[] after = new int[16];
    private int[] before = new int[16];
    private final int[] totals;

    /** What remained of the position searched for, within the leaf that was found. */
    int rest;
    /** The sum of the other measure over all leaves before the one that was found. */
    int skipped;

    LeafTree(int measures, int fan) {
        this.fan = fan;
        widths = new int[measures][16 * fan];
        totals = new int[measures];
        child = new int[16 * fan];
        count = new int[16];
        level = new int[16];
        parent = new int[16];
    }

    /** Starts anew with leaf 0, of no width. */
    void reset() {
        nodes = 1;
        free = -1;
        root = 0;
        count[0] = 1;
        level[0] = 1;
        parent[0] = -1;
        child[0] = 0;
        for (int m = 0; m < widths.length; m++) {
            widths[m][0] = 0;
            totals[m] = 0;
        }
        leafParent[0] = 0;
        after[0] = -1;
        before[0] = -1;
    }

    int total(int measure) {
        return totals[measure];
    }

    /** The leaf behind a leaf, or -1. */
    int after(int leaf) {
        return after[leaf];
    }

    /** The leaf before a leaf, or -1. */
    int before(int leaf) {
        return before[leaf];
    }

    int first() {
        int node = root;
        while (level[node] > 1) {
            node = child[node * fan];
        }
        return child[node * fan];
    }

    /** The leaf that position is in. @param position less than the total @param other what to sum up on the way */
    int find(int measure, int position, int other) {
        int[] own = widths[measure];
        int[] others = widths[other];
        int left = position;
        int sum = 0;
        int node = root;
        while (true) {
            int at = node * fan;
            while (left >= own[at]) {
                left -= own[at];
                sum += others[at];
                at++;
            }
            if (level[node] == 1) {
                rest = left;
                skipped = sum;
                return child[at];
            }
            node = child[at];
        }
    }

    /** Makes a leaf wider or narrower. */
    void add(int leaf, int measure, int delta) {
        int[] own = widths[measure];
        int key = leaf;
        for (int node = leafParent[leaf]; node >= 0; node = parent[node]) {
            own[slot(node, key)] += delta;
            key = node;
        }
        totals[measure] += delta;
    }

    /** Changes the first two measures of a leaf. */
    void addBoth(int leaf, int delta0, int delta1) {
        int[] widths0 = widths[0];
        int[] widths1 = widths[1];
        int key = leaf;
        for (int node = leafParent[leaf]; node >= 0; node = parent[node]) {
            int at = slot(node, key);
            widths0[at] += delta0;
            widths1[at] += delta1;
            key = node;
        }
        totals[0] += delta0;
        totals[1] += delta1;
    }

    private int slot(int node, int key) {
        int at = node * fan;
        while (child[at] != key) {
            at++;
        }
        return at;
    }

    /** Puts a new leaf behind a leaf, which gives it some of its width in each measure. */
    void split(int leaf, int fresh, int[] moved) {
        if (fresh >= leafParent.length) {
            int more = 2 * fresh;
            leafParent = Arrays.copyOf(leafParent, more);
            after = Arrays.copyOf(after, more);
            before = Arrays.copyOf(before, more);
        }
        after[fresh] = after[leaf];
        before[fresh] = leaf;
        if (after[leaf] >= 0) {
            before[after[leaf]] = fresh;
        }
        after[leaf] = fresh;
        insert(leafParent[leaf], leaf, fresh, moved);
    }

    /* Puts `fresh` behind `key`, both children of node or about to be; the node's own width stays. */
    private void insert(int at, int key, int fresh, int[] moved) {
        int node = at;
        if (count[node] == fan) {
            splitNode(node);
            node = level[node] == 1 ? leafParent[key] : parent[key];
        }
        int slot = slot(node, key);
        int tail = node * fan + count[node] - slot - 1;
        System.arraycopy(child, slot + 1, child, slot + 2, tail);
        child[slot + 1] = fresh;
        for (int m = 0; m < widths.length; m++) {
            int[] own = widths[m];
            System.arraycopy(own, slot + 1, own, slot + 2, tail);
            own[slot] -= moved[m];
            own[slot + 1] = moved[m];
        }
        count[node]++;
        adopt(node, fresh);
    }

    private void adopt(int node, int fresh) {
        if (level[node] == 1) {
            leafParent[fresh] = node;
        } else {
            parent[fresh] = node;
        }
    }

    private void splitNode(int node) {
        if (parent[node] < 0) {
            int top = newNode(level[node] + 1);
            child[top * fan] = node;
            count[top] = 1;
            for (int m = 0; m < widths.length; m++) {
                widths[m][top * fan] = totals[m];
            }
            parent[top] = -1;
            parent[node] = top;
            root = top;
        }
        int right = newNode(level[node]);
        int half = count[node] >> 1;
        int moving = count[node] - half;
        int[] moved = new int[widths.length];
        System.arraycopy(child, node * fan + half, child, right * fan, moving);
        for (int m = 0; m < widths.length; m++) {
            int[] own = widths[m];
            System.arraycopy(own, node * fan + half, own, right * fan, moving);
            for (int i = 0; i < moving; i++) {
                moved[m] += own[right * fan + i];
            }
        }
        count[node] = half;
        count[right] = moving;
        for (int i = 0; i < moving; i++) {
            adopt(right, child[right * fan + i]);
        }
        insert(parent[node], node, right, moved);
    }

    private int newNode(int atLevel) {
        if (free >= 0) {
            int node = free;
            free = parent[node];
            level[node] = atLevel;
            return node;
        }
        if (nodes == count.length) {
            int more = 2 * nodes;
            count = Arrays.copyOf(count, more);
            level = Arrays.copyOf(level, more);
            parent = Arrays.copyOf(parent, more);
            child = Arrays.copyOf(child, more * fan);
            for (int m = 0; m < widths.length; m++) {
                widths[m] = Arrays.copyOf(widths[m], more * fan);
            }
        }
        level[nodes] = atLevel;
        return nodes++;
    }

    /** Takes out a leaf that has no width and is not the only one. */
    void remove(int leaf) {
        if (before[leaf] >= 0) {
            after[before[leaf]] = after[leaf];
        }
        if (after[leaf] >= 0) {
            before[after[leaf]] = before[leaf];
        }
        int key = leaf;
        int node = leafParent[leaf];
        while (count[node] == 1) {
            key = node;
            node = parent[node];
            release(key);
        }
        int slot = slot(node, key);
        int tail = node * fan + count[node] - slot - 1;
        System.arraycopy(child, slot + 1, child, slot, tail);
        for (int[] own : widths) {
            System.arraycopy(own, slot + 1, own, slot, tail);
        }
        count[node]--;
        while (level[root] > 1 && count[root] == 1) {
            int old = root;
            root = child[root * fan];
            parent[root] = -1;
            release(old);
        }
    }

    private void release(int node) {
        parent[node] = free;
        free = node;
    }

    /** How wide all leaves before one are together. */
    int widthBefore(int leaf, int measure) {
        int[] own = widths[measure];
        int sum = 0;
        int key = leaf;
        for (int node = leafParent[leaf]; node >= 0; node = parent[node]) {
            for (int at = node * fan; child[at] != key; at++) {
                sum += own[at];
            }
            key = node;
        }
        return sum;
    }

    /** Whether a leaf comes before another. */
    boolean isBefore(int leaf, int other) {
        int a = leaf;
        int b = other;
        int aboveA = leafParent[a];
        int aboveB = leafParent[b];
        while (aboveA != aboveB) {
            a = aboveA;
            b = aboveB;
            aboveA = parent[a];
            aboveB = parent[b];
        }
        return slot(aboveA, a) < slot(aboveA, b);
    }

    /** Fails when a sum does not add up or a link does not lead back. For tests. */
    void check(int[][] leafWidths) {
        int[] sums = new int[widths.length];
        int leaf = first();
        int previous = -1;
        leaf = check(root, sums, leafWidths, leaf);
        if (leaf != -1) {
            throw new IllegalStateException("leaf " + leaf + " is linked but not in the tree");
        }
        for (int m = 0; m < sums.length; m++) {
            if (sums[m] != totals[m]) {
                throw new IllegalStateException("total " + m + " is " + totals[m] + ", not " + sums[m]);
            }
        }
        for (int each = first(); each >= 0; each = after[each]) {
            if (before[each] != previous) {
                throw new IllegalStateException("leaf " + each + " does not lead back");
            }
            previous = each;
        }
    }

    private int check(int node, int[] sums, int[][] leafWidths, int expected) {
        int leaf = expected;
        for (int at = node * fan; at < node * fan + count[node]; at++) {
            int[] own = new int[widths.length];
            if (level[node] == 1) {
                if (child[at] != leaf || leafParent[leaf] != node) {
                    throw new IllegalStateException("expected leaf " + leaf + ", found " + child[at]);
                }
                for (int m = 0; m < own.length; m++) {
                    own[m] = leafWidths[m][leaf];
                }
                leaf = after[leaf];
            } else {
                if (parent[child[at]] != node || level[child[at]] != level[node] - 1) {
                    throw new IllegalStateException("node " + child[at] + " is not where it should be");
                }
                leaf = check(child[at], own, leafWidths, leaf);
            }
            for (int m = 0; m < own.length; m++) {
                if (own[m] != widths[m][at]) {
                    throw new IllegalStateException(
                            "width " + m + " of child " + child[at] + " is " + widths[m][at] + ", not " + own[m]);
                }
                sums[m] += own[m];
            }
        }
        return leaf;
    }
}
