package dev.thalweg.dds.counter;

import dev.thalweg.dds.Kernel;
import dev.thalweg.dds.OperationContext;
import dev.thalweg.dds.counter.CounterEvent.Incremented;
import dev.thalweg.dds.counter.CounterOperation.Increment;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryNode;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A counter without the world around it: the sum of what has been sequenced, and of this client's pending increments.
 * Additions commute, so a reader sees the one plus the other.
 */
final class CounterKernel implements Kernel<CounterOperation, CounterEvent> {
    private final ArrayDeque<Increment> pending = new ArrayDeque<>();
    private double sequenced;
    private double pendingAmount;

    CounterKernel(double sequenced) {
        this.sequenced = sequenced;
    }

    double value() {
        return sequenced + pendingAmount;
    }

    double sequencedValue() {
        return sequenced;
    }

    double pendingAmount() {
        return pendingAmount;
    }

    @Override
    public CounterOperation read(JsonValue contents) throws ProtocolException {
        return CounterOperation.read(contents);
    }

    @Override
    public List<CounterEvent> detached(CounterOperation operation) {
        double amount = increment(operation).amount();
        sequenced += amount;
        return incremented(amount, true);
    }

    @Override
    public List<CounterEvent> local(CounterOperation operation) {
        Increment increment = increment(operation);
        pending.addLast(increment);
        pendingAmount += increment.amount();
        return incremented(increment.amount(), true);
    }

    @Override
    public List<CounterEvent> sequenced(CounterOperation operation, OperationContext context, boolean own) {
        Increment increment = increment(operation);
        sequenced += increment.amount();
        if (!own) {
            return incremented(increment.amount(), false);
        }
        takeOut(pending.pollFirst(), increment);
        return List.of();
    }

    @Override
    public List<CounterEvent> rollback(CounterOperation operation) {
        Increment increment = increment(operation);
        takeOut(pending.pollLast(), increment);
        return incremented(-increment.amount(), true);
    }

    @Override
    public CounterOperation resubmit(CounterOperation operation) {
        return operation;
    }

    @Override
    public SummaryNode.Tree summarize() {
        return CounterSummary.write(sequenced);
    }

    @Override
    public JsonValue snapshot() {
        return JsonValue.of(value());
    }

    @Override
    public void check() {
        double sum = 0;
        for (Increment increment : pending) {
            sum += increment.amount();
        }
        if (sum != pendingAmount) {
            throw new IllegalStateException(
                    "pending is " + JsonValue.of(pendingAmount) + " where the increments come to " + JsonValue.of(sum));
        }
    }

    /* Equal increments are different ones: only the very object that was made is meant. */
    @SuppressWarnings("ReferenceEquality")
    private void takeOut(@Nullable Increment due, Increment increment) {
        if (due != increment) {
            throw new IllegalStateException("due was " + (due == null ? "nothing" : due.toJson().toJson()) + ", came "
                    + increment.toJson().toJson());
        }
        // Beyond 2^53 sums are not exact; what is left of nothing must still be nothing.
        pendingAmount = pending.isEmpty() ? 0 : pendingAmount - increment.amount();
    }

    private List<CounterEvent> incremented(double amount, boolean local) {
        return List.of(new Incremented((long) amount, (long) value(), local));
    }

    private static Increment increment(CounterOperation operation) {
        return switch (operation) {
            case Increment increment -> increment;
        };
    }
}
