package dev.thalweg.eventgraph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What happened, and what its authors had seen when they did it.
 *
 * <p>An event here is its <i>local version</i>: how many events came before it to this replica, from 0. Causes have
 * smaller local versions than their effects. Local versions mean nothing to another replica, which knows an event by its
 * {@link EventId}. A version of the document is a <i>frontier</i>: the events in it that no other event in it has seen,
 * as sorted local versions; the empty one is the empty document.
 *
 * <p>The graph says when things happened, not what: ops are kept beside it, by local version.
 */
public final class EventGraph {
    /** How many events a graph can hold. */
    public static final int MAX_EVENTS = 1 << 28;

    /*
     * Events are kept in runs: one agent's, in the order of their sequence numbers, each the only parent of the next. A
     * person who types makes one run until somebody else's event comes in between, so that the graph grows with the
     * number of turns and not of letters.
     *
     * `reach` makes most questions about ancestry free of a walk: all events from reach[run] to the start of the run are
     * ancestors of it. In a history without concurrency it is 0 everywhere.
     */
    private int[] start = new int[8];
    private int[] agent = new int[8];
    private int[] sequence = new int[8];
    private int[] reach = new int[8];
    /* By run, of those that somebody needed so far: texts have no use for times. */
    private int[] time = {};
    private int timedRuns;
    private int[][] parents = new int[8][];
    private int runs;
    /* The run that was last asked for; the next question is often about one nearby. */
    private int recentRun;
    private int size;
    private int[] frontier = {};
    private final Agents agents = new Agents();
    private final Ancestry ancestry = new Ancestry(this);

    /** Creates one without events. */
    public EventGraph() {}

    /** How many events there are; the next one's local version. */
    public int size() {
        return size;
    }

    /** The version that holds all events. */
    public int[] frontier() {
        return frontier.clone();
    }

    /** The same array that the graph uses, not to be changed or kept. */
    int[] frontierHere() {
        return frontier;
    }

    Agents agents() {
        return agents;
    }

    /** How many runs the events make up, for those who measure. */
    public int runs() {
        return runs;
    }

    int start(int run) {
        return start[run];
    }

    /** The local version behind the run's last event. */
    int end(int run) {
        return run + 1 == runs ? size : start[run + 1];
    }

    int agentOfRun(int run) {
        return agent[run];
    }

    int sequenceOfRun(int run) {
        return sequence[run];
    }

    int[] parentsOfRun(int run) {
        return parents[run];
    }

    int reach(int run) {
        return reach[run];
    }

    /** The run that an event is in. */
    int runAt(int lv) {
        int found = Search.floor(start, runs, lv, Math.min(recentRun, runs - 1));
        recentRun = found;
        return found;
    }

    /** Adds events of one agent, each the only parent of the next. */
    int append(int who, int count, int[] parentsOfFirst) {
        int first = size;
        int next = agents.next(who);
        boolean continues = runs > 0 && agent[runs - 1] == who && parentsOfFirst.length == 1
                && parentsOfFirst[0] == first - 1;
        size += count;
        agents.setNext(who, next + count);
        if (!continues) {
            newRun(first, who, next, parentsOfFirst);
        }
        if (frontier.length == 1 && parentsOfFirst.length == 1 && frontier[0] == parentsOfFirst[0]) {
            frontier[0] = size - 1;
        } else {
            frontier = advance(frontier, parentsOfFirst, size - 1);
        }
        return first;
    }

    private void newRun(int first, int who, int next, int[] parentsOfFirst) {
        if (runs == start.length) {
            int more = 2 * runs;
            start = Arrays.copyOf(start, more);
            agent = Arrays.copyOf(agent, more);
            sequence = Arrays.copyOf(sequence, more);
            reach = Arrays.copyOf(reach, more);
            parents = Arrays.copyOf(parents, more);
        }
        int far = first;
        while (far > 0 && indexOf(parentsOfFirst, far - 1) >= 0) {
            far = reach[runAt(far - 1)];
        }
        start[runs] = first;
        agent[runs] = who;
        sequence[runs] = next;
        reach[runs] = far;
        parents[runs] = parentsOfFirst.clone();
        agents.runs(who).add(runs);
        runs++;
    }

    /** The frontier after an event. @param seen its parents */
    static int[] advance(int[] frontier, int[] seen, int last) {
        int[] next = new int[frontier.length + 1];
        int kept = 0;
        for (int lv : frontier) {
            if (indexOf(seen, lv) < 0) {
                next[kept++] = lv;
            }
        }
        next[kept++] = last;
        return Arrays.copyOf(next, kept);
    }

