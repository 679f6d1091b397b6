package dev.thalweg.eventgraph;

import java.util.Arrays;

/**
 * The part of a graph in which something happened concurrently, cut into stretches that nothing forks off inside of, and
 * the order in which to walk it: what the text already has first, then along each branch for as long as possible, short
 * branches first.
 */
final class Plan {
    /** How many stretches that could come next are looked at when asking whether the version is critical. */
    private static final int FEW = 6;

    private final EventGraph graph;
    private final IntList since = new IntList();
    private final IntList cuts = new IntList();
    private final IntList parents = new IntList();
    private int nodes;
    private int[] start = new int[16];
    private int[] end = new int[16];
    private boolean[] known = new boolean[16];
    /* The parents of node n are parents[parentsFrom[n]] up to parentsFrom[n + 1], none for those that start from the base. */
    private int[] parentsFrom = new int[17];
    private int[] childrenFrom = new int[17];
    private int[] children = new int[16];
    private int[] missing = new int[16];
    private int[] cost = new int[16];
    private int[] base = {};

    private final IntList readyKnown = new IntList();
    private final IntList readyNew = new IntList();
    /* Edges from what was visited, the base included, to what was not; and visited nodes that nothing follows. */
    private int open;
    private int ends;
    private int siblingEdges;

    Plan(EventGraph graph) {
        this.graph = graph;
    }

    int start(int node) {
        return start[node];
    }

    int end(int node) {
        return end[node];
    }

    /** Whether the text has the node already. */
    boolean isKnown(int node) {
        return known[node];
    }

    int firstEvent() {
        return start[0];
    }

    /** Prepares the walk from a version to a later one. */
    void make(int[] from, int[] to) {
        since.clear();
        base = graph.ancestry().conflicts(from, to, since);
        findCuts();
        makeNodes();
        link();
        readyKnown.clear();
        readyNew.clear();
        open = 0;
        ends = 0;
        for (int n = nodes - 1; n >= 0; n--) {
            if (missing[n] == 0) {
                open++;
                ready(n);
            }
        }
    }

    /* A stretch ends where another starts from, and where what is known ends. */
    private void findCuts() {
        cuts.clear();
        for (int i = 0; i < since.size(); i += 3) {
            int from = since.get(i);
            int run = graph.runAt(from);
            if (from == graph.start(run)) {
                for (int parent : graph.parentsOfRun(run)) {
                    cuts.add(parent + 1);
                }
            }
        }
        cuts.sort();
    }

    private void makeNodes() {
        nodes = 0;
        int cut = 0;
        for (int i = since.size() - 3; i >= 0; i -= 3) {
            int from = since.get(i);
            int to = since.get(i + 1);
            boolean has = since.get(i + 2) != Ancestry.ONLY_B;
            while (cut < cuts.size() && cuts.get(cut) <= from) {
                cut++;
            }
            while (cut < cuts.size() && cuts.get(cut) < to) {
                int next = cuts.get(cut++);
                if (next > from) {
                    addNode(from, next, has);
                    from = next;
                }
            }
            addNode(from, to, has);
        }
    }

    private void addNode(int from, int to, boolean has) {
        if (nodes == start.length) {
            int more = 2 * nodes;
            start = Arrays.copyOf(start, more);
            end = Arrays.copyOf(end, more);
            known = Arrays.copyOf(known, more);
            missing = Arrays.copyOf(missing, more);
            cost = Arrays.copyOf(cost, more);
            parentsFrom = Arrays.copyOf(parentsFrom, more + 1);
            childrenFrom = Arrays.copyOf(childrenFrom, more + 1);
        }
        start[nodes] = from;
        end[nodes] = to;
        known[nodes] = has;
        nodes++;
    }

