package dev.thalweg.eventgraph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Events that were read, for a document of their kind to {@linkplain EventDocument#merge(Batch) take in}. */
/* Runs in columns. Agents are numbers into the batch's own list. */
public final class Batch {
    final List<String> agents = new ArrayList<>(2);
    final IntList agent = new IntList(4);
    final IntList sequence = new IntList(4);
    final IntList length = new IntList(4);
    /** The parents of run n start here, as pairs of agent and sequence number. */
    final IntList parentsFrom = new IntList(4);
    final IntList parents = new IntList(4);
    /** Operations of all runs, in order; one may go on from run to run. */
    final IntList kind = new IntList(4);
    final IntList position = new IntList(4);
    final IntList units = new IntList(4);
    /** What they insert. */
    final Units inserted;

    /** @param inserted none yet */
    Batch(Units inserted) {
        this.inserted = inserted;
    }

    int runs() {
        return agent.size();
    }

    int parentsEnd(int run) {
        return run + 1 == runs() ? parents.size() : parentsFrom.get(run + 1);
    }

    /** Which one an agent is, also a new one. @param numbers those of the agents so far */
    private int agent(String name, Map<String, Integer> numbers) {
        Integer known = numbers.putIfAbsent(name, agents.size());
        if (known != null) {
            return known;
        }
        agents.add(name);
        return agents.size() - 1;
    }

    /** Starts a run; its parents and operations are to follow. */
    void run(int who, int first, int events) {
        agent.add(who);
        sequence.add(first);
        length.add(events);
        parentsFrom.add(parents.size());
    }

    /** Starts a run; its operations are to follow. @param numbers of the agents so far */
    void run(EventId first, int events, List<EventId> parentsOfFirst, Map<String, Integer> numbers) {
        run(agent(first.agent(), numbers), first.sequence(), events);
        for (EventId parent : parentsOfFirst) {
            parent(agent(parent.agent(), numbers), parent.sequence());
        }
    }

    void parent(int who, int number) {
        parents.add(who);
        parents.add(number);
    }

    void operation(int how, int at, int count) {
        kind.add(how);
        position.add(at);
        units.add(count);
    }

    static Batch of(List<TextRun> runs) {
        Chars chars = new Chars(16);
        Batch batch = new Batch(chars);
        Map<String, Integer> numbers = new HashMap<>();
        for (TextRun run : runs) {
            batch.run(run.first(), run.length(), run.parents(), numbers);
            for (TextOperation operation : run.operations()) {
                switch (operation) {
                    case TextOperation.Insert insert -> {
                        batch.operation(OperationLog.INSERT, insert.position(), insert.length());
                        chars.append(insert.text());
                    }
                    case TextOperation.Delete delete ->
                            batch.operation(OperationLog.DELETE, delete.position(), delete.length());
                    case TextOperation.Mark mark -> {
                        batch.operation(OperationLog.MARK, chars.marks.size(), 1);
                        chars.marks.add(mark.mark());
                    }
                }
            }
        }
        return batch;
    }

    /** A place among the operations: so many events of operation {@code at} are behind it. */
    static final class Cursor {
        int at;
        int done;
        int text;
    }

    /** Calls for each stretch of operations that the next so many events make. */
    interface Stretch {
        /** @param done how many events of the operation are before the stretch */
        void take(int operation, int done, int count, int textFrom);
    }

    void take(Cursor cursor, int events, Stretch stretch) {
        int left = events;
        while (left > 0) {
            int count = Math.min(left, units.get(cursor.at) - cursor.done);
            stretch.take(cursor.at, cursor.done, count, cursor.text);
            advance(cursor, count);
            left -= count;
        }
    }

    private void advance(Cursor cursor, int count) {
        cursor.done += count;
        if (kind.get(cursor.at) == OperationLog.INSERT) {
            cursor.text += count;
        }
        if (cursor.done == units.get(cursor.at)) {
            cursor.at++;
            cursor.done = 0;
        }
    }

    /** The leftmost position of some events of an operation. */
    int position(int operation, int done, int count) {
        int first = position.get(operation);
        return switch (kind.get(operation)) {
            case OperationLog.INSERT, OperationLog.MARK -> first + done;
            case OperationLog.DELETE -> first;
            default -> first + units.get(operation) - done - count;
        };
    }

    /** One of the runs as a batch of its own. */
    Batch single(int run, Cursor cursor) {
        Batch single = new Batch(inserted.none());
        Map<String, Integer> numbers = new HashMap<>();
        single.run(single.agent(agents.get(agent.get(run)), numbers), sequence.get(run), length.get(run));
        for (int i = parentsFrom.get(run); i < parentsEnd(run); i += 2) {
            single.parent(single.agent(agents.get(parents.get(i)), numbers), parents.get(i + 1));
        }
        take(cursor, length.get(run), (operation, done, count, textFrom) -> {
            int at = position(operation, done, count);
            if (kind.get(operation) == OperationLog.MARK) {
                single.operation(OperationLog.MARK, single.inserted.marks.size(), count);
                single.inserted.marks.addAll(inserted.marks.subList(at, at + count));
                return;
            }
            single.operation(kind.get(operation), at, count);
            if (kind.get(operation) == OperationLog.INSERT) {
                single.inserted.append(inserted, textFrom, count);
            }
        });
        return single;
    }
}
