package dev.thalweg.eventgraph;

import dev.thalweg.json.ProtocolException;
import java.util.Arrays;

/**
 * Turns what events did as their authors saw it into what they do to the text that is here.
 *
 * <p>Eg-walker: J. Gentle and M. Kleppmann, "Collaborative Text Editing with Eg-walker: Better, Faster, Smaller",
 * EuroSys 2025. Order of concurrent insertions: FugueMax, M. Weidner and M. Kleppmann, "The Art of the Fugue:
 * Minimizing Interleaving in Collaborative Text Editing", 2023, worked out the way Yjs does.
 */
final class Tracker {
    private final EventGraph graph;
    private final OperationLog log;
    private final SpanTree spans;
    private final IntList retreats = new IntList();
    private final IntList advances = new IntList();

    Tracker(EventGraph graph, OperationLog log, int leafCapacity, int fan) {
        this.graph = graph;
        this.log = log;
        spans = new SpanTree(leafCapacity, fan);
        spans.reset(0);
    }

    /** Forgets everything: the text is what it is. @param firstEvent none before it will be mentioned */
    void reset(int firstEvent) {
        spans.reset(firstEvent);
    }

    /** By how many units the text in effect is longer than it was when the tracker was reset. */
    int growth() {
        return spans.surplus(SpanTree.EFFECT);
    }

    /** The units, to be looked at. */
    SpanTree spans() {
        return spans;
    }

    /** Prepares another version. @param from the one that is prepared @param to one whose events were applied */
    void moveTo(int[] from, int[] to) {
        if (Arrays.equals(from, to)) {
            return;
        }
        retreats.clear();
        advances.clear();
        graph.ancestry().diff(from, to, retreats, advances);
        for (int i = 0; i < retreats.size(); i += 2) {
            retreat(retreats.get(i), retreats.get(i + 1));
        }
        for (int i = advances.size() - 2; i >= 0; i -= 2) {
            advance(advances.get(i), advances.get(i + 1));
        }
    }

    /** Goes back to before some events, which are prepared. */
    private void retreat(int from, int to) {
        shift(from, to, -SpanTree.INSERTED);
    }

    /** Goes on to after some events, which were applied before. */
    private void advance(int from, int to) {
        shift(from, to, SpanTree.INSERTED);
    }

    /* A deletion of what is not inserted at the moment only counts, so the order within the run does not matter. */
    private void shift(int from, int to, int delta) {
        int run = log.find(from);
        int event = from;
        while (event < to) {
            int end = Math.min(to, log.lv(run) + log.length(run));
            if (log.kind(run) == OperationLog.INSERT) {
                shiftUnits(event, end - event, delta);
            } else if (log.kind(run) != OperationLog.MARK) {
                shiftTargets(event, end, log.kind(run) == OperationLog.DELETE ? 1 : -1, delta);
            }
            event = end;
            run++;
        }
    }

    private void shiftTargets(int from, int to, int step, int delta) {
        int event = from;
        while (event < to) {
            int first = spans.target(event);
            int last = first;
            event++;
            while (event < to && spans.target(event) == last + step) {
                last += step;
                event++;
            }
            shiftUnits(Math.min(first, last), Math.abs(last - first) + 1, delta);
        }
    }

    private void shiftUnits(int first, int count, int delta) {
        int unit = first;
        int end = first + count;
        while (unit < end) {
            spans.toId(unit);
            int take = Math.min(end - unit, spans.length() - spans.offset);
            spans.isolate(take);
            spans.setState(spans.state() + delta);
            unit += take;
        }
    }

