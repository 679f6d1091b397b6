package dev.thalweg.eventgraph;

import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where each unit of a text comes from and where it is now: who wrote what, places that stay, and how versions differ.
 *
 * <p>It takes in what its document did whenever it is asked something. The first time that is the whole history, so that
 * documents which are never asked pay nothing; from then on it is what is new. Memory: four bytes an event and some twenty
 * for each stretch of units that came in or went together.
 */
/*
 * The walker throws its tracker away, since a text needs only to know what changes. Here one is kept, that starts from the
 * empty text and is never cleared: all units that ever came in, in their order, the deleted ones included. That order is the
 * same at every replica, which is what makes cursors behind deleted units agree. What it costs is that an event is applied
 * to the version that its author had, to which the tracker moves first: with two authors who never see each other's events
 * while a third gets them in turns, each turn moves over all that the two have apart.
 *
 * `prepared` is whatever version was needed last. Questions about the text as it is look at what is in effect, which is
 * always everything.
 */
public final class TextHistory {
    private static final Splices SILENT = new Splices(true);

    private final TextDocument document;
    private final Tracker tracker;
    private final SpanTree spans;
    private int taken;
    private int[] prepared = {};
    /* The version before each run of the graph. */
    private final List<int[]> versions = new ArrayList<>();
    private int[] version = {};

    /** Some units in the order in which they came in, which are also neighbours in the text. */
    private record Piece(int unit, int count, boolean comesIn) {}

    /** Units of a piece, for those who need to know which a change brings. */
    interface Units {
        void take(int unit, int count);
    }

    /** The history of a document, for as long as that is used. */
    public TextHistory(TextDocument document) {
        this(document, 32, 16);
    }

    /** With trees of other sizes, for tests. */
    TextHistory(TextDocument document, int leafCapacity, int fan) {
        this.document = document;
        tracker = new Tracker(document.graph(), document.log(), leafCapacity, fan);
        spans = tracker.spans();
    }

    /** The document. */
    public TextDocument document() {
        return document;
    }

    /** Takes in what is new. */
    void catchUp() {
        EventGraph graph = document.graph();
        while (taken < graph.size()) {
            int run = graph.runAt(taken);
            int end = graph.end(run);
            int[] parents = graph.parents(taken);
            prepare(parents);
            try {
                tracker.apply(taken, end, 0, SILENT);
            } catch (ProtocolException e) {
                throw new IllegalStateException("the events are not what a document has: " + e.getMessage(), e);
            }
            if (versions.size() == run) {
                versions.add(version);
            }
            version = EventGraph.advance(version, parents, end - 1);
            prepared = new int[] {end - 1};
            taken = end;
        }
    }

    private void prepare(int[] wanted) {
        tracker.moveTo(prepared, wanted);
        prepared = wanted;
    }

    /** How many events there are. */
    int events() {
        catchUp();
        return taken;
    }

    /** The version of the first so many events that came here. */
    int[] versionOf(int events) {
        catchUp();
        if (events < 0 || events > taken) {
            throw new IllegalArgumentException("there are " + taken + " events, asked for the first " + events);
        }
        if (events == 0) {
            return new int[] {};
        }
        int run = document.graph().runAt(events - 1);
        return EventGraph.advance(versions.get(run), document.graph().parentsOfRun(run), events - 1);
    }

    /** Whether the first so many events end between the two units of a surrogate pair. */
    boolean splitsPair(int events) {
        if (events == 0 || events >= taken || !document.chars().haveSurrogates()) {
            return false;
        }
        int here = unitOf(events - 1);
        int next = unitOf(events);
        return here >= 0 && next >= 0 && Math.abs(here - next) == 1 && (here == events - 1) == (next == events)
                && Character.isHighSurrogate(charOf(Math.min(here, next)))
                && Character.isLowSurrogate(charOf(Math.max(here, next)));
    }

    /** The unit that an event put in or deleted; -1 when it made a mark. */
    int unitOf(int event) {
        OperationLog log = document.log();
        return switch (log.kind(log.find(event))) {
            case OperationLog.INSERT -> event;
            case OperationLog.MARK -> -1;
            default -> spans.target(event);
        };
    }

    private char charOf(int unit) {
        OperationLog log = document.log();
        int run = log.find(unit);
        return document.chars().chars()[log.content(run) + unit - log.lv(run)];
    }

