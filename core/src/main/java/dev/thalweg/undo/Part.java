package dev.thalweg.undo;

import dev.thalweg.undo.UndoOutcome.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one step did to one thing: one key, one row, one sum. */
abstract class Part {
    final Tracker<?> tracker;
    final String what;

    Part(Tracker<?> tracker, String what) {
        this.tracker = tracker;
        this.what = what;
    }

    /** Puts back what was there. @param back gets how to forget that it was done @return why not, or null */
    @Nullable
    abstract Reason revert(List<Runnable> back);

    /** Does it again. */
    @Nullable
    abstract Reason reapply(List<Runnable> back);

    /** It is in no history any more. */
    void forget() {}
}
