package dev.thalweg.dds.gset;

import dev.thalweg.crdt.GSet;
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
 * A set of strings to which many clients add and from which nobody removes. An own addition shows at once.
 */
public final class SharedGSet extends SharedObject<GSetOperation, GSetEvent> implements Absorbing {
    /** How G-sets are made. */
    public static final ChannelType<SharedGSet> TYPE = new Type();

    private final GSetKernel kernel;

    private SharedGSet(String id, GSetKernel kernel) {
        super(id, kernel);
        this.kernel = kernel;
    }

    @Override
    public ChannelType<SharedGSet> type() {
        return TYPE;
    }

    /** Whether a reader sees an element, sequenced or pending. */
    public boolean contains(String element) {
        return kernel.seen().contains(element);
    }

    /** Whether a change of this client to an element has not been sequenced yet. */
    public boolean pending(String element) {
        return kernel.seen().contains(element) != kernel.sequencedState().contains(element);
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
     * Adds an element.
     *
     * @return whether there was anything to add; false when it is there
     * @throws IllegalStateException when the channel takes no edits now
     */
    public boolean add(String element) {
        GSetOperation operation = kernel.add(element);
        if (operation == null) {
            return false;
        }
        submit(operation);
        return true;
    }

    @Override
    public boolean absorb(JsonValue operation) throws ProtocolException {
        List<GSetEvent> events = kernel.absorb(kernel.read(operation));
        if (events == null) {
            return false;
        }
        tell(events);
        return true;
    }

    private static final class Type implements ChannelType<SharedGSet> {
        private static final ChannelAttributes ATTRIBUTES = ChannelAttributes.of("https://thalweg.dev/types/g-set",
                "1");

        @Override
        public ChannelAttributes attributes() {
            return ATTRIBUTES;
        }

        @Override
        public SharedGSet create(String id, String replica) {
            return new SharedGSet(id, new GSetKernel(GSet.EMPTY));
        }

        @Override
        public SharedGSet load(String id, String replica, SummaryNode.Tree summary) throws ProtocolException {
            return new SharedGSet(id, new GSetKernel(LatticeSummary.read(summary, GSet::read, "a G-set")));
        }
    }
}
