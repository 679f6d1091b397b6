package dev.thalweg.eventgraph;

import java.util.Arrays;

/**
 * The units of a text in order, those that are deleted or not yet there included: the state that eg-walker builds for
 * the concurrent part of a history and throws away. Units that belong together are one span.
 *
 * <p>A unit has two states. In the version that is <i>prepared</i>, it is not yet inserted (0), there (1), or deleted so
 * many times less one (2 and up): several authors may have deleted it. In <i>effect</i>, it was ever deleted or not.
 */
final class SpanTree {
    /** What was there before is one span of unknown text, whose units have ids from this one on. */
    static final int UNDER = 1 << 28;
    /** How long that span is taken to be. */
    static final int UNDER_LENGTH = 1 << 28;

    /** Measures: units that are there in the prepared version, in effect, and of what was there before. */
    static final int PREPARED = 0;
    static final int EFFECT = 1;
    static final int BEFORE = 2;

    /* A span's state is the prepared state times two, plus one when it was ever deleted. */
    static final int INSERTED = 2;
    static final int EVER_DELETED = 1;

    private final int capacity;
    private final LeafTree tree;
    private int[] id;
    private int[] length;
    private int[] left;
    private int[] right;
    private int[] state;
    private int[] count = new int[16];
    private int leaves;
    private final int[] moved = new int[3];

    /*
     * By event, from `origin` on: of an inserted unit the leaf it is in, of a deletion the unit that it deleted. Nothing
     * is cleared between uses, since only what was written is read.
     */
    private int[] where = new int[64];
    private int origin;

    /* The cursor: a span by its leaf and its index into the arrays, and an offset into it. */
    int leaf;
    int at;
    int offset;
    /** How many units are there in effect before the cursor. */
    int effect;

    SpanTree(int capacity, int fan) {
        this.capacity = capacity;
        tree = new LeafTree(3, fan);
        id = new int[16 * capacity];
        length = new int[16 * capacity];
        left = new int[16 * capacity];
        right = new int[16 * capacity];
        state = new int[16 * capacity];
    }

    /** Starts anew, with nothing but what was there before. @param firstEvent the smallest id that will be inserted */
    void reset(int firstEvent) {
        origin = firstEvent;
        tree.reset();
        leaves = 1;
        count[0] = 1;
        id[0] = UNDER;
        length[0] = UNDER_LENGTH;
        left[0] = -1;
        right[0] = -1;
        state[0] = INSERTED;
        tree.addBoth(0, UNDER_LENGTH, UNDER_LENGTH);
        tree.add(0, BEFORE, UNDER_LENGTH);
    }

    /** How many units are there in the prepared version, or in effect, beyond {@link #UNDER_LENGTH}. */
    int surplus(int measure) {
        return tree.total(measure) - UNDER_LENGTH;
    }

    int id() {
        return id[at];
    }

    int length() {
        return length[at];
    }

    /** The unit that the span's first was inserted behind, or -1. */
    int left() {
        return left[at];
    }

    /** The unit that the whole span was inserted before. */
    int right() {
        return right[at];
    }

    int state() {
        return state[at];
    }

    boolean isPrepared() {
        return state[at] >> 1 == 1;
    }

    boolean isInEffect() {
        return (state[at] & EVER_DELETED) == 0;
    }

    /** Before everything. */
    void toStart() {
        leaf = tree.first();
        at = leaf * capacity;
        offset = 0;
        effect = 0;
    }

    /** To a unit by its position in the prepared version. */
    void toPosition(int position) {
        leaf = tree.find(PREPARED, position, EFFECT);
        int rest = tree.rest;
        int sum = tree.skipped;
        int i = leaf * capacity;
        while (true) {
            int s = state[i];
            if (s >> 1 == 1) {
                if (rest < length[i]) {
                    break;
                }
                rest -= length[i];
            }
            if ((s & EVER_DELETED) == 0) {
                sum += length[i];
            }
            i++;
        }
        at = i;
        offset = rest;
        effect = (state[i] & EVER_DELETED) == 0 ? sum + rest : sum;
    }