    /**
     * How the text differs between two versions. The work grows with the events that only one of them has.
     *
     * @return what takes a copy of the text at the first to the text at the second
     * @throws IllegalArgumentException when a version names events that are not here
     */
    public TextChange change(List<EventId> from, List<EventId> to) {
        EventGraph graph = document.graph();
        return change(graph.versionOf(from), graph.versionOf(to));
    }

    TextChange change(int[] from, int[] to) {
        catchUp();
        EventGraph graph = document.graph();
        IntList ranges = new IntList();
        IntList only = new IntList();
        graph.ancestry().diff(from, to, ranges, only);
        ranges.addAll(only.toArray());
        IntList units = new IntList();
        for (int i = 0; i < ranges.size(); i += 2) {
            addUnits(ranges.get(i), ranges.get(i + 1), units);
        }
        prepare(from);
        IntList before = visible(units);
        prepare(to);
        IntList after = visible(units);
        return change(pieces(before, after), SpanTree.PREPARED, true, (unit, count) -> {});
    }

    /** Adds the units that events put in or deleted. */
    void addUnits(int from, int to, IntList units) {
        for (int event = from; event < to; event++) {
            int unit = unitOf(event);
            if (unit >= 0) {
                units.add(unit);
            }
        }
    }

    /* Those of some units that are there in the prepared version. Sorts them, and leaves each once. */
    private IntList visible(IntList units) {
        units.sort();
        IntList visible = new IntList();
        int last = -1;
        for (int i = 0; i < units.size(); i++) {
            int unit = units.get(i);
            if (unit != last) {
                spans.toId(unit);
                if (spans.isPrepared()) {
                    visible.add(unit);
                }
                last = unit;
            }
        }
        return visible;
    }

    private List<Piece> pieces(IntList before, IntList after) {
        List<Piece> pieces = new ArrayList<>();
        addPieces(without(before, after), false, pieces);
        addPieces(without(after, before), true, pieces);
        return pieces;
    }

    private static IntList without(IntList all, IntList others) {
        IntList rest = new IntList();
        int at = 0;
        for (int i = 0; i < all.size(); i++) {
            while (at < others.size() && others.get(at) < all.get(i)) {
                at++;
            }
            if (at == others.size() || others.get(at) != all.get(i)) {
                rest.add(all.get(i));
            }
        }
        return rest;
    }

    /* Units, sorted, as pieces none of which is in two spans. */
    private void addPieces(IntList units, boolean comeIn, List<Piece> pieces) {
        int i = 0;
        while (i < units.size()) {
            int unit = units.get(i);
            spans.toId(unit);
            int room = spans.length() - spans.offset;
            int count = 1;
            while (count < room && i + count < units.size() && units.get(i + count) == unit + count) {
                count++;
            }
            pieces.add(new Piece(unit, count, comeIn));
            i += count;
        }
    }

    /** What it is to the text as it is when some units come back and some go. All sorted, each once. */
    TextChange change(IntList back, IntList away, Units brought) {
        catchUp();
        List<Piece> pieces = new ArrayList<>();
        addPieces(back, true, pieces);
        addPieces(away, false, pieces);
        return change(pieces, SpanTree.EFFECT, false, brought);
    }

    /**
     * Puts pieces in order.
     *
     * @param changed whether the measure is of the text after the change
     */
    private TextChange change(List<Piece> pieces, int measure, boolean changed, Units brought) {
        pieces.sort((a, b) -> a == b ? 0 : spans.isBefore(a.unit(), b.unit()) ? -1 : 1);
        TextChange.Builder edits = new TextChange.Builder();
        int at = 0;
        for (Piece piece : pieces) {
            spans.toId(piece.unit());
            int position = spans.widthBefore(measure);
            edits.retain(position - at);
            at = piece.comesIn() == changed ? position + piece.count() : position;
            if (piece.comesIn()) {
                addText(piece.unit(), piece.count(), edits);
                brought.take(piece.unit(), piece.count());
            } else {
                edits.delete(piece.count());
            }
        }
        return edits.build();
    }

    private void addText(int unit, int count, TextChange.Builder edits) {
        OperationLog log = document.log();
        int run = log.find(unit);
        int done = 0;
        while (done < count) {
            int offset = unit + done - log.lv(run);
            int take = Math.min(count - done, log.length(run) - offset);
            edits.insert(document.chars().chars(), log.content(run) + offset, take);
            done += take;
            run++;
        }
    }

