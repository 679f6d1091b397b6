package dev.thalweg.eventgraph;

import java.util.Arrays;

/**
 * Slots in order, some of them live and some of them shown, found by how many of either come before. A slot that is neither
 * is dropped when {@link #purge} is told so.
 */
final class SlotOrder {
    static final int LIVE = 0;
    static final int SHOWN = 1;

    private final int capacity;
    private final LeafTree tree;
    /* By leaf: its slots. */
    private int[][] slots = new int[16][];
    private int[] count = new int[16];
    private int leaves;
    private int free = -1;
    /* By slot: the leaf, and the two measures as bits. */
    private int[] leafOf = new int[16];
    private byte[] state = new byte[16];

    SlotOrder(int capacity, int fan) {
        this.capacity = capacity;
        tree = new LeafTree(2, fan);
        tree.reset();
        leaves = 1;
        slots[0] = new int[capacity];
    }

    int total(int measure) {
        return tree.total(measure);
    }

    boolean is(int slot, int measure) {
        return slot < state.length && (state[slot] >> measure & 1) != 0;
    }

    /** Puts a slot, which is live, before the live one at a position. */
    void insert(int position, int slot) {
        int leaf = tree.first();
        int at = 0;
        if (position > 0) {
            leaf = tree.find(LIVE, position - 1, LIVE);
            at = indexOf(leaf, LIVE, tree.rest) + 1;
        }
        if (count[leaf] == capacity) {
            int fresh = split(leaf);
            if (at > count[leaf]) {
                at -= count[leaf];
                leaf = fresh;
            }
        }
        System.arraycopy(slots[leaf], at, slots[leaf], at + 1, count[leaf] - at);
        slots[leaf][at] = slot;
        count[leaf]++;
        if (slot >= leafOf.length) {
            int more = Math.max(slot + 1, 2 * leafOf.length);
            leafOf = Arrays.copyOf(leafOf, more);
            state = Arrays.copyOf(state, more);
        }
        leafOf[slot] = leaf;
        state[slot] = 0;
        mark(slot, LIVE, true);
    }

    private int indexOf(int leaf, int measure, int rest) {
        int left = rest;
        int at = 0;
        while (true) {
            if (is(slots[leaf][at], measure) && left-- == 0) {
                return at;
            }
            at++;
        }
    }

    private int split(int leaf) {
        int fresh = free;
        if (fresh >= 0) {
            free = count[fresh];
        } else {
            fresh = leaves++;
            if (fresh == count.length) {
                slots = Arrays.copyOf(slots, 2 * fresh);
                count = Arrays.copyOf(count, 2 * fresh);
            }
            slots[fresh] = new int[capacity];
        }
        int half = count[leaf] >> 1;
        count[fresh] = count[leaf] - half;
        System.arraycopy(slots[leaf], half, slots[fresh], 0, count[fresh]);
        count[leaf] = half;
        int[] moved = new int[2];
        for (int i = 0; i < count[fresh]; i++) {
            int slot = slots[fresh][i];
            leafOf[slot] = fresh;
            moved[LIVE] += state[slot] & 1;
            moved[SHOWN] += state[slot] >> SHOWN & 1;
        }
        tree.split(leaf, fresh, moved);
        return fresh;
    }

    /** The live or shown slot that so many of these come before. */
    int find(int measure, int position) {
        int leaf = tree.find(measure, position, measure);
        return slots[leaf][indexOf(leaf, measure, tree.rest)];
    }

    /** How many live or shown slots come before one. */
    int position(int slot, int measure) {
        int leaf = leafOf[slot];
        int sum = tree.widthBefore(leaf, measure);
        for (int i = 0; slots[leaf][i] != slot; i++) {
            sum += state[slots[leaf][i]] >> measure & 1;
        }
        return sum;
    }

    /** Makes a slot live or shown, or not. */
    void mark(int slot, int measure, boolean value) {
        if (is(slot, measure) != value) {
            state[slot] ^= (byte) (1 << measure);
            tree.add(leafOf[slot], measure, value ? 1 : -1);
        }
    }

    /** Drops a slot if it is neither live nor shown. It must be here. */
    void purge(int slot) {
        if (state[slot] != 0) {
            return;
        }
        int leaf = leafOf[slot];
        int at = 0;
        while (slots[leaf][at] != slot) {
            at++;
        }
        count[leaf]--;
        System.arraycopy(slots[leaf], at + 1, slots[leaf], at, count[leaf] - at);
        if (count[leaf] == 0 && (tree.before(leaf) >= 0 || tree.after(leaf) >= 0)) {
            tree.remove(leaf);
            count[leaf] = free;
            free = leaf;
        }
    }

    /** Fails when something inside does not fit together. For tests. */
    void check() {
        int[][] widths = new int[2][leaves];
        for (int leaf = tree.first(); leaf >= 0; leaf = tree.after(leaf)) {
            for (int i = 0; i < count[leaf]; i++) {
                int slot = slots[leaf][i];
                if (leafOf[slot] != leaf || state[slot] == 0) {
                    throw new IllegalStateException("slot " + slot + " is not of leaf " + leaf);
                }
                widths[LIVE][leaf] += state[slot] & 1;
                widths[SHOWN][leaf] += state[slot] >> SHOWN & 1;
            }
        }
        tree.check(widths);
    }
}