    /**
     * Applies events whose parents are what is prepared.
     *
     * @param length how long the text was when the tracker was reset, or -1 when the events are known to be sound
     * @param out    gets what they do in effect
     * @throws ProtocolException when an event acts on a position that its author cannot have had
     */
    void apply(int from, int to, int length, Splices out) throws ProtocolException {
        int run = log.find(from);
        int event = from;
        while (event < to) {
            int start = log.lv(run);
            int end = Math.min(to, start + log.length(run));
            int position = log.position(run, event - start, end - start);
            int count = end - event;
            if (log.kind(run) == OperationLog.MARK) {
                event = end;
                run++;
                continue;
            }
            boolean inserts = log.kind(run) == OperationLog.INSERT;
            if (length >= 0) {
                int there = length + spans.surplus(SpanTree.PREPARED);
                requireInside(graph, event, position, inserts ? 0 : count, there);
            }
            if (inserts) {
                insert(event, count, position, log.content(run) + event - start, out);
            } else {
                delete(event, count, position, log.kind(run) == OperationLog.DELETE, out);
            }
            event = end;
            run++;
        }
    }

    static void requireInside(EventGraph graph, int event, int position, int count, int length)
            throws ProtocolException {
        if (position > length - count) {
            EventId id = graph.id(event);
            throw new ProtocolException("event " + id.sequence() + " of " + id.agent() + " acts on " + position + " to "
                    + (position + count) + " of a text of " + length + " units");
        }
    }

    private void insert(int event, int count, int position, int content, Splices out) {
        int left = -1;
        if (position == 0) {
            spans.toStart();
        } else {
            spans.toPosition(position - 1);
            left = spans.id() + spans.offset;
            spans.offset++;
            if (spans.isInEffect()) {
                spans.effect++;
            }
        }
        int right;
        if (spans.offset > 0 && spans.offset < spans.length()) {
            right = left + 1;
        } else {
            right = place(event, left);
        }
        int effect = spans.effect;
        spans.insert(event, count, left, right);
        out.insert(effect, content, count);
    }

    /*
     * The cursor is between two spans. Behind it there may be units that are not inserted in the prepared version: those
     * of concurrent insertions at the same place. Finds the first unit that is, which is the insertion's right neighbour,
     * and puts the cursor where the insertion belongs among the units in between.
     */
    private int place(int event, int left) {
        int leaf = spans.leaf;
        int at = spans.at;
        int offset = spans.offset;
        int effect = spans.effect;
        if (left >= 0) {
            spans.next();
        }
        int firstLeaf = spans.leaf;
        int firstAt = spans.at;
        while (spans.state() >> 1 == 0) {
            spans.next();
        }
        int right = spans.id();
        if (spans.at != firstAt) {
            spans.leaf = firstLeaf;
            spans.at = firstAt;
            int sum = effect;
            boolean scanning = false;
            while (spans.state() >> 1 == 0) {
                int otherLeft = spans.left();
                if (otherLeft == left) {
                    if (spans.right() == right) {
                        if (graph.compareIds(event, spans.id()) < 0) {
                            break;
                        }
                        scanning = false;
                    } else {
                        scanning = spans.isBefore(spans.right(), right);
                    }
                } else if (otherLeft < 0 || left >= 0 && spans.isBefore(otherLeft, left)) {
                    break;
                }
                if (spans.isInEffect()) {
                    sum += spans.length();
                }
                if (!scanning) {
                    leaf = spans.leaf;
                    at = spans.at;
                    offset = spans.length();
                    effect = sum;
                }
                spans.next();
            }
        }
        spans.leaf = leaf;
        spans.at = at;
        spans.offset = offset;
        spans.effect = effect;
        return right;
    }

    private void delete(int event, int count, int position, boolean forwards, Splices out) {
        spans.reserve(event + count);
        int done = 0;
        while (done < count) {
            spans.toPosition(position);
            int take = Math.min(count - done, spans.length() - spans.offset);
            int effect = spans.effect;
            boolean inEffect = spans.isInEffect();
            spans.isolate(take);
            int unit = spans.id();
            spans.setState(2 * SpanTree.INSERTED | SpanTree.EVER_DELETED);
            for (int i = 0; i < take; i++) {
                spans.setTarget(forwards ? event + done + i : event + count - 1 - done - i, unit + i);
            }
            if (inEffect) {
                out.delete(effect, take);
            }
            done += take;
        }
    }

    /** Fails when something inside does not fit together. For tests. */
    void check() {
        spans.check();
    }
}
