package dev.thalweg.dds.gcounter;

import dev.thalweg.crdt.GCounter;
import dev.thalweg.dds.DeltaKernel;
import dev.thalweg.dds.gcounter.GCounterEvent.Incremented;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.List;

/** A G-counter without the world around it. */
final class GCounterKernel extends DeltaKernel<GCounter, GCounterOperation, GCounterEvent> {
    private final String replica;

    GCounterKernel(String replica, GCounter sequenced) {
        super(sequenced);
        this.replica = replica;
    }

    /** The operation that adds an amount. @throws IllegalArgumentException when this replica's count cannot take it */
    GCounterOperation increment(double amount) {
        return new GCounterOperation.Increment(amount, seen().increment(replica, amount));
    }

    @Override
    public GCounterOperation read(JsonValue contents) throws ProtocolException {
        return GCounterOperation.read(contents);
    }

    @Override
    protected List<GCounterEvent> changed(GCounterOperation operation, GCounter before, GCounter after, boolean local) {
        double amount = after.total() - before.total();
        return amount == 0 ? List.of() : List.of(new Incremented((long) amount, (long) after.total(), local));
    }
}
