package dev.thalweg.dds.gcounter;

import dev.thalweg.crdt.GCounter;
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
 * A whole number to which many clients add and from which nobody takes. An own change shows at once. An operation that is
 * delivered more than once counts once.
 *
 * <p>Values are exact up to 2^53 - 1, and are cut off there.
 */
public final class SharedGCounter extends SharedObject<GCounterOperation, GCounterEvent> implements Absorbing {
    /** How G-counters are made. */
    public static final ChannelType<SharedGCounter> TYPE = new Type();

    private final GCounterKernel kernel;

    private SharedGCounter(String id, GCounterKernel kernel) {
        super(id, kernel);
        this.kernel = kernel;
    }

    @Override
    public ChannelType<SharedGCounter> type() {
        return TYPE;
    }

    /** What a reader sees: all that was added, sequenced and pending. */
    public long value() {
        return (long) kernel.seen().total();
    }

    /** All that has been added and sequenced. */
    public long sequencedValue() {
        return (long) kernel.sequencedState().total();
    }

    /**
     * Adds. 0 is not sent, since nothing would change.
     *
     * @param amount from 0 to 2^53 - 1
     * @throws IllegalArgumentException when it is beyond that, or when what this replica ever added would be
     * @throws IllegalStateException    when the channel takes no edits now
     */
    public void increment(long amount) {
        double exact = amount;
        if (amount < 0 || exact > GCounter.MAX) {
            throw new IllegalArgumentException("an increment must be from 0 to 2^53 - 1, was " + amount);
        }
        if (amount != 0) {
            submit(kernel.increment(exact));
        }
    }

    @Override
    public boolean absorb(JsonValue operation) throws ProtocolException {
        List<GCounterEvent> events = kernel.absorb(kernel.read(operation));
        if (events == null) {
            return false;
        }
        tell(events);
        return true;
    }

    private static final class Type implements ChannelType<SharedGCounter> {
        private static final ChannelAttributes ATTRIBUTES = ChannelAttributes.of("https://thalweg.dev/types/g-counter",
                "1");

        @Override
        public ChannelAttributes attributes() {
            return ATTRIBUTES;
        }

        @Override
        public SharedGCounter create(String id, String replica) {
            return new SharedGCounter(id, new GCounterKernel(replica, GCounter.ZERO));
        }

        @Override
        public SharedGCounter load(String id, String replica, SummaryNode.Tree summary) throws ProtocolException {
            return new SharedGCounter(id,
                    new GCounterKernel(replica, LatticeSummary.read(summary, GCounter::read, "a G-counter")));
        }
    }
}
