package dev.thalweg.dds.orset;

import dev.thalweg.crdt.ORSet;
import dev.thalweg.dds.DeltaKernel;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An OR-set without the world around it. */
final class OrSetKernel extends DeltaKernel<ORSet, OrSetOperation, OrSetEvent> {
    private final String replica;

    OrSetKernel(String replica, ORSet sequenced) {
        super(sequenced);
        this.replica = replica;
    }

    /** The operation that adds an element, also one that is there: a removal made at the same time will leave it. */
    OrSetOperation add(String element) {
        return new OrSetOperation.Add(element, seen().add(replica, element));
    }

    /** The operation that removes an element, or null when it is not there. */
    @Nullable
    OrSetOperation remove(String element) {
        return seen().contains(element) ? new OrSetOperation.Remove(element, seen().remove(element)) : null;
    }

    @Override
    public OrSetOperation read(JsonValue contents) throws ProtocolException {
        return OrSetOperation.read(contents);
    }

    /* A delta may take away what its author had seen of other elements, though ours never do. */
    @Override
    protected List<OrSetEvent> changed(OrSetOperation operation, ORSet before, ORSet after, boolean local) {
        Set<String> elements = new TreeSet<>(before.touched(operation.delta()));
        elements.add(operation.element());
        List<OrSetEvent> events = new ArrayList<>();
        for (String element : elements) {
            if (before.contains(element) != after.contains(element)) {
                events.add(after.contains(element) ? new OrSetEvent.Added(element, local)
                        : new OrSetEvent.Removed(element, local));
            }
        }
        return events;
    }
}
