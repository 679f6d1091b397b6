package dev.thalweg.eventgraph;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Undo and redo of what this replica's user did to a text since the manager was made, step by step. To undo is to edit: what
 * the step put in is deleted, what it deleted comes back in its old place. Other replicas learn of it as of any edit.
 *
 * <p>It never undoes another's edit: what others put in stays, also in the middle of what goes, and what others deleted too,
 * at the same time, stays away. What is left to undo of a step is undone; steps of which nothing is left are passed over.
 *
 * <p>Whoever brings text back inserts a copy of it. The manager knows its copies for the originals, so that any number of
 * steps can be undone and redone.
 */
public final class TextUndoManager {
    /** How many steps can be undone, unless said otherwise. */
    public static final int DEFAULT_STEPS = 1000;

    /* A step is a stretch of the replica's own events, by their sequence numbers; so is what undid it. */
    private final TextDocument document;
    private final TextHistory history;
    private final @Nullable RichText marks;
    private final int maxSteps;
    private final ArrayDeque<Step> undo = new ArrayDeque<>();
    private final ArrayDeque<Step> redo = new ArrayDeque<>();
    private final Copies copies = new Copies();
    private int noted;

    private record Step(int from, int to) {}

    /** Undoes what is done from now on. */
    public TextUndoManager(TextHistory history) {
        this(history, null, DEFAULT_STEPS);
    }

    /** Undoes what is done from now on, marks included; to be used through {@link RichText#undo}. */
    public TextUndoManager(RichText text) {
        this(text.history(), text, DEFAULT_STEPS);
        text.keepReplaced();
    }

    /** Undoes what is done from now on. @param maxSteps how many steps are remembered, at least 1 */
    public TextUndoManager(TextHistory history, int maxSteps) {
        this(history, null, maxSteps);
    }

    private TextUndoManager(TextHistory history, @Nullable RichText marks, int maxSteps) {
        if (maxSteps < 1) {
            throw new IllegalArgumentException("at least one step is remembered, not " + maxSteps);
        }
        this.history = history;
        this.marks = marks;
        document = history.document();
        this.maxSteps = maxSteps;
        noted = document.ownEvents();
    }

    /** Makes what was done since the last step one of its own. Nothing can be redone any more if anything was. */
    public void closeStep() {
        int now = document.ownEvents();
        if (now > noted) {
            undo.addLast(new Step(noted, now));
            if (undo.size() > maxSteps) {
                undo.removeFirst();
                if (marks != null) {
                    EventGraph graph = document.graph();
                    marks.forgetReplaced(graph.find(graph.agents().find(document.agent()), undo.getFirst().from()));
                }
            }
            redo.clear();
            noted = now;
        }
    }

    /** Whether there is a step to undo. */
    public boolean canUndo() {
        return !undo.isEmpty() || document.ownEvents() > noted;
    }

    /** Whether there is a step to redo. */
    public boolean canRedo() {
        return !redo.isEmpty() && document.ownEvents() == noted;
    }

    /** Undoes the latest step of which something is left. @return how the text changed */
    public TextChange undo() {
        closeStep();
        return revert(undo, redo);
    }

    /** Redoes what was last undone, unless something else was done since. @return how the text changed */
    public TextChange redo() {
        closeStep();
        return revert(redo, undo);
    }

    private TextChange revert(ArrayDeque<Step> from, ArrayDeque<Step> to) {
        TextChange change = TextChange.NONE;
        while (document.ownEvents() == noted && !from.isEmpty()) {
            change = revert(from.removeLast());
        }
        if (document.ownEvents() > noted) {
            to.addLast(new Step(noted, document.ownEvents()));
            noted = document.ownEvents();
        }
        return change;
    }

    private TextChange revert(Step step) {
        history.catchUp();
        EventGraph graph = document.graph();
        OperationLog log = document.log();
        int self = graph.agents().find(document.agent());
        IntList inserted = new IntList();
        IntList deleted = new IntList();
        IntList marked = new IntList();
        for (int number = step.from(); number < step.to(); number++) {
            int event = graph.find(self, number);
            switch (log.kind(log.find(event))) {
                case OperationLog.INSERT -> inserted.add(event);
                case OperationLog.MARK -> marked.add(event);
                default -> deleted.add(history.unitOf(event));
            }
        }
        inserted.sort();
        IntList away = new IntList();
        for (int i = 0; i < inserted.size(); i++) {
            int unit = copies.latest(inserted.get(i));
            if (history.isThere(unit)) {
                away.add(unit);
            }
        }
        away.sort();
        IntList back = new IntList();
        for (int i = 0; i < deleted.size(); i++) {
            int unit = deleted.get(i);
            int at = inserted.lowerBound(unit);
            boolean own = at < inserted.size() && inserted.get(at) == unit;
            if (!own && !history.isThere(copies.latest(unit)) && history.deletions(unit) == 1) {
                back.add(unit);
            }
        }
        back.sort();
        IntList originals = new IntList();
        IntList fresh = new IntList();
        TextChange change = apply(back, away, originals, fresh);
        if (marks != null) {
            for (int i = marked.size() - 1; i >= 0; i--) {
                marks.revert(marked.get(i));
            }
            marks.markLike(originals, fresh);
        }
        return change;
    }

    /* No honest author leaves half a pair, and none may be put in: then nothing comes back. */
    private static boolean splitsPair(TextChange change) {
        for (TextChange.Edit edit : change.edits()) {
            if (edit instanceof TextChange.Edit.Insert insert && !Surrogates.areWhole(insert.text())) {
                return true;
            }
        }
        return false;
    }

    /* `originals` and `fresh` get what came back, in order, and the copies. */
    private TextChange apply(IntList back, IntList away, IntList originals, IntList fresh) {
        TextChange change = history.change(back, away, (unit, count) -> {
            for (int i = 0; i < count; i++) {
                originals.add(unit + i);
            }
        });
        if (back.size() > 0 && splitsPair(change)) {
            originals.clear();
            return apply(new IntList(), away, originals, fresh);
        }
        int position = 0;
        for (TextChange.Edit edit : change.edits()) {
            switch (edit) {
                case TextChange.Edit.Retain retain -> position += retain.length();
                case TextChange.Edit.Insert insert -> {
                    int event = document.graph().size();
                    document.put(position, insert.text());
                    position += insert.text().length();
                    for (int i = 0; i < insert.text().length(); i++) {
                        copies.add(originals.get(fresh.size()), event + i);
                        fresh.add(event + i);
                    }
                }
                case TextChange.Edit.Delete delete -> document.take(position, delete.length());
            }
        }
        return change;
    }
}