    /** Whether a unit is in the text as it is. */
    boolean isThere(int unit) {
        catchUp();
        spans.toId(unit);
        return spans.isInEffect();
    }

    /** How many deleted a unit, not knowing of each other. */
    int deletions(int unit) {
        catchUp();
        prepare(document.graph().frontier());
        spans.toId(unit);
        return (spans.state() >> 1) - 1;
    }

    /**
     * Who wrote a part of the text. What an undo or redo brought back counts as written by whoever asked for it.
     *
     * @throws IllegalArgumentException when it is not inside the text
     */
    public List<Authorship> blame(int from, int to) {
        document.requireRange(from, to);
        catchUp();
        return blame(SpanTree.EFFECT, from, to);
    }

    /** Who wrote a part, which is known to be inside, of the text of a version. */
    List<Authorship> blame(int[] wanted, int from, int to) {
        catchUp();
        prepare(wanted);
        return blame(SpanTree.PREPARED, from, to);
    }

    private List<Authorship> blame(int measure, int from, int to) {
        EventGraph graph = document.graph();
        List<Authorship> stretches = new ArrayList<>();
        int left = to - from;
        if (left > 0) {
            spans.toUnit(measure, from);
        }
        EventId first = null;
        int length = 0;
        while (left > 0) {
            if (spans.counts(measure)) {
                int unit = spans.id() + spans.offset;
                int run = graph.runAt(unit);
                int take = Math.min(left, Math.min(spans.length() - spans.offset, graph.end(run) - unit));
                EventId id = graph.id(unit);
                if (first != null && first.agent().equals(id.agent()) && first.sequence() + length == id.sequence()) {
                    length += take;
                } else {
                    add(first, length, stretches);
                    first = id;
                    length = take;
                }
                left -= take;
                spans.offset += take;
                if (spans.offset < spans.length()) {
                    continue;
                }
            }
            spans.next();
        }
        add(first, length, stretches);
        return stretches;
    }

    private static void add(@Nullable EventId first, int length, List<Authorship> stretches) {
        if (first != null) {
            stretches.add(new Authorship(first, length));
        }
    }

    /**
     * A place that stays.
     *
     * @throws IllegalArgumentException when the position is outside the text or inside a surrogate pair
     */
    public TextCursor cursor(int position, Affinity affinity) {
        document.requireBoundary(position);
        catchUp();
        int neighbour = affinity == Affinity.BEFORE ? position - 1 : position;
        if (neighbour < 0 || neighbour == document.length()) {
            return new TextCursor(null, affinity);
        }
        return new TextCursor(document.graph().id(unitAt(neighbour)), affinity);
    }

    /** The unit at a position of the text as it is. */
    int unitAt(int position) {
        spans.toUnit(SpanTree.EFFECT, position);
        return spans.id() + spans.offset;
    }

    /**
     * Where a place is now. When its unit was deleted, that is where the unit would be.
     *
     * @throws IllegalArgumentException when its unit is not here, so that it must be from a replica that has seen more
     */
    public int position(TextCursor cursor) {
        catchUp();
        EventId id = cursor.unit();
        if (id == null) {
            return cursor.affinity() == Affinity.BEFORE ? 0 : document.length();
        }
        int unit = requireUnit(id);
        return positionOf(unit) + (cursor.affinity() == Affinity.BEFORE && spans.isInEffect() ? 1 : 0);
    }

    /** The unit that an event put in. @throws IllegalArgumentException when the event is not here or put nothing in */
    int requireUnit(EventId id) {
        int unit = document.graph().find(id);
        if (unit < 0 || document.log().kind(document.log().find(unit)) != OperationLog.INSERT) {
            throw new IllegalArgumentException("event " + id.sequence() + " of " + id.agent() + " put nothing in here");
        }
        return unit;
    }

    /** Where a unit is in the text as it is, or would be; puts the spans' cursor on it. */
    int positionOf(int unit) {
        spans.toId(unit);
        return spans.widthBefore(SpanTree.EFFECT);
    }

    /** Whether a unit comes before another, in the text as it is or as it was. */
    boolean isBefore(int unit, int other) {
        return spans.isBefore(unit, other);
    }

    /** Fails when something inside does not fit together. For tests. */
    void check() {
        catchUp();
        tracker.check();
        int[] here = version.clone();
        Arrays.sort(here);
        if (!Arrays.equals(here, document.graph().frontier())) {
            throw new IllegalStateException("the version is another than the document's");
        }
    }
}
