package dev.thalweg.eventgraph;

import java.util.Arrays;

/** Text that can be changed anywhere in O(log n). Counted in UTF-16 units; knows nothing of pairs. */
final class Rope {
    private static final int MEASURE = 0;
    private static final char[] NO_CHARS = {};

    /*
     * Leaves are gap buffers, so that typing in one place moves nothing. The leaf of the latest edit is remembered with
     * its position, and what it grew by is told to the tree only when the next edit is elsewhere (`unsettled`).
     */
    private final int capacity;
    private final LeafTree tree;
    private char[][] chars = new char[16][];
    private int[] gap = new int[16];
    private int[] gapEnd = new int[16];
    private int leaves;
    /* A leaf number that can be used again; the next one is in gap[]. -1 for none. */
    private int free = -1;
    private int length;

    private int leaf;
    private int leafStart;
    private int unsettled;

    Rope() {
        this(1024, 32);
    }

    Rope(int capacity, int fan) {
        this.capacity = capacity;
        tree = new LeafTree(1, fan);
        clear();
    }

    void clear() {
        tree.reset();
        leaves = 1;
        free = -1;
        chars[0] = new char[capacity];
        gap[0] = 0;
        gapEnd[0] = capacity;
        leaf = 0;
        leafStart = 0;
        unsettled = 0;
        length = 0;
    }

    int length() {
        return length;
    }

    private int leafLength(int which) {
        return capacity - gapEnd[which] + gap[which];
    }

    private void settle() {
        if (unsettled != 0) {
            tree.add(leaf, MEASURE, unsettled);
            unsettled = 0;
        }
    }

    /* Makes the leaf that a unit is in the current one. */
    private void seek(int position) {
        settle();
        leaf = tree.find(MEASURE, position, MEASURE);
        leafStart = position - tree.rest;
    }

    private void seekForInsert(int position) {
        if (position < leafStart || position > leafStart + leafLength(leaf)) {
            seek(position == 0 ? 0 : position - 1);
        }
    }

    private void moveGap(int offset) {
        char[] own = chars[leaf];
        int from = gap[leaf];
        int to = gapEnd[leaf];
        if (offset < from) {
            Chars.copy(own, offset, own, to - (from - offset), from - offset);
            gapEnd[leaf] = to - (from - offset);
            gap[leaf] = offset;
        } else if (offset > from) {
            Chars.copy(own, to, own, from, offset - from);
            gapEnd[leaf] = to + (offset - from);
            gap[leaf] = offset;
        }
    }

    void insert(int position, char[] source, int from, int count) {
        if (count == 0) {
            return;
        }
        seekForInsert(position);
        if (count > gapEnd[leaf] - gap[leaf]) {
            if (count <= capacity / 2) {
                splitForRoom(position);
            } else {
                insertLong(position, source, from, count);
                return;
            }
        }
        put(position, source, from, count);
    }

    private void put(int position, char[] source, int from, int count) {
        moveGap(position - leafStart);
        Chars.copy(source, from, chars[leaf], gap[leaf], count);
        gap[leaf] += count;
        unsettled += count;
        length += count;
    }

    /* Halves the leaf and goes on with the half that has the position. */
    private void splitForRoom(int position) {
        int half = leafLength(leaf) / 2;
        int fresh = cut(half);
        if (position - leafStart > half) {
            leafStart += half;
            leaf = fresh;
        }
    }

    /* What is behind the position goes to a leaf of its own, and the text to new leaves before that. */
    private void insertLong(int position, char[] source, int from, int count) {
        if (position - leafStart < leafLength(leaf)) {
            cut(position - leafStart);
        }
        settle();
        // Some room is left for what will be typed.
        int size = capacity - capacity / 4;
        for (int done = 0; done < count; done += size) {
            int fresh = newLeaf();
            tree.split(leaf, fresh, new int[] {0});
            leafStart = position + done;
            leaf = fresh;
            put(leafStart, source, from + done, Math.min(size, count - done));
            settle();
        }
    }

    /* Moves what is behind an offset of the leaf to a new one. */
    private int cut(int offset) {
        settle();
        moveGap(offset);
        int fresh = newLeaf();
        int moved = capacity - gapEnd[leaf];
        Chars.copy(chars[leaf], gapEnd[leaf], chars[fresh], 0, moved);
        gap[fresh] = moved;
        gapEnd[leaf] = capacity;
        tree.split(leaf, fresh, new int[] {moved});
        return fresh;
    }

    private int newLeaf() {
        int fresh;
        if (free >= 0) {
            fresh = free;
            free = gap[fresh];
        } else {
            if (leaves == chars.length) {
                chars = Arrays.copyOf(chars, 2 * leaves);
                gap = Arrays.copyOf(gap, 2 * leaves);
                gapEnd = Arrays.copyOf(gapEnd, 2 * leaves);
            }
            fresh = leaves++;
        }
        chars[fresh] = new char[capacity];
        gap[fresh] = 0;
        gapEnd[fresh] = capacity;
        return fresh;
    }

    void delete(int position, int count) {
        int left = count;
        while (left > 0) {
            if (position < leafStart || position >= leafStart + leafLength(leaf)) {
                seek(position);
            }
            int offset = position - leafStart;
            int take = Math.min(left, leafLength(leaf) - offset);
            if (offset + take == gap[leaf]) {
                gap[leaf] = offset;
            } else {
                moveGap(offset);
                gapEnd[leaf] += take;
            }
            unsettled -= take;
            length -= take;
            left -= take;
            if (leafLength(leaf) == 0) {
                dropLeaf();
            }
        }
    }

    private void dropLeaf() {
        settle();
        int empty = leaf;
        int before = tree.before(empty);
        int after = tree.after(empty);
        if (before < 0 && after < 0) {
            return;
        }
        tree.remove(empty);
        chars[empty] = NO_CHARS;
        gap[empty] = free;
        gapEnd[empty] = 0;
        free = empty;
        if (before >= 0) {
            leaf = before;
            leafStart -= leafLength(before);
        } else {
            leaf = after;
        }
    }

    char charAt(int position) {
        if (position < leafStart || position >= leafStart + leafLength(leaf)) {
            seek(position);
        }
        int offset = position - leafStart;
        return chars[leaf][offset < gap[leaf] ? offset : offset + gapEnd[leaf] - gap[leaf]];
    }

    /** The units from one position to before another. */
    String text(int from, int to) {
        if (from == to) {
            return "";
        }
        seek(from);
        char[] out = new char[to - from];
        int at = 0;
        int offset = from - leafStart;
        for (int each = leaf; at < out.length; each = tree.after(each)) {
            int take = Math.min(out.length - at, leafLength(each) - offset);
            int first = Math.max(0, Math.min(take, gap[each] - offset));
            System.arraycopy(chars[each], offset, out, at, first);
            System.arraycopy(chars[each], offset + first + gapEnd[each] - gap[each], out, at + first, take - first);
            at += take;
            offset = 0;
        }
        return new String(out);
    }

    /** Fails when something inside does not fit together. For tests. */
    void check() {
        settle();
        int[] widths = new int[leaves];
        for (int i = 0; i < leaves; i++) {
            widths[i] = leafLength(i);
        }
        tree.check(new int[][] {widths});
        if (tree.total(MEASURE) != length) {
            throw new IllegalStateException("length is " + length + ", leaves hold " + tree.total(MEASURE));
        }
    }
}
