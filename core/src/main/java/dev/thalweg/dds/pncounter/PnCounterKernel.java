package dev.thalweg.dds.pncounter;

import dev.thalweg.crdt.PNCounter;
import dev.thalweg.dds.DeltaKernel;
import dev.thalweg.dds.pncounter.PnCounterEvent.Updated;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.List;

/**
 * A PN counter without the world around it. Each replica keeps two ledgers, what it ever added and what it ever took
 * away, and an operation carries the author's ledger as it stands after it. Of two copies of a ledger the higher one
 * is the later one, so an operation counts once however often it comes.
 */
final class PnCounterKernel extends DeltaKernel<PNCounter, PnCounterOperation, PnCounterEvent> {
    private final String replica;

    PnCounterKernel(String replica, PNCounter sequenced) {
        super(sequenced);
        this.replica = replica;
    }

    /** The operation that adds an amount. @throws IllegalArgumentException when this replica's ledger cannot take it */
    PnCounterOperation update(double amount) {
        return new PnCounterOperation.Update(amount, seen().update(replica, amount));
    }

    @Override
    public PnCounterOperation read(JsonValue contents) throws ProtocolException {
        return PnCounterOperation.read(contents);
    }

    @Override
    public JsonValue snapshot() {
        PNCounter seen = seen();
        return JsonObject.builder().put("decrements", seen.decrements().total())
                .put("increments", seen.increments().total()).put("value", seen.total()).build();
    }

    @Override
    protected List<PnCounterEvent> changed(PnCounterOperation operation, PNCounter before, PNCounter after,
            boolean local) {
        boolean same = before.increments().total() == after.increments().total()
                && before.decrements().total() == after.decrements().total();
        return same ? List.of()
                : List.of(new Updated((long) (after.total() - before.total()), (long) after.total(), local));
    }
}
