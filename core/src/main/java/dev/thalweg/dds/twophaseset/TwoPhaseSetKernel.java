package dev.thalweg.dds.twophaseset;

import dev.thalweg.crdt.TwoPhaseSet;
import dev.thalweg.dds.DeltaKernel;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A two-phase set without the world around it. */
final class TwoPhaseSetKernel extends DeltaKernel<TwoPhaseSet, TwoPhaseSetOperation, TwoPhaseSetEvent> {
    TwoPhaseSetKernel(TwoPhaseSet sequenced) {
        super(sequenced);
    }

    /** The operation that adds an element, or null when it was added before. */
    @Nullable
    TwoPhaseSetOperation add(String element) {
        return seen().added().contains(element) ? null : new TwoPhaseSetOperation.Add(element, seen().add(element));
    }

    /** The operation that removes an element, or null when it was removed before. */
    @Nullable
    TwoPhaseSetOperation remove(String element) {
        return seen().removed().contains(element) ? null
                : new TwoPhaseSetOperation.Remove(element, seen().remove(element));
    }

    @Override
    public TwoPhaseSetOperation read(JsonValue contents) throws ProtocolException {
        return TwoPhaseSetOperation.read(contents);
    }

    @Override
    protected List<TwoPhaseSetEvent> changed(TwoPhaseSetOperation operation, TwoPhaseSet before, TwoPhaseSet after,
            boolean local) {
        String element = operation.element();
        if (before.contains(element) == after.contains(element)) {
            return List.of();
        }
        return List.of(after.contains(element) ? new TwoPhaseSetEvent.Added(element, local)
                : new TwoPhaseSetEvent.Removed(element, local));
    }
}
