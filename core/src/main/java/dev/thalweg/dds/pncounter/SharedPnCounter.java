package dev.thalweg.dds.pncounter;

import dev.thalweg.crdt.GCounter;
import dev.thalweg.crdt.PNCounter;
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
 * A whole number to which many clients add and from which they take, with both sums on record. An own change shows at
 * once. An operation that is delivered more than once counts once.
 *
 * <p>Values are exact up to 2^53 - 1 either way, and are cut off there.
 */
public final class SharedPnCounter extends SharedObject<PnCounterOperation, PnCounterEvent> implements Absorbing {
    /** How PN counters are made. */
    public static final ChannelType<SharedPnCounter> TYPE = new Type();

    private final PnCounterKernel kernel;

    private SharedPnCounter(String id, PnCounterKernel kernel) {
        super(id, kernel);
        this.kernel = kernel;
    }

    @Override
    public ChannelType<SharedPnCounter> type() {
        return TYPE;
    }

    /** What a reader sees: all increments less all decrements, sequenced and pending. */
    public long value() {
        return (long) kernel.seen().total();
    }

    /** All that was ever added, 0 or more. */
    public long increments() {
        return (long) kernel.seen().increments().total();
    }

    /** All that was ever taken away, 0 or more. */
    public long decrements() {
        return (long) kernel.seen().decrements().total();
    }

    /** What has been sequenced. */
    public long sequencedValue() {
        return (long) kernel.sequencedState().total();
    }

    /** All that has been added and sequenced, 0 or more. */
    public long sequencedIncrements() {
        return (long) kernel.sequencedState().increments().total();
    }

    /** All that has been taken away and sequenced, 0 or more. */
    public long sequencedDecrements() {
        return (long) kernel.sequencedState().decrements().total();
    }

    /**
     * Adds, or takes away when the amount is negative. 0 is not sent, since nothing would change.
     *
     * @param amount from -(2^53 - 1) to 2^53 - 1
     * @throws IllegalArgumentException when it is beyond that, or when what this replica ever added, or took away,
     *                                  would be
     * @throws IllegalStateException    when the channel takes no edits now
     */
    public void update(long amount) {
        double exact = amount;
        if (Math.abs(exact) > GCounter.MAX) {
            throw new IllegalArgumentException("an update must be at most 2^53 - 1 either way, was " + amount);
        }
        if (amount != 0) {
            submit(kernel.update(exact));
        }
    }

    @Override
    public boolean absorb(JsonValue operation) throws ProtocolException {
        List<PnCounterEvent> events = kernel.absorb(kernel.read(operation));
        if (events == null) {
            return false;
        }
        tell(events);
        return true;
    }

    private static final class Type implements ChannelType<SharedPnCounter> {
        private static final ChannelAttributes ATTRIBUTES = ChannelAttributes.of(
                "https://thalweg.dev/types/pn-counter", "1");

        @Override
        public ChannelAttributes attributes() {
            return ATTRIBUTES;
        }

        @Override
        public SharedPnCounter create(String id, String replica) {
            return new SharedPnCounter(id, new PnCounterKernel(replica, PNCounter.ZERO));
        }

        @Override
        public SharedPnCounter load(String id, String replica, SummaryNode.Tree summary) throws ProtocolException {
            return new SharedPnCounter(id,
                    new PnCounterKernel(replica, LatticeSummary.read(summary, PNCounter::read, "a PN counter")));
        }
    }
}
