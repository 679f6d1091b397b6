package dev.thalweg.eventgraph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs of events as they come in or go out, in columns. Agents are numbers into the batch's own list. */
final class Batch {
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
    char[] text = {};
    int textLength;
    /** Whether the text may have surrogates. */
    boolean surrogates;

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

    void parent(int who, int number) {
        parents.add(who);
        parents.add(number);
    }

    void operation(int how, int at, int count) {
        kind.add(how);
        position.add(at);
        units.add(count);
    }

    void text(char[] source, int from, int count) {
        reserve(count);
        System.arraycopy(source, from, text, textLength, count);
        textLength += count;
    }

    void setText(char[] source) {
        text = source;
        textLength = source.length;
        surrogates = Surrogates.areIn(source);
    }

    void text(String source) {
        surrogates |= Surrogates.areIn(source);
        reserve(source.length());
        source.getChars(0, source.length(), text, textLength);
        textLength += source.length();
    }

    private void reserve(int count) {
        if (textLength + count > text.length) {
            text = Arrays.copyOf(text, Math.max(textLength + count, 2 * text.length));
        }
    }

    static Batch of(List<TextRun> runs) {
        Batch batch = new Batch();
        Map<String, Integer> numbers = new HashMap<>();
        for (TextRun run : runs) {
            batch.run(batch.agent(run.first().agent(), numbers), run.first().sequence(), run.length());
            for (EventId parent : run.parents()) {
                batch.parent(batch.agent(parent.agent(), numbers), parent.sequence());
            }
            for (TextOperation operation : run.operations()) {
                switch (operation) {
                    case TextOperation.Insert insert -> {
                        batch.operation(TextLog.INSERT, insert.position(), insert.length());
                        batch.text(insert.text());
                    }
                    case TextOperation.Delete delete ->
                            batch.operation(TextLog.DELETE, delete.position(), delete.length());
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
        if (kind.get(cursor.at) == TextLog.INSERT) {
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
            case TextLog.INSERT -> first + done;
            case TextLog.DELETE -> first;
            default -> first + units.get(operation) - done - count;
        };
    }

    /** One of the runs as a batch of its own. */
    Batch single(int run, Cursor cursor) {
        Batch single = new Batch();
        Map<String, Integer> numbers = new HashMap<>();
        single.run(single.agent(agents.get(agent.get(run)), numbers), sequence.get(run), length.get(run));
        for (int i = parentsFrom.get(run); i < parentsEnd(run); i += 2) {
            single.parent(single.agent(agents.get(parents.get(i)), numbers), parents.get(i + 1));
        }
        take(cursor, length.get(run), (operation, done, count, textFrom) -> {
            single.operation(kind.get(operation), position(operation, done, count), count);
            if (kind.get(operation) == TextLog.INSERT) {
                single.text(text, textFrom, count);
            }
        });
        single.surrogates = surrogates;
        return single;
    }
}