    /** To a unit by its id; {@link #effect} is not set. */
    void toId(int unit) {
        leaf = unit >= UNDER ? tree.find(BEFORE, unit - UNDER, BEFORE) : where[unit - origin];
        int i = leaf * capacity;
        while (unit < id[i] || unit >= id[i] + length[i]) {
            i++;
        }
        at = i;
        offset = unit - id[i];
    }

    /** To a unit that counts in a measure, by its position among these; {@link #effect} is not set. */
    void toUnit(int measure, int position) {
        leaf = tree.find(measure, position, measure);
        int rest = tree.rest;
        int i = leaf * capacity;
        while (!counts(i, measure) || rest >= length[i]) {
            rest -= counts(i, measure) ? length[i] : 0;
            i++;
        }
        at = i;
        offset = rest;
    }

    /** How many units that count in a measure come before the cursor. */
    int widthBefore(int measure) {
        int sum = tree.widthBefore(leaf, measure);
        for (int i = leaf * capacity; i < at; i++) {
            sum += counts(i, measure) ? length[i] : 0;
        }
        return counts(at, measure) ? sum + offset : sum;
    }

    /** Whether the span at the cursor counts in a measure. */
    boolean counts(int measure) {
        return counts(at, measure);
    }

    private boolean counts(int slot, int measure) {
        return switch (measure) {
            case PREPARED -> state[slot] >> 1 == 1;
            case EFFECT -> (state[slot] & EVER_DELETED) == 0;
            default -> id[slot] >= UNDER;
        };
    }

    /** To the next span. @return false when there is none */
    boolean next() {
        offset = 0;
        if (at + 1 < leaf * capacity + count[leaf]) {
            at++;
            return true;
        }
        int after = tree.after(leaf);
        if (after < 0) {
            return false;
        }
        leaf = after;
        at = leaf * capacity;
        return true;
    }

    /** Whether a unit comes before another in the text. */
    boolean isBefore(int unit, int other) {
        if (unit >= UNDER && other >= UNDER) {
            return unit < other;
        }
        int leafHere = leaf;
        int atHere = at;
        int offsetHere = offset;
        toId(unit);
        int unitLeaf = leaf;
        int unitAt = at;
        toId(other);
        boolean before = unitLeaf != leaf ? tree.isBefore(unitLeaf, leaf) : unitAt != at ? unitAt < at : unit < other;
        leaf = leafHere;
        at = atHere;
        offset = offsetHere;
        return before;
    }

    /** Inserts units at the cursor, with ids in a row. */
    void insert(int unit, int units, int unitLeft, int unitRight) {
        if (offset == length[at] && id[at] + length[at] == unit && right[at] == unitRight && state[at] == INSERTED) {
            length[at] += units;
        } else {
            boolean inside = offset > 0 && offset < length[at];
            makeRoom(inside ? 2 : 1);
            if (inside) {
                split(offset);
            }
            if (offset > 0) {
                at++;
                offset = 0;
            }
            open(at);
            id[at] = unit;
            length[at] = units;
            left[at] = unitLeft;
            right[at] = unitRight;
            state[at] = INSERTED;
        }
        tree.addBoth(leaf, units, units);
        reserve(unit + units);
        Arrays.fill(where, unit - origin, unit + units - origin, leaf);
    }

    /** Makes a span of so many units from the cursor on, and puts the cursor at its start. */
    void isolate(int units) {
        int pieces = (offset > 0 ? 1 : 0) + (offset + units < length[at] ? 1 : 0);
        if (pieces == 0) {
            return;
        }
        makeRoom(pieces);
        if (offset > 0) {
            split(offset);
            at++;
            offset = 0;
        }
        if (units < length[at]) {
            split(units);
        }
    }

    /** Changes the state of the whole span at the cursor. */
    void setState(int next) {
        int old = state[at];
        int units = length[at];
        int prepared = (next >> 1 == 1 ? units : 0) - (old >> 1 == 1 ? units : 0);
        int inEffect = ((next & EVER_DELETED) == 0 ? units : 0) - ((old & EVER_DELETED) == 0 ? units : 0);
        state[at] = next;
        if (prepared != 0 || inEffect != 0) {
            tree.addBoth(leaf, prepared, inEffect);
        }
    }

    /** Remembers what an event deleted. */
    void setTarget(int event, int unit) {
        where[event - origin] = unit;
    }

