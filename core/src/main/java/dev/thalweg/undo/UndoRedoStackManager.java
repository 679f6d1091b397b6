package dev.thalweg.undo;

import dev.thalweg.container.Container;
import dev.thalweg.dds.Listener;
import dev.thalweg.dds.Listeners;
import dev.thalweg.dds.cell.SharedCell;
import dev.thalweg.dds.counter.SharedCounter;
import dev.thalweg.dds.directory.SharedDirectory;
import dev.thalweg.dds.map.SharedMap;
import dev.thalweg.dds.ormap.OrMapMode;
import dev.thalweg.dds.ormap.SharedOrMap;
import dev.thalweg.platform.Subscription;
import dev.thalweg.undo.UndoOutcome.Reason;
import dev.thalweg.undo.UndoOutcome.Skipped;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What this client did to the structures it tracks, step by step, to be undone and redone. Each edit is a step; the edits
 * of one {@link Container#runTransaction transaction} are one together. A new step forgets what was undone.
 *
 * <p>It never undoes another client's edit: a part of a step whose place another client has written since, be it with
 * the same value, is left as it is, and {@link UndoOutcome} says so. It never puts a value back over a newer one of
 * another client: what it puts back is what would be there without this client's edit, also where somebody's write came
 * in between unseen, and when an undo was made before another client's write was known (the link may have been down),
 * theirs is written once more. Undoing and redoing are edits like others: they are optimistic, travel as one batch, and
 * are sent after a reconnect.
 *
 * <p>The name and the stack are those of Fluid's undo-redo package, whose handlers put the former value back whatever
 * has happened since.
 */
public final class UndoRedoStackManager {
    /** How many steps are kept unless it is said otherwise. */
    public static final int STEPS = 100;

    private final Container container;
    private final int limit;
    private final ArrayDeque<Step> undo = new ArrayDeque<>();
    private final ArrayDeque<Step> redo = new ArrayDeque<>();
    private final Listeners<Changed> listeners = new Listeners<>();
    private @Nullable Changed told;
    private int steps;

    /** There is something to undo or to redo, or not any more. */
    public record Changed(boolean canUndo, boolean canRedo) {}

    /** For the structures of a container, with a history of {@value #STEPS} steps. */
    public UndoRedoStackManager(Container container) {
        this(container, STEPS);
    }

    /**
     * For the structures of a container.
     *
     * @param limit how many steps are kept, the latest; at least 1
     */
    public UndoRedoStackManager(Container container, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, was " + limit);
        }
        this.container = container;
        this.limit = limit;
    }

    /**
     * Tracks the edits this client makes to a map from now on, until the subscription is cancelled.
     *
     * @throws IllegalStateException when the map is tracked already, by this or another; here and in all others
     */
    public Subscription track(SharedMap map) {
        MapTracker tracker = new MapTracker(this, map);
        return tracked(tracker, map.observe(tracker));
    }

    /** Tracks a directory tree: the values of all its directories, and which directories there are. */
    public Subscription track(SharedDirectory directory) {
        DirectoryTracker tracker = new DirectoryTracker(this, directory);
        return tracked(tracker, directory.observe(tracker));
    }

    /** Tracks a cell. */
    public Subscription track(SharedCell cell) {
        CellTracker tracker = new CellTracker(this, cell);
        return tracked(tracker, cell.observe(tracker));
    }

    /** Tracks a counter. */
    public Subscription track(SharedCounter counter) {
        CounterTracker tracker = new CounterTracker(this, counter);
        return tracked(tracker, counter.observe(tracker));
    }

    /** Tracks an OR-map, of either mode. */
    public Subscription track(SharedOrMap map) {
        if (map.mode() == OrMapMode.REGISTER) {
            RegisterTracker tracker = new RegisterTracker(this, map);
            return tracked(tracker, map.observe(tracker));
        }
        TallyTracker tracker = new TallyTracker(this, map);
        return tracked(tracker, map.observe(tracker));
    }

    /** Whether there is a step to undo. */
    public boolean canUndo() {
        return !undo.isEmpty();
    }

    /** Whether there is a step to redo. */
    public boolean canRedo() {
        return !redo.isEmpty();
    }

    /**
     * Undoes the latest step, the newest part first. When it throws nothing is undone.
     *
     * @return what was put back and what was not; {@link UndoOutcome#NOTHING} when there is no step
     * @throws IllegalStateException when a channel takes no edits now, or inside of a transaction
     */
    public UndoOutcome undoOperation() {
        return go(undo, redo, true);
    }

    /** Does the step again that was undone last. @throws IllegalStateException as {@link #undoOperation} does */
    public UndoOutcome redoOperation() {
        return go(redo, undo, false);
    }

    /** Forgets every step. */
    public void clear() {
        undo.forEach(Step::forget);
        undo.clear();
        forgetUndone();
        tell();
    }

    /** Hears when there is something to undo or redo, and when there is not any more. */
    public Subscription subscribe(Listener<? super Changed> listener) {
        return listeners.add(listener);
    }

    /** The step to which an edit made now belongs. */
    Step step() {
        int transaction = container.transaction();
        Step latest = undo.peekLast();
        if (latest != null && transaction != 0 && latest.transaction == transaction) {
            return latest;
        }
        Step step = new Step(transaction);
        steps++;
        undo.addLast(step);
        forgetUndone();
        if (undo.size() > limit) {
            undo.removeFirst().forget();
        }
        tell();
        return step;
    }

    /** An edit was taken back with its transaction. Steps lose their parts newest first. */
    void takeBack(Step step, Part part) {
        int last = step.parts.size() - 1;
        if (last >= 0 && step.parts.get(last) == part) {
            step.parts.remove(last);
        }
        forgetIfEmpty(step);
    }

    /** A step of which everything was taken back is none. */
    void forgetIfEmpty(Step step) {
        if (step.parts.isEmpty() && undo.peekLast() == step) {
            undo.removeLast();
            tell();
        }
    }

    private UndoOutcome go(ArrayDeque<Step> from, ArrayDeque<Step> to, boolean revert) {
        if (container.transaction() != 0) {
            // What the transaction takes back when it fails is the undo's edits, but not that the step was undone.
            throw new IllegalStateException("a transaction is being run: undo and redo are transactions of their own");
        }
        Step step = from.pollLast();
        if (step == null) {
            return UndoOutcome.NOTHING;
        }
        List<Runnable> back = new ArrayList<>();
        List<Skipped> skipped = new ArrayList<>();
        int stepsBefore = steps;
        boolean done = false;
        try {
            container.runTransaction(() -> each(step, revert, back, skipped));
            done = true;
        } finally {
            if (done) {
                step.state = revert ? Step.State.UNDONE : Step.State.DONE;
                to.addLast(step);
            } else {
                for (int i = back.size() - 1; i >= 0; i--) {
                    back.get(i).run();
                }
                from.addLast(step);
            }
            tell();
        }
        UndoOutcome outcome = new UndoOutcome(step.parts.size() - skipped.size(), skipped);
        if (revert && steps != stepsBefore) {
            // A listener made a step of its own meanwhile: what was undone is forgotten, as by any new step.
            forgetUndone();
            tell();
        }
        return outcome;
    }

    private static void each(Step step, boolean revert, List<Runnable> back, List<Skipped> skipped) {
        int size = step.parts.size();
        for (int i = 0; i < size; i++) {
            Part part = step.parts.get(revert ? size - 1 - i : i);
            Reason reason = part.tracker.closed ? Reason.UNTRACKED
                    : revert ? part.revert(back) : part.reapply(back);
            if (reason != null) {
                skipped.add(new Skipped(part.tracker.channel.id(), part.what, reason));
            }
        }
    }

    private void forgetUndone() {
        redo.forEach(Step::forget);
        redo.clear();
    }

    private void tell() {
        Changed now = new Changed(canUndo(), canRedo());
        if (!now.equals(told)) {
            told = now;
            listeners.tell(now);
        }
    }

    private static Subscription tracked(Tracker<?> tracker, Subscription subscription) {
        return () -> {
            tracker.closed = true;
            subscription.cancel();
        };
    }
}
