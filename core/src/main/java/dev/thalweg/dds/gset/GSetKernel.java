package dev.thalweg.dds.gset;

import dev.thalweg.crdt.GSet;
import dev.thalweg.dds.DeltaKernel;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A G-set without the world around it. */
final class GSetKernel extends DeltaKernel<GSet, GSetOperation, GSetEvent> {
    GSetKernel(GSet sequenced) {
        super(sequenced);
    }

    /** The operation that adds an element, or null when it is there. */
    @Nullable
    GSetOperation add(String element) {
        return seen().contains(element) ? null : new GSetOperation.Add(element, seen().add(element));
    }

    @Override
    public GSetOperation read(JsonValue contents) throws ProtocolException {
        return GSetOperation.read(contents);
    }

    @Override
    protected List<GSetEvent> changed(GSetOperation operation, GSet before, GSet after, boolean local) {
        String element = operation.element();
        if (before.contains(element) == after.contains(element)) {
            return List.of();
        }
        return List.of(after.contains(element) ? new GSetEvent.Added(element, local)
                : new GSetEvent.Removed(element, local));
    }
}
