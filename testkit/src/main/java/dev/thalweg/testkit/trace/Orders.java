package dev.thalweg.testkit.trace;

import dev.thalweg.eventgraph.EventId;
import dev.thalweg.eventgraph.TextOperation;
import dev.thalweg.eventgraph.TextRun;
import dev.thalweg.testkit.Rng;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The same events in other orders and portions. */
public final class Orders {
    private Orders() {}

    /** Every event as a run of its own. */
    public static List<TextRun> events(List<TextRun> runs) {
        List<TextRun> events = new ArrayList<>();
        for (TextRun run : runs) {
            events.addAll(pieces(run, Integer.MAX_VALUE, new Rng(0), false));
        }
        return events;
    }

    /** Causes before effects, otherwise as chance has it: runs are cut at random and branches take turns. */
    public static List<TextRun> shuffled(List<TextRun> runs, Rng rng) {
        List<TextRun> pieces = new ArrayList<>();
        for (TextRun run : runs) {
            pieces.addAll(pieces(run, 3, rng, true));
        }
        Map<EventId, Integer> pieceOf = new HashMap<>();
        for (int i = 0; i < pieces.size(); i++) {
            pieceOf.put(last(pieces.get(i)), i);
        }
        return topological(cutAtParents(pieces, pieceOf), rng);
    }

    private static EventId last(TextRun run) {
        return new EventId(run.first().agent(), run.first().sequence() + run.length() - 1);
    }

    /* Pieces end where others start from, so that each depends on whole pieces. */
    private static List<TextRun> cutAtParents(List<TextRun> pieces, Map<EventId, Integer> ends) {
        Map<EventId, Boolean> cuts = new HashMap<>();
        for (TextRun piece : pieces) {
            for (EventId parent : piece.parents()) {
                if (!ends.containsKey(parent)) {
                    cuts.put(parent, true);
                }
            }
        }
        List<TextRun> cut = new ArrayList<>();
        for (TextRun piece : pieces) {
            int done = 0;
            int length = piece.length();
            for (int i = 1; i <= length; i++) {
                EventId here = new EventId(piece.first().agent(), piece.first().sequence() + i - 1);
                if (i == length || cuts.containsKey(here)) {
                    cut.add(slice(piece, done, i));
                    done = i;
                }
            }
        }
        return cut;
    }

    private static List<TextRun> topological(List<TextRun> pieces, Rng rng) {
        Map<EventId, Integer> byLast = new HashMap<>();
        for (int i = 0; i < pieces.size(); i++) {
            byLast.put(last(pieces.get(i)), i);
        }
        List<List<Integer>> effects = new ArrayList<>();
        int[] missing = new int[pieces.size()];
        for (int i = 0; i < pieces.size(); i++) {
            effects.add(new ArrayList<>());
        }
        List<Integer> ready = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            for (EventId parent : pieces.get(i).parents()) {
                Integer cause = byLast.get(parent);
                if (cause == null) {
                    throw new IllegalStateException("nothing ends with " + parent);
                }
                effects.get(cause).add(i);
                missing[i]++;
            }
            if (missing[i] == 0) {
                ready.add(i);
            }
        }
        List<TextRun> order = new ArrayList<>();
        while (!ready.isEmpty()) {
            int at = rng.below(ready.size());
            int next = ready.get(at);
            ready.set(at, ready.get(ready.size() - 1));
            ready.remove(ready.size() - 1);
            order.add(pieces.get(next));
            for (int effect : effects.get(next)) {
                if (--missing[effect] == 0) {
                    ready.add(effect);
                }
            }
        }
        return order;
    }

    /* Cuts a run into at most so many pieces, or into its events. */
    private static List<TextRun> pieces(TextRun run, int most, Rng rng, boolean atRandom) {
        List<TextRun> pieces = new ArrayList<>();
        int length = run.length();
        int done = 0;
        while (done < length) {
            int end = !atRandom ? done + 1
                    : pieces.size() + 1 == most ? length : done + 1 + rng.below(length - done);
            if (endsInsidePair(run, end)) {
                end++;
            }
            pieces.add(slice(run, done, end));
            done = end;
        }
        return pieces;
    }

    private static boolean endsInsidePair(TextRun run, int end) {
        int at = 0;
        for (TextOperation operation : run.operations()) {
            int inside = end - at;
            if (operation instanceof TextOperation.Insert insert && inside > 0 && inside < operation.length()) {
                return Character.isHighSurrogate(insert.text().charAt(inside - 1));
            }
            at += operation.length();
        }
        return false;
    }

    private static TextRun slice(TextRun run, int from, int to) {
        if (from == 0 && to == run.length()) {
            return run;
        }
        EventId first = new EventId(run.first().agent(), run.first().sequence() + from);
        List<EventId> parents = from == 0 ? run.parents()
                : List.of(new EventId(first.agent(), first.sequence() - 1));
        List<TextOperation> operations = new ArrayList<>();
        int at = 0;
        for (TextOperation operation : run.operations()) {
            int start = Math.max(from, at) - at;
            int end = Math.min(to, at + operation.length()) - at;
            if (start < end) {
                operations.add(switch (operation) {
                    case TextOperation.Insert insert ->
                            new TextOperation.Insert(insert.position() + start, insert.text().substring(start, end));
                    case TextOperation.Delete delete -> new TextOperation.Delete(delete.position(), end - start);
                    case TextOperation.Mark mark -> mark;
                });
            }
            at += operation.length();
        }
        return new TextRun(first, parents, operations);
    }
}
