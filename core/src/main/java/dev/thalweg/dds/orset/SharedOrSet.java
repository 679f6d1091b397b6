package dev.thalweg.dds.orset;

import dev.thalweg.crdt.ORSet;
import dev.thalweg.dds.Absorbing;
import dev.thalweg.dds.ChannelAttributes;
import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.LatticeSummary;
import dev.thalweg.dds.SharedObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryNode;
import java.util.List;

/**
 * A set of strings to which many clients add and from which they remove. A removal takes away only what its author had
 * seen: an addition made at the same time keeps the element. Own changes show at once.
 */
public final class SharedOrSet extends SharedObject<OrSetOperation, OrSetEvent> implements Absorbing {
    /** How OR-sets are made. */
    public static final ChannelType<SharedOrSet> TYPE = new Type();

    private final OrSetKernel kernel;

    private SharedOrSet(String id, OrSetKernel kernel) {
        super(id, kernel);
        this.kernel = kernel;
    }

    @Override
    public ChannelType<SharedOrSet> type() {
        return TYPE;
    }

    /** Whether a reader sees an element, sequenced or pending. */
    public boolean contains(String element) {
        return kernel.seen().contains(element);
    }

    /** Whether a change of this client to an element has not been sequenced yet. */
    public boolean pending(String element) {
        return !kernel.seen().dots(element).equals(kernel.sequencedState().dots(element));
    }

    /** The elements that a reader sees, sorted by UTF-16 code unit. */
    public List<String> elements() {
        return kernel.seen().elements();
    }

    /** The elements by what has been sequenced, sorted by UTF-16 code unit. */
    public List<String> sequencedElements() {
        return kernel.sequencedState().elements();
    }

    /**
     * Adds an element. One that is there is kept against removals made at the same time.
     *
     * @throws IllegalStateException when the channel takes no edits now
     */
    public void add(String element) {
        submit(kernel.add(element));
    }

    /**
     * Removes an element.
     *
     * @return whether there was anything to remove
     * @throws IllegalStateException when the channel takes no edits now
     */
    public boolean remove(String element) {
        OrSetOperation operation = kernel.remove(element);
        if (operation == null) {
            return false;
        }
        submit(operation);
        return true;
    }

    @Override
    public boolean absorb(JsonValue operation) throws ProtocolException {
        List<OrSetEvent> events = kernel.absorb(kernel.read(operation));
        if (events == null) {
            return false;
        }
        tell(events);
        return true;
    }

    private static final class Type implements ChannelType<SharedOrSet> {
        private static final ChannelAttributes ATTRIBUTES = ChannelAttributes.of("https://thalweg.dev/types/or-set",
                "1");

        @Override
        public ChannelAttributes attributes() {
            return ATTRIBUTES;
        }

        @Override
        public SharedOrSet create(String id, String replica) {
            return new SharedOrSet(id, new OrSetKernel(replica, ORSet.EMPTY));
        }

        @Override
        public SharedOrSet load(String id, String replica, SummaryNode.Tree summary) throws ProtocolException {
            return new SharedOrSet(id,
                    new OrSetKernel(replica, LatticeSummary.read(summary, ORSet.EMPTY, "an OR-set")));
        }
    }
}