    int target(int event) {
        return where[event - origin];
    }

    /** Makes sure that events before this one can be remembered. */
    void reserve(int end) {
        if (end - origin > where.length) {
            where = Arrays.copyOf(where, Math.max(end - origin, where.length + (where.length >> 1)));
        }
    }

    /* The span at the cursor ends after so many units, and the rest becomes one of its own. There must be room. */
    private void split(int units) {
        int first = at;
        at++;
        open(at);
        at = first;
        id[at + 1] = id[at] + units;
        length[at + 1] = length[at] - units;
        left[at + 1] = id[at] + units - 1;
        right[at + 1] = right[at];
        state[at + 1] = state[at];
        length[at] = units;
    }

    private void open(int slot) {
        int tail = leaf * capacity + count[leaf] - slot;
        System.arraycopy(id, slot, id, slot + 1, tail);
        System.arraycopy(length, slot, length, slot + 1, tail);
        System.arraycopy(left, slot, left, slot + 1, tail);
        System.arraycopy(right, slot, right, slot + 1, tail);
        System.arraycopy(state, slot, state, slot + 1, tail);
        count[leaf]++;
    }

    /* Splits the leaf unless it can hold so many more. The cursor stays at its span. */
    private void makeRoom(int spans) {
        if (count[leaf] + spans <= capacity) {
            return;
        }
        if (leaves == count.length) {
            int more = 2 * leaves;
            count = Arrays.copyOf(count, more);
            id = Arrays.copyOf(id, more * capacity);
            length = Arrays.copyOf(length, more * capacity);
            left = Arrays.copyOf(left, more * capacity);
            right = Arrays.copyOf(right, more * capacity);
            state = Arrays.copyOf(state, more * capacity);
        }
        int fresh = leaves++;
        int half = count[leaf] >> 1;
        int moving = count[leaf] - half;
        int from = leaf * capacity + half;
        int to = fresh * capacity;
        System.arraycopy(id, from, id, to, moving);
        System.arraycopy(length, from, length, to, moving);
        System.arraycopy(left, from, left, to, moving);
        System.arraycopy(right, from, right, to, moving);
        System.arraycopy(state, from, state, to, moving);
        count[leaf] = half;
        count[fresh] = moving;
        Arrays.fill(moved, 0);
        for (int i = to; i < to + moving; i++) {
            measure(i, moved);
            if (id[i] < UNDER) {
                Arrays.fill(where, id[i] - origin, id[i] + length[i] - origin, fresh);
            }
        }
        tree.split(leaf, fresh, moved);
        if (at >= from) {
            at = at - from + to;
            leaf = fresh;
        }
    }

    private void measure(int slot, int[] sums) {
        for (int measure = PREPARED; measure <= BEFORE; measure++) {
            if (counts(slot, measure)) {
                sums[measure] += length[slot];
            }
        }
    }

    /** Fails when something inside does not fit together. For tests. */
    void check() {
        int[][] widths = new int[3][leaves];
        int under = UNDER;
        for (int each = tree.first(); each >= 0; each = tree.after(each)) {
            if (count[each] < 1 || count[each] > capacity) {
                throw new IllegalStateException("leaf " + each + " holds " + count[each]);
            }
            int[] sums = new int[3];
            for (int i = each * capacity; i < each * capacity + count[each]; i++) {
                measure(i, sums);
                if (length[i] < 1) {
                    throw new IllegalStateException("a span of length " + length[i]);
                }
                if (id[i] >= UNDER) {
                    if (id[i] != under) {
                        throw new IllegalStateException("expected " + under + ", found " + id[i]);
                    }
                    under += length[i];
                } else {
                    for (int unit = id[i]; unit < id[i] + length[i]; unit++) {
                        if (where[unit - origin] != each) {
                            throw new IllegalStateException("unit " + unit + " is not in leaf " + each);
                        }
                    }
                }
            }
            for (int m = 0; m < 3; m++) {
                widths[m][each] = sums[m];
            }
        }
        if (under != UNDER + UNDER_LENGTH) {
            throw new IllegalStateException("what was there before ends at " + under);
        }
        tree.check(widths);
    }
}
