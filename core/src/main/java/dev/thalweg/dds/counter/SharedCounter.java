package dev.thalweg.dds.counter;

import dev.thalweg.dds.ChannelAttributes;
import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.SharedObject;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryNode;

/**
 * A whole number to which many clients add. Every increment counts exactly once, in whatever order they are sequenced;
 * an own increment shows at once.
 *
 * <p>Fluid's SharedCounter, in Fluid's bytes. Values are exact up to 2^53 either way, as in JavaScript.
 */
public final class SharedCounter extends SharedObject<CounterOperation, CounterEvent> {
    /** How counters are made. */
    public static final ChannelType<SharedCounter> TYPE = new Type();

    private final CounterKernel kernel;

    private SharedCounter(String id, CounterKernel kernel) {
        super(id, kernel);
        this.kernel = kernel;
    }

    @Override
    public ChannelType<SharedCounter> type() {
        return TYPE;
    }

    /** What a reader sees: everything sequenced and everything pending. */
    public long value() {
        return (long) kernel.value();
    }

    /** What has been sequenced. */
    public long sequencedValue() {
        return (long) kernel.sequencedValue();
    }

    /** What this client has added and the service has not ordered yet. */
    public long pendingAmount() {
        return (long) kernel.pendingAmount();
    }

    /**
     * Adds to the counter.
     *
     * @param amount from -(2^53 - 1) to 2^53 - 1; 0 is sent like any other
     * @throws IllegalArgumentException when it is beyond that
     * @throws IllegalStateException    when the channel takes no edits now
     */
    public void increment(long amount) {
        double exact = amount;
        if (Math.abs(exact) > Whole.MAX) {
            throw new IllegalArgumentException("an increment must be at most 2^53 - 1 either way, was " + amount);
        }
        submit(new CounterOperation.Increment(exact));
    }

    private static final class Type implements ChannelType<SharedCounter> {
        private static final ChannelAttributes ATTRIBUTES = ChannelAttributes
                .of("https://graph.microsoft.com/types/counter", "0.1");

        @Override
        public ChannelAttributes attributes() {
            return ATTRIBUTES;
        }

        @Override
        public SharedCounter create(String id, String replica) {
            return new SharedCounter(id, new CounterKernel(0));
        }

        @Override
        public SharedCounter load(String id, String replica, SummaryNode.Tree summary) throws ProtocolException {
            return new SharedCounter(id, new CounterKernel(CounterSummary.read(summary)));
        }
    }
}