    private static int indexOf(int[] values, int value) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == value) {
                return i;
            }
        }
        return -1;
    }

    /** Takes back the latest events. @param oldFrontier what the frontier was */
    void truncate(int count, int[] oldFrontier, int oldAgents) {
        while (size > count) {
            int run = runs - 1;
            int left = Math.max(count, start[run]);
            agents.setNext(agent[run], sequence[run] + left - start[run]);
            size = left;
            if (left == start[run]) {
                agents.runs(agent[run]).pop();
                runs--;
            }
        }
        agents.truncate(oldAgents);
        timedRuns = Math.min(timedRuns, runs);
        frontier = oldFrontier;
    }

    /** The parents of an event. */
    public int[] parents(int lv) {
        requireEvent(lv);
        int run = runAt(lv);
        return lv == start[run] ? parents[run].clone() : new int[] {lv - 1};
    }

    /**
     * Lamport's time of an event: one more than the latest of its parents', from 1. An event has a later time than
     * everything that its author had seen; of two that do not know of each other either may.
     */
    public int time(int lv) {
        requireEvent(lv);
        return timeOf(lv);
    }

    private int timeOf(int lv) {
        while (timedRuns < runs) {
            timeRun(timedRuns++);
        }
        int run = runAt(lv);
        return time[run] + lv - start[run];
    }

    private void timeRun(int run) {
        if (run == time.length) {
            time = Arrays.copyOf(time, Math.max(8, 2 * run));
        }
        int latest = 0;
        for (int parent : parents[run]) {
            int before = runAt(parent);
            latest = Math.max(latest, time[before] + parent - start[before]);
        }
        time[run] = latest + 1;
    }

    /** Which of two events counts as the later one at every replica: by time, then by agent's name and number. */
    int compareTimes(int a, int b) {
        int byTime = Integer.compare(timeOf(a), timeOf(b));
        return byTime != 0 ? byTime : compareIds(a, b);
    }

    /** The name of an event. */
    public EventId id(int lv) {
        requireEvent(lv);
        int run = runAt(lv);
        return new EventId(agents.name(agent[run]), sequence[run] + lv - start[run]);
    }

    /** The local version of an event, or -1 when it is not here. */
    public int find(EventId id) {
        return find(agents.find(id.agent()), id.sequence());
    }

    int find(int who, int number) {
        if (who < 0 || number >= agents.next(who)) {
            return -1;
        }
        int run = runOf(who, number);
        return start[run] + number - sequence[run];
    }

    /** The run that an agent's event is in, which is known to be here. */
    int runOf(int who, int number) {
        IntList own = agents.runs(who);
        int low = 0;
        int high = own.size() - 1;
        if (sequence[own.get(high)] <= number) {
            return own.get(high);
        }
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (sequence[own.get(middle)] <= number) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return own.get(low);
    }

    /** Which of two events comes first when nothing else says so: by agent's name, then by sequence number. */
    int compareIds(int a, int b) {
        int runA = runAt(a);
        int runB = runAt(b);
        if (agent[runA] != agent[runB]) {
            return agents.name(agent[runA]).compareTo(agents.name(agent[runB]));
        }
        return Integer.compare(sequence[runA] + a - start[runA], sequence[runB] + b - start[runB]);
    }

    /** How many events of each agent are here, in the order of their names. */
    public Map<String, Integer> versionVector() {
        Map<String, Integer> vector = new TreeMap<>();
        for (int i = 0; i < agents.count(); i++) {
            if (agents.next(i) > 0) {
                vector.put(agents.name(i), agents.next(i));
            }
        }
        return vector;
    }

    /**
     * What somebody lacks who has so many events of each agent.
     *
     * @return first and end of each stretch, in order
     */
    IntList since(Map<String, Integer> vector) {
        IntList firsts = new IntList();
        for (int who = 0; who < agents.count(); who++) {
            int has = Math.max(0, vector.getOrDefault(agents.name(who), 0));
            if (has >= agents.next(who)) {
                continue;
            }
            IntList own = agents.runs(who);
            firsts.add(find(who, has));
            for (int i = own.size() - 1; sequence[own.get(i)] > has; i--) {
                firsts.add(start[own.get(i)]);
            }
        }
        firsts.sort();
        IntList ranges = new IntList(2 * firsts.size());
        for (int i = 0; i < firsts.size(); i++) {
            int end = end(runAt(firsts.get(i)));
            if (i > 0 && ranges.last() == firsts.get(i)) {
                ranges.set(ranges.size() - 1, end);
            } else {
                ranges.add(firsts.get(i));
                ranges.add(end);
            }
        }
        return ranges;
    }

    /** The names of the events of a version, in the order of their agents. */
    public List<EventId> ids(int[] version) {
        List<EventId> ids = new ArrayList<>(version.length);
        for (int lv : version) {
            ids.add(id(lv));
        }
        ids.sort(null);
        return ids;
    }

    /** The version that some events stand for, as {@link #ids} tells them. @throws IllegalArgumentException when one is not here */
    public int[] versionOf(List<EventId> ids) {
        int[] version = new int[ids.size()];
        for (int i = 0; i < version.length; i++) {
            version[i] = find(ids.get(i));
            if (version[i] < 0) {
                throw new IllegalArgumentException(
                        "there is no event " + ids.get(i).sequence() + " of " + ids.get(i).agent());
            }
        }
        return ancestry.dominators(version);
    }

    /** Whether an event is in a version. */
    public boolean contains(int[] version, int lv) {
        requireEvent(lv);
        requireVersion(version);
        return ancestry.contains(version, lv);
    }

    /** The events among some that none of the others has seen. @return sorted */
    public int[] dominators(int[] lvs) {
        requireVersion(lvs);
        return ancestry.dominators(lvs);
    }

    /**
     * A version that is in both, such that every event of either that is not in it has seen all of it: where the two
     * parted.
     */
    public int[] lowestCommonAncestors(int[] a, int[] b) {
        requireVersion(a);
        requireVersion(b);
        return ancestry.conflicts(a, b, new IntList());
    }

    /** What is in one version and not in the other. */
    public VersionDiff diff(int[] a, int[] b) {
        requireVersion(a);
        requireVersion(b);
        IntList onlyA = new IntList();
        IntList onlyB = new IntList();
        ancestry.diff(a, b, onlyA, onlyB);
        return new VersionDiff(onlyA.toArray(), onlyB.toArray());
    }

    Ancestry ancestry() {
        return ancestry;
    }

    private void requireEvent(int lv) {
        if (lv < 0 || lv >= size) {
            throw new IllegalArgumentException("there are events 0 to " + (size - 1) + ", asked for " + lv);
        }
    }

    private void requireVersion(int[] version) {
        for (int lv : version) {
            requireEvent(lv);
        }
    }
}
