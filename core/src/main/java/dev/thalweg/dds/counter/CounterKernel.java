package dev.thalweg.dds.counter;

import dev.thalweg.dds.Kernel;
import dev.thalweg.dds.OperationContext;
import dev.thalweg.dds.PendingOperations;
import dev.thalweg.dds.counter.CounterEvent.Incremented;
import dev.thalweg.dds.counter.CounterOperation.Increment;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryNode;
import java.util.List;

/**
 * A counter without the world around it: the sum of what has been sequenced, and of this client's pending increments.
 * Additions commute, so a reader sees the one plus the other.
 */
final class CounterKernel implements Kernel<CounterOperation, CounterEvent> {
    private final PendingOperations<Increment> pending = new PendingOperations<>();
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
        pending.add(increment);
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
        pending.acknowledge(increment);
        takeOut(increment);
        return List.of();
    }

    @Override
    public List<CounterEvent> rollback(CounterOperation operation) {
        Increment increment = increment(operation);
        pending.rollback(increment);
        takeOut(increment);
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
        for (Increment increment : pending.all()) {
            sum += increment.amount();
        }
        if (sum != pendingAmount) {
            throw new IllegalStateException(
                    "pending is " + JsonValue.of(pendingAmount) + " where the increments come to " + JsonValue.of(sum));
        }
    }

    private void takeOut(Increment increment) {
        // Beyond 2^53 sums are not exact; what is left of nothing must still be nothing.
        pendingAmount = pending.size() == 0 ? 0 : pendingAmount - increment.amount();
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
