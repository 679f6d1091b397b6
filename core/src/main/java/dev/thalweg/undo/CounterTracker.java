package dev.thalweg.undo;

import dev.thalweg.dds.counter.CounterOperation;
import dev.thalweg.dds.counter.SharedCounter;
import dev.thalweg.undo.UndoOutcome.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Follows a counter. Increments commute, so one can be undone whatever others have added. */
final class CounterTracker extends Tracker<CounterOperation> {
    private final SharedCounter counter;

    CounterTracker(UndoRedoStackManager manager, SharedCounter counter) {
        super(manager, counter);
        this.counter = counter;
    }

    @Override
    Flight record(CounterOperation operation) {
        long amount = switch (operation) {
            case CounterOperation.Increment increment -> (long) increment.amount();
        };
        return new NewPart(manager.step(), new Part(this, "value") {
            @Override
            @Nullable
            Reason revert(List<Runnable> back) {
                perform(new Flight(), () -> counter.increment(-amount));
                return null;
            }

            @Override
            @Nullable
            Reason reapply(List<Runnable> back) {
                perform(new Flight(), () -> counter.increment(amount));
                return null;
            }
        });
    }

    @Override
    void foreign(CounterOperation operation) {
        // Whatever others add, what this client added stays what it is.
    }
}