    private void link() {
        parents.clear();
        Arrays.fill(childrenFrom, 0, nodes + 1, 0);
        for (int n = 0; n < nodes; n++) {
            parentsFrom[n] = parents.size();
            int run = graph.runAt(start[n]);
            if (start[n] > graph.start(run)) {
                addParent(start[n] - 1, n);
            } else {
                for (int parent : graph.parentsOfRun(run)) {
                    addParent(parent, n);
                }
            }
            missing[n] = parents.size() - parentsFrom[n];
        }
        parentsFrom[nodes] = parents.size();
        for (int n = 0; n < nodes; n++) {
            childrenFrom[n + 1] += childrenFrom[n];
        }
        if (children.length < parents.size()) {
            children = new int[Math.max(parents.size(), 2 * children.length)];
        }
        // Filled from behind, so that childrenFrom[n + 1] comes down to where the children of n start.
        for (int n = nodes - 1; n >= 0; n--) {
            cost[n] = end[n] - start[n];
            for (int i = parentsFrom[n]; i < parentsFrom[n + 1]; i++) {
                children[--childrenFrom[parents.get(i) + 1]] = n;
            }
        }
        for (int n = 0; n < nodes; n++) {
            childrenFrom[n] = childrenFrom[n + 1];
        }
        childrenFrom[nodes] = parents.size();
        for (int n = nodes - 1; n >= 0; n--) {
            if (missing[n] == 1) {
                cost[parents.get(parentsFrom[n])] += cost[n];
            }
        }
    }

    private void addParent(int event, int child) {
        int node = nodeEndingWith(event, child);
        if (node >= 0) {
            parents.add(node);
            childrenFrom[node + 1]++;
        }
    }

    private int nodeEndingWith(int event, int below) {
        if (below > 0 && end[below - 1] == event + 1) {
            return below - 1;
        }
        int low = 0;
        int high = below - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (end[middle] == event + 1) {
                return middle;
            }
            if (end[middle] <= event) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    private void ready(int node) {
        (known[node] ? readyKnown : readyNew).add(node);
    }

    /** The node to visit next, or -1. */
    int next() {
        IntList stack = readyKnown.size() > 0 ? readyKnown : readyNew;
        return stack.size() == 0 ? -1 : stack.last();
    }

    /**
     * Whether everything visited so far was seen by everything that was not: then the text is all that matters. Asked of
     * the node that is next.
     */
    boolean isCritical(int node) {
        if (ends > 0 || readyKnown.size() + readyNew.size() > FEW) {
            return false;
        }
        siblingEdges = edges(readyKnown, node) + edges(readyNew, node);
        return siblingEdges == open;
    }

    /** Whether a node, at a critical version, is the only one that starts from it, and so critical throughout. */
    boolean isAlone(int node) {
        return siblingEdges == edgesInto(node);
    }

    private int edges(IntList stack, int node) {
        int sum = 0;
        for (int i = 0; i < stack.size(); i++) {
            if (sameParents(stack.get(i), node)) {
                sum += edgesInto(node);
            }
        }
        return sum;
    }

    private int edgesInto(int node) {
        return Math.max(1, parentsFrom[node + 1] - parentsFrom[node]);
    }

    private boolean sameParents(int a, int b) {
        int count = parentsFrom[a + 1] - parentsFrom[a];
        if (count != parentsFrom[b + 1] - parentsFrom[b]) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (parents.get(parentsFrom[a] + i) != parents.get(parentsFrom[b] + i)) {
                return false;
            }
        }
        return true;
    }

    /** Notes that the node that was next has been visited. */
    void visited(int node) {
        (known[node] ? readyKnown : readyNew).pop();
        int first = childrenFrom[node];
        int last = childrenFrom[node + 1];
        open += last - first - edgesInto(node);
        if (first == last) {
            ends++;
        }
        int mark = readyNew.size();
        int markKnown = readyKnown.size();
        for (int i = first; i < last; i++) {
            if (--missing[children[i]] == 0) {
                ready(children[i]);
            }
        }
        longestFirst(readyNew, mark);
        longestFirst(readyKnown, markKnown);
    }

    /* The last is visited first. */
    private void longestFirst(IntList stack, int from) {
        for (int i = from + 1; i < stack.size(); i++) {
            int node = stack.get(i);
            int at = i;
            while (at > from && cost[stack.get(at - 1)] < cost[node]) {
                stack.set(at, stack.get(at - 1));
                at--;
            }
            stack.set(at, node);
        }
    }

    /** The version that a node's first event was made in. */
    int[] version(int node) {
        int from = parentsFrom[node];
        int count = parentsFrom[node + 1] - from;
        if (count == 0) {
            return base;
        }
        int[] version = new int[count];
        for (int i = 0; i < count; i++) {
            version[i] = end[parents.get(from + i)] - 1;
        }
        return version;
    }
}
