package dev.thalweg.dds.pncounter;

import dev.thalweg.crdt.PNCounter;
import dev.thalweg.dds.Kernel;
import dev.thalweg.dds.OperationContext;
import dev.thalweg.dds.Optimistic;
import dev.thalweg.dds.pncounter.PnCounterEvent.Updated;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryNode;
import java.util.List;

/**
 * A PN counter without the world around it. Each replica keeps two ledgers, what it ever added and what it ever took
 * away, and an operation carries the author's ledger as it stands after it. Of two copies of a ledger the higher one
 * is the later one, so an operation counts once however often it comes.
 */
final class PnCounterKernel implements Kernel<PnCounterOperation, PnCounterEvent> {
    private final String replica;
    private final Optimistic<PNCounter> state;

    PnCounterKernel(String replica, PNCounter sequenced) {
        this.replica = replica;
        this.state = new Optimistic<>(sequenced);
    }

    PNCounter seen() {
        return state.seen();
    }

    PNCounter sequencedState() {
        return state.sequenced();
    }

    /** The operation that adds an amount. @throws IllegalArgumentException when this replica's ledger cannot take it */
    PnCounterOperation update(double amount) {
        return new PnCounterOperation.Update(amount, state.seen().update(replica, amount));
    }

    /** Takes an operation that came by another way than the line. */
    List<PnCounterEvent> absorb(PnCounterOperation operation) {
        // What a reader sees covers own pending operations too: those wait for their own acknowledgement.
        return state.seen().covers(operation.delta()) ? List.of() : take(operation.delta(), false);
    }

    @Override
    public PnCounterOperation read(JsonValue contents) throws ProtocolException {
        return PnCounterOperation.read(contents);
    }

    @Override
    public List<PnCounterEvent> detached(PnCounterOperation operation) {
        return take(operation.delta(), true);
    }

    @Override
    public List<PnCounterEvent> local(PnCounterOperation operation) {
        PNCounter before = state.seen();
        state.local(operation.delta(), true);
        return changed(before, true);
    }

    @Override
    public List<PnCounterEvent> sequenced(PnCounterOperation operation, OperationContext context, boolean own) {
        if (!own) {
            return take(operation.delta(), false);
        }
        state.acknowledge(operation.delta());
        return List.of();
    }

    @Override
    public List<PnCounterEvent> rollback(PnCounterOperation operation) {
        PNCounter before = state.seen();
        state.rollback(operation.delta());
        return changed(before, true);
    }

    @Override
    public PnCounterOperation resubmit(PnCounterOperation operation) {
        return operation;
    }

    @Override
    public SummaryNode.Tree summarize() {
        return PnCounterSummary.write(state.sequenced());
    }

    @Override
    public JsonValue snapshot() {
        PNCounter seen = state.seen();
        return JsonObject.builder().put("decrements", seen.decrements().value())
                .put("increments", seen.increments().value()).put("value", seen.value()).build();
    }

    @Override
    public void check() {
        state.check();
    }

    private List<PnCounterEvent> take(PNCounter delta, boolean local) {
        PNCounter before = state.seen();
        state.take(delta);
        return changed(before, local);
    }

    private List<PnCounterEvent> changed(PNCounter before, boolean local) {
        PNCounter after = state.seen();
        boolean same = before.increments().value() == after.increments().value()
                && before.decrements().value() == after.decrements().value();
        return same ? List.of()
                : List.of(new Updated((long) (after.value() - before.value()), (long) after.value(), local));
    }
}
