package dev.thalweg.eventgraph;

import java.util.Arrays;

/** Questions about who has seen what. Each visits only the runs between the versions it is asked about. */
final class Ancestry {
    static final int ONLY_A = 1;
    static final int ONLY_B = 2;
    static final int SHARED = 3;

    /* What a heap entry of `conflicts` stands for besides an event: the parents of run n are n + FIRST_RUN. */
    private static final int SINGLE = 0;
    private static final int VERSION_A = 1;
    private static final int VERSION_B = 2;
    private static final int FIRST_RUN = 3;

    private final EventGraph graph;
    private final IntHeap heap = new IntHeap();

    Ancestry(EventGraph graph) {
        this.graph = graph;
    }

    boolean contains(int[] version, int lv) {
        return contains(version, version.length, lv);
    }

    private boolean contains(int[] version, int length, int lv) {
        heap.clear();
        for (int i = 0; i < length; i++) {
            if (version[i] == lv) {
                return true;
            }
            if (version[i] > lv) {
                heap.push(version[i], 0);
            }
        }
        while (!heap.isEmpty()) {
            int top = heap.topKey();
            heap.pop();
            int run = graph.runAt(top);
            if (graph.reach(run) <= lv) {
                return true;
            }
            while (!heap.isEmpty() && heap.topKey() >= graph.start(run)) {
                heap.pop();
            }
            for (int parent : graph.parentsOfRun(run)) {
                if (parent == lv) {
                    return true;
                }
                if (parent > lv) {
                    heap.push(parent, 0);
                }
            }
        }
        return false;
    }

    int[] dominators(int[] lvs) {
        if (lvs.length <= 1) {
            return lvs.clone();
        }
        IntList sorted = new IntList(lvs.length);
        sorted.addAll(lvs);
        sorted.sort();
        int[] found = new int[lvs.length];
        int count = 0;
        for (int i = lvs.length - 1; i >= 0; i--) {
            if (!contains(found, count, sorted.get(i))) {
                found[count++] = sorted.get(i);
            }
        }
        int[] dominators = Arrays.copyOf(found, count);
        Arrays.sort(dominators);
        return dominators;
    }

    /**
     * What only one of two versions has.
     *
     * @param onlyA gets first and end of each run, the latest first
     */
    void diff(int[] a, int[] b, IntList onlyA, IntList onlyB) {
        heap.clear();
        int oneSided = a.length + b.length;
        for (int lv : a) {
            heap.push(lv, ONLY_A);
        }
        for (int lv : b) {
            heap.push(lv, ONLY_B);
        }
        while (oneSided > 0) {
            int last = heap.topKey();
            int flag = 0;
            int run = graph.runAt(last);
            int first = graph.start(run);
            while (!heap.isEmpty() && heap.topKey() >= first) {
                int lv = heap.topKey();
                int more = heap.topValue();
                heap.pop();
                if (more != SHARED) {
                    oneSided--;
                }
                if (flag != 0 && lv < last) {
                    emit(lv + 1, last + 1, flag, onlyA, onlyB);
                    last = lv;
                }
                flag |= more;
            }
            emit(first, last + 1, flag, onlyA, onlyB);
            for (int parent : graph.parentsOfRun(run)) {
                heap.push(parent, flag);
                if (flag != SHARED) {
                    oneSided++;
                }
            }
        }
    }

    private static void emit(int from, int to, int flag, IntList onlyA, IntList onlyB) {
        if (flag == SHARED) {
            return;
        }
        IntList out = flag == ONLY_A ? onlyA : onlyB;
        int size = out.size();
        if (size > 0 && out.get(size - 2) == to) {
            out.set(size - 2, from);
        } else {
            out.add(from);
            out.add(to);
        }
    }

    /**
     * Where two versions parted, and what happened since.
     *
     * <p>The heap holds events and, as one entry each, the parents of merges: two runs that start from the same merge
     * meet there, and not only below it.
     *
     * @param since gets first, end and flag of each stretch of a run, the latest first; every event in them has seen all
     *              of what is returned, and everything in either version is in them or in what is returned
     */
    int[] conflicts(int[] a, int[] b, IntList since) {
        heap.clear();
        push(a, VERSION_A, ONLY_A);
        push(b, VERSION_B, ONLY_B);
        while (true) {
            int key = heap.topKey();
            int set = heap.topValue() >> 2;
            int flag = heap.topValue() & 3;
            heap.pop();
            while (!heap.isEmpty() && heap.topKey() == key && same(set, heap.topValue() >> 2, a, b)) {
                flag |= heap.topValue() & 3;
                heap.pop();
            }
            int lv = (key >> 1) - 1;
            if (heap.isEmpty()) {
                return set == SINGLE ? lv < 0 ? new int[] {} : new int[] {lv} : version(set, a, b).clone();
            }
            shatter(set, flag, a, b);
            int run = graph.runAt(lv);
            int first = graph.start(run);
            while (!heap.isEmpty() && (heap.topKey() >> 1) - 1 >= first) {
                int inner = (heap.topKey() >> 1) - 1;
                int value = heap.topValue();
                heap.pop();
                if (inner < lv) {
                    since.add(inner + 1);
                    since.add(lv + 1);
                    since.add(flag);
                    lv = inner;
                }
                flag |= value & 3;
                shatter(value >> 2, value & 3, a, b);
            }
            if (heap.isEmpty()) {
                return new int[] {lv};
            }
            since.add(first);
            since.add(lv + 1);
            since.add(flag);
            push(graph.parentsOfRun(run), FIRST_RUN + run, flag);
        }
    }

    private void push(int[] version, int set, int flag) {
        if (version.length == 0) {
            heap.push(0, flag);
        } else if (version.length == 1) {
            heap.push(version[0] + 1 << 1, flag);
        } else {
            heap.push(version[version.length - 1] + 1 << 1 | 1, set << 2 | flag);
        }
    }

    private void shatter(int set, int flag, int[] a, int[] b) {
        if (set != SINGLE) {
            int[] version = version(set, a, b);
            for (int i = 0; i < version.length - 1; i++) {
                heap.push(version[i] + 1 << 1, flag);
            }
        }
    }

    private int[] version(int set, int[] a, int[] b) {
        return set == VERSION_A ? a : set == VERSION_B ? b : graph.parentsOfRun(set - FIRST_RUN);
    }

    private boolean same(int set, int other, int[] a, int[] b) {
        return set == other || set != SINGLE && other != SINGLE
                && Arrays.equals(version(set, a, b), version(other, a, b));
    }
}
