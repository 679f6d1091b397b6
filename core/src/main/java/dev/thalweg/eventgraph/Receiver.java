package dev.thalweg.eventgraph;

import dev.thalweg.json.ProtocolException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes events from other replicas into the graph and the log: those that are here already are compared and dropped,
 * those whose causes are not here yet wait.
 */
final class Receiver {
    /*
     * An event waits for its parents and for the agent's event before it, so that what is here of an agent is always all
     * of its events up to one. What waits is bounded; a batch that would go beyond that is refused as a whole.
     */
    private final EventGraph graph;
    private final OperationLog log;
    private final int maxWaiting;
    private final Map<EventId, Waiting> waiting = new HashMap<>();
    /* By agent and sequence number of the event that is missing. */
    private final Map<String, TreeMap<Integer, List<Waiting>>> byCause = new HashMap<>();
    /* Agents of whom events came in since somebody last looked for what waited for them. */
    private final ArrayDeque<String> progressed = new ArrayDeque<>();
    private int waitingSize;
    private final List<Waiting> unready = new ArrayList<>();
    private final IntList parents = new IntList();

    /* `cause` is missing, or one of those that are. Compared by identity. */
    private static final class Waiting {
        private final Batch batch;
        private final EventId first;
        private final EventId cause;
        private final int size;

        Waiting(Batch batch, EventId first, EventId cause, int size) {
            this.batch = batch;
            this.first = first;
            this.cause = cause;
            this.size = size;
        }
    }

    Receiver(EventGraph graph, OperationLog log, int maxWaiting) {
        this.graph = graph;
        this.log = log;
        this.maxWaiting = maxWaiting;
    }

    /** How many runs wait for their causes. */
    int waiting() {
        return waiting.size();
    }

    /**
     * Takes in what is new and ready, and puts aside what is not ready for {@link #settle}.
     *
     * @throws ProtocolException when an agent has two histories or too much would wait; then the graph and the log may
     *                           hold part of the batch
     */
    void take(Batch batch) throws ProtocolException {
        int[] numbers = new int[batch.agents.size()];
        for (int i = 0; i < numbers.length; i++) {
            String name = batch.agents.get(i);
            if (name.isEmpty() || !Surrogates.areWhole(name)) {
                throw new ProtocolException("agent " + i + " has no name, or one with half a surrogate pair");
            }
            numbers[i] = graph.agents().find(name);
        }
        unready.clear();
        int size = waitingSize;
        Batch.Cursor cursor = new Batch.Cursor();
        for (int run = 0; run < batch.runs(); run++) {
            EventId cause = resolve(batch, run, numbers);
            if (cause == null) {
                append(batch, run, graph.agents().findOrAdd(batch.agents.get(batch.agent.get(run))), cursor);
                continue;
            }
            Waiting entry = entry(batch, run, cursor, cause);
            size += entry.size;
            if (size > maxWaiting) {
                throw new ProtocolException("events that wait for " + cause.sequence() + " of " + cause.agent()
                        + " and others take " + size + ", the limit is " + maxWaiting);
            }
            unready.add(entry);
        }
    }

    /** Fails when something of the batch that was last taken was not ready. */
    void requireAllTaken() throws ProtocolException {
        if (!unready.isEmpty()) {
            throw new ProtocolException(unready.size() + " runs without their causes");
        }
    }

    /** Keeps what was not ready in the batch that was last taken, now that the rest of it has proven sound. */
    void settle(Batch batch) {
        for (Waiting entry : unready) {
            keep(entry);
        }
        unready.clear();
        if (!waiting.isEmpty()) {
            progressed.addAll(batch.agents);
        }
    }

    /** Takes away a run whose causes have come, or returns null. */
    @Nullable
    Batch takeReady() {
        if (waiting.isEmpty()) {
            return null;
        }
        Waiting ready = findReady();
        if (ready == null) {
            return null;
        }
        forget(ready);
        return ready.batch;
    }

    private @Nullable Waiting findReady() {
        for (String name = progressed.peek(); name != null; name = progressed.peek()) {
            TreeMap<Integer, List<Waiting>> entries = byCause.get(name);
            int who = graph.agents().find(name);
            if (entries != null && who >= 0 && entries.firstKey() < graph.agents().next(who)) {
                List<Waiting> first = entries.firstEntry().getValue();
                return first.get(first.size() - 1);
            }
            progressed.poll();
        }
        return null;
    }

    private void forget(Waiting entry) {
        TreeMap<Integer, List<Waiting>> entries = byCause.get(entry.cause.agent());
        List<Waiting> same = entries == null ? null : entries.get(entry.cause.sequence());
        if (entries != null && same != null) {
            same.remove(same.lastIndexOf(entry));
            if (same.isEmpty()) {
                entries.remove(entry.cause.sequence());
            }
            if (entries.isEmpty()) {
                byCause.remove(entry.cause.agent());
            }
        }
        waiting.remove(entry.first);
        waitingSize -= entry.size;
    }

