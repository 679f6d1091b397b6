package dev.thalweg.dds.twophaseset;

import dev.thalweg.crdt.TwoPhaseSet;
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
 * A set of strings to which many clients add, and from which an element is removed once and for all: whoever adds it
 * then, before or after, adds nothing to be seen. Own changes show at once.
 */
public final class SharedTwoPhaseSet extends SharedObject<TwoPhaseSetOperation, TwoPhaseSetEvent> implements Absorbing {
    /** How two-phase sets are made. */
    public static final ChannelType<SharedTwoPhaseSet> TYPE = new Type();

    private final TwoPhaseSetKernel kernel;

    private SharedTwoPhaseSet(String id, TwoPhaseSetKernel kernel) {
        super(id, kernel);
        this.kernel = kernel;
    }

    @Override
    public ChannelType<SharedTwoPhaseSet> type() {
        return TYPE;
    }

    /** Whether a reader sees an element, sequenced or pending. */
    public boolean contains(String element) {
        return kernel.seen().contains(element);
    }

    /** Whether a change of this client to an element has not been sequenced yet. */
    public boolean pending(String element) {
        return kernel.seen().added().contains(element) != kernel.sequencedState().added().contains(element)
                || removed(element) != kernel.sequencedState().removed().contains(element);
    }

    /** The elements that a reader sees, sorted by UTF-16 code unit. */
    public List<String> elements() {
        return kernel.seen().elements();
    }

    /** The elements by what has been sequenced, sorted by UTF-16 code unit. */
    public List<String> sequencedElements() {
        return kernel.sequencedState().elements();
    }

    /** Whether an element was removed, whether or not it had been added; it will not come back. */
    public boolean removed(String element) {
        return kernel.seen().removed().contains(element);
    }

    /**
     * Adds an element, which shows unless it was removed.
     *
     * @return whether there was anything to add; false when it was added before
     * @throws IllegalStateException when the channel takes no edits now
     */
    public boolean add(String element) {
        TwoPhaseSetOperation operation = kernel.add(element);
        if (operation == null) {
            return false;
        }
        submit(operation);
        return true;
    }

    /**
     * Removes an element for good, also one that is not there yet.
     *
     * @return whether there was anything to remove; false when it was removed before
     * @throws IllegalStateException when the channel takes no edits now
     */
    public boolean remove(String element) {
        TwoPhaseSetOperation operation = kernel.remove(element);
        if (operation == null) {
            return false;
        }
        submit(operation);
        return true;
    }

    @Override
    public boolean absorb(JsonValue operation) throws ProtocolException {
        List<TwoPhaseSetEvent> events = kernel.absorb(kernel.read(operation));
        if (events == null) {
            return false;
        }
        tell(events);
        return true;
    }

    private static final class Type implements ChannelType<SharedTwoPhaseSet> {
        private static final ChannelAttributes ATTRIBUTES = ChannelAttributes.of(
                "https://thalweg.dev/types/two-phase-set",
                "1");

        @Override
        public ChannelAttributes attributes() {
            return ATTRIBUTES;
        }

        @Override
        public SharedTwoPhaseSet create(String id, String replica) {
            return new SharedTwoPhaseSet(id, new TwoPhaseSetKernel(TwoPhaseSet.EMPTY));
        }

        @Override
        public SharedTwoPhaseSet load(String id, String replica, SummaryNode.Tree summary) throws ProtocolException {
            return new SharedTwoPhaseSet(id,
                    new TwoPhaseSetKernel(LatticeSummary.read(summary, TwoPhaseSet::read, "a two-phase set")));
        }
    }
}