    private void keep(Waiting entry) {
        Waiting old = waiting.get(entry.first);
        if (old != null) {
            if (old.batch.length.get(0) >= entry.batch.length.get(0)) {
                return;
            }
            forget(old);
        }
        waiting.put(entry.first, entry);
        byCause.computeIfAbsent(entry.cause.agent(), name -> new TreeMap<>())
                .computeIfAbsent(entry.cause.sequence(), number -> new ArrayList<>()).add(entry);
        waitingSize += entry.size;
    }

    private static Waiting entry(Batch batch, int run, Batch.Cursor cursor, EventId cause) {
        Batch single = batch.single(run, cursor);
        EventId first = new EventId(single.agents.get(single.agent.get(0)), single.sequence.get(0));
        return new Waiting(single, first, cause,
                1 + single.kind.size() + single.parents.size() + single.inserted.length());
    }

    /* Finds a run's parents. Returns an event that must come first, or null when there is none. */
    private @Nullable EventId resolve(Batch batch, int run, int[] numbers) {
        int who = batch.agent.get(run);
        int first = batch.sequence.get(run);
        int mine = number(batch, who, numbers);
        if (first > (mine < 0 ? 0 : graph.agents().next(mine))) {
            return new EventId(batch.agents.get(who), first - 1);
        }
        parents.clear();
        for (int i = batch.parentsFrom.get(run); i < batch.parentsEnd(run); i += 2) {
            int parent = batch.parents.get(i);
            int lv = graph.find(number(batch, parent, numbers), batch.parents.get(i + 1));
            if (lv < 0) {
                return new EventId(batch.agents.get(parent), batch.parents.get(i + 1));
            }
            parents.add(lv);
        }
        return null;
    }

    /* An agent is known here from its first event on, so that names alone take no room. -1 while it is not. */
    private int number(Batch batch, int agent, int[] numbers) {
        if (numbers[agent] < 0) {
            numbers[agent] = graph.agents().find(batch.agents.get(agent));
        }
        return numbers[agent];
    }

    private void append(Batch batch, int run, int who, Batch.Cursor cursor) throws ProtocolException {
        int first = batch.sequence.get(run);
        int count = batch.length.get(run);
        int next = graph.agents().next(who);
        int[] version = graph.ancestry().dominators(parents.toArray());
        int known = Math.min(count, next - first);
        if (known > 0) {
            compare(batch, who, first, known, version, cursor);
        }
        if (known == count) {
            return;
        }
        if (graph.size() > EventGraph.MAX_EVENTS - (count - known)) {
            throw new ProtocolException("a document holds " + EventGraph.MAX_EVENTS + " events, these would be more: "
                    + graph.size() + " and " + (count - known));
        }
        int lv = graph.append(who, count - known, known > 0 ? new int[] {graph.find(who, next - 1)} : version);
        addOperations(batch, lv, count - known, cursor);
    }

    private void addOperations(Batch batch, int from, int count, Batch.Cursor cursor) throws ProtocolException {
        int[] lv = {from};
        String[] flaw = {""};
        batch.take(cursor, count, (operation, done, units, insertedFrom) -> {
            int position = batch.position(operation, done, units);
            if (batch.kind.get(operation) == OperationLog.MARK) {
                log.inserted().marks.addAll(batch.inserted.marks.subList(position, position + units));
                log.mark(lv[0], units);
            } else if (batch.kind.get(operation) == OperationLog.INSERT) {
                log.inserted().append(batch.inserted, insertedFrom, units);
                log.insert(lv[0], position, units);
                if (flaw[0].isEmpty()) {
                    flaw[0] = batch.inserted.flaw(insertedFrom, insertedFrom + units);
                }
            } else {
                log.delete(lv[0], position, units, batch.kind.get(operation) == OperationLog.DELETE);
            }
            lv[0] += units;
        });
        if (!flaw[0].isEmpty()) {
            EventId id = graph.id(from);
            throw new ProtocolException("an operation of " + id.agent() + " from " + id.sequence() + " on inserts "
                    + flaw[0]);
        }
    }

    /* Events with the same names must be the same events. */
    private void compare(Batch batch, int who, int first, int count, int[] version, Batch.Cursor cursor)
            throws ProtocolException {
        int lv = graph.find(who, first);
        boolean same = Arrays.equals(graph.parents(lv), version);
        int number = first;
        while (same && number < first + count) {
            lv = graph.find(who, number);
            int run = graph.runOf(who, number);
            int stretch = Math.min(first + count - number, graph.end(run) - lv);
            same = (number == first || isOnlyParent(lv, graph.find(who, number - 1)))
                    && log.matches(lv, stretch, batch, cursor);
            number += stretch;
        }
        if (!same) {
            throw new ProtocolException("agent " + graph.agents().name(who) + " has two histories: its events "
                    + first + " to " + (first + count - 1) + " are others here");
        }
    }

    private boolean isOnlyParent(int lv, int parent) {
        int[] found = graph.parents(lv);
        return found.length == 1 && found[0] == parent;
    }
}
