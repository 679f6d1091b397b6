package dev.thalweg.dds.queue;

import dev.thalweg.dds.Awaited;
import dev.thalweg.dds.ChannelAttributes;
import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.Listener;
import dev.thalweg.dds.SharedObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A queue of which each item is in one hand at a time. Whoever asks first gets the first item, completes it, which takes
 * it out for good, or releases it to the end of the queue. What a client has in hand when its connection is lost goes
 * back to the end of the queue as well. Reads show what has been sequenced and nothing else.
 *
 * <p>Everyone who asks is told exactly once, when the operation is sequenced, however many reconnects later. When the
 * channel is closed first, they are told that.
 *
 * <p>Fluid's ConsensusQueue, in Fluid's bytes: a stock client works on the same queue.
 */
public final class ConsensusQueue extends SharedObject<QueueOperation, QueueEvent> {
    /** How queues are made. */
    public static final ChannelType<ConsensusQueue> TYPE = new Type();

    private final QueueKernel kernel;
    private final String replica;
    private final Awaited<Settled> awaited = new Awaited<>();
    private final ArrayDeque<Listener<? super AcquireOutcome>> waiting = new ArrayDeque<>();
    private final ArrayDeque<Listener<? super AcquireOutcome>> disappointed = new ArrayDeque<>();
    private ArrayDeque<Listener<? super AcquireOutcome>> woken = new ArrayDeque<>();
    private boolean asking;
    private @Nullable String connectedAs;
    private @Nullable String closed;
    private int acquisitions;

    /** How an operation ended. */
    private sealed interface Settled {
        /** @param event of an operation that was sequenced or taken back */
        record By(QueueEvent event) implements Settled {}

        record Closed(String reason) implements Settled {}
    }

    private ConsensusQueue(String id, String replica, QueueKernel kernel) {
        super(id, kernel);
        this.replica = replica;
        this.kernel = kernel;
    }

    @Override
    public ChannelType<ConsensusQueue> type() {
        return TYPE;
    }

    /** How many items wait. */
    public int size() {
        return kernel.items().size();
    }

    /** The items that wait, first to be handed out first; a copy. */
    public List<JsonValue> items() {
        return new ArrayList<>(kernel.items());
    }

    /** The items that are in somebody's hand, in the order in which they were acquired; a copy. */
    public List<Job> jobs() {
        return kernel.jobs();
    }

    /**
     * Adds an item.
     *
     * @throws IllegalStateException when the channel takes no edits now
     */
    public void add(JsonValue value) {
        add(value, outcome -> {
        });
    }

    /**
     * Adds an item.
     *
     * @param outcome told once: {@code Added} when that is sequenced, at once while the document is detached;
     *                {@code Aborted} when it is taken back before that, {@code Unknown} when the channel is closed before
     *                that
     * @throws IllegalStateException when the channel takes no edits now
     */
    public void add(JsonValue value, Listener<? super AddOutcome> outcome) {
        ask(new QueueOperation.Add(value), settled -> outcome.on(switch (settled) {
            case Settled.Closed closing -> new AddOutcome.Unknown(closing.reason());
            case Settled.By by -> by.event() instanceof QueueEvent.Aborted
                    ? new AddOutcome.Aborted()
                    : new AddOutcome.Added();
        }));
    }

    /**
     * Asks for the first item, as of the moment when this is sequenced.
     *
     * @param outcome told once: {@code Acquired} or {@code Empty} when that is sequenced, at once while the document is
     *                detached; {@code Aborted} when it is taken back before that, {@code Unknown} when the channel is
     *                closed before that
     * @throws IllegalStateException when the channel takes no edits now
     */
    public void acquire(Listener<? super AcquireOutcome> outcome) {
        ask(new QueueOperation.Acquire(replica + "_" + acquisitions++), settled -> outcome.on(acquired(settled)));
    }

    /**
     * Asks for the first item, waiting for one as long as there is none.
     *
     * @param outcome as by {@link #acquire(Listener)}, but never {@code Empty}
     * @throws IllegalStateException when there is an item and the channel takes no edits now
     */
    public void waitAndAcquire(Listener<? super AcquireOutcome> outcome) {
        if (size() > 0) {
            acquireOrWait(outcome);
        } else if (closed == null) {
            waiting.addLast(outcome);
        } else {
            outcome.on(new AcquireOutcome.Unknown(closed));
        }
    }

    void complete(Acquisition acquisition, Listener<? super CompleteOutcome> outcome) {
        if (lost()) {
            acquisition.over(true);
            outcome.on(new CompleteOutcome.Returned());
            return;
        }
        submit(new QueueOperation.Complete(acquisition.id()), () -> {
            acquisition.over(true);
            awaited.add(settled -> outcome.on(completed(settled, acquisition)));
        });
    }

    void release(Acquisition acquisition) {
        if (lost()) {
            acquisition.over(true);
        } else {
            submit(new QueueOperation.Release(acquisition.id()), () -> {
                acquisition.over(true);
                awaited.add(settled -> reopen(settled, acquisition));
            });
        }
        tell(List.of(new QueueEvent.LocalReleased(acquisition.id(), acquisition.value(), true)));
    }

    @Override
    public void connectionChanged(boolean connected, @Nullable String clientId) {
        String before = connectedAs;
        connectedAs = connected ? clientId : null;
        if (connected && size() > 0) {
            wake();
        } else if (before != null) {
            List<QueueEvent> events = new ArrayList<>();
            for (Job job : kernel.jobsOf(before)) {
                events.add(new QueueEvent.LocalReleased(job.acquireId(), job.value(), false));
            }
            tell(events);
        }
    }

    @Override
    public void memberLeft(String clientId, int sequenceNumber) {
        List<QueueEvent> events = kernel.left(clientId);
        if (!events.isEmpty()) {
            changed();
            tell(events);
        }
    }

    /* What was acquired while nobody else saw the queue has no owner who could ever leave: it goes back now. */
    @Override
    public void attaching() {
        tell(kernel.left(null));
        // A listener may have acquired something on hearing that.
        kernel.left(null);
    }

    @Override
    protected void onEvent(QueueEvent event) {
        switch (event) {
            case QueueEvent.Added added -> {
                try {
                    if (added.local()) {
                        awaited.settleOldest(new Settled.By(added));
                    }
                } finally {
                    wake();
                }
            }
            case QueueEvent.Acquired acquired -> {
                if (acquired.local()) {
                    awaited.settleOldest(new Settled.By(acquired));
                }
            }
            case QueueEvent.Completed completed -> {
                if (completed.local()) {
                    awaited.settleOldest(new Settled.By(completed));
                }
            }
            case QueueEvent.Missed missed -> awaited.settleOldest(new Settled.By(missed));
            case QueueEvent.Aborted aborted -> awaited.settleNewest(new Settled.By(aborted));
            case QueueEvent.LocalReleased released -> {
                // Of no operation, or told before its operation is sequenced.
            }
        }
    }

    @Override
    protected void closed(String reason) {
        closed = reason;
        waiting.addAll(woken);
        waiting.addAll(disappointed);
        for (Listener<? super AcquireOutcome> outcome : waiting) {
            awaited.add(settled -> outcome.on(acquired(settled)));
        }
        waiting.clear();
        woken.clear();
        disappointed.clear();
        awaited.close(new Settled.Closed(reason));
    }

    private void ask(QueueOperation operation, Listener<Settled> listener) {
        submit(operation, () -> awaited.add(listener));
    }

    private void acquireOrWait(Listener<? super AcquireOutcome> outcome) {
        acquire(got -> {
            if (got instanceof AcquireOutcome.Empty) {
                disappointed.addLast(outcome);
                askLater();
            } else {
                outcome.on(got);
            }
        });
    }

    /** There is an item for those who wait. */
    private void wake() {
        if (!waiting.isEmpty()) {
            woken.addAll(waiting);
            waiting.clear();
            askLater();
        }
    }

    /* Once the message is over. While nobody else sees the queue there are no messages. */
    private void askLater() {
        if (!attached()) {
            askAgain();
        } else if (!asking) {
            asking = true;
            afterMessage(() -> {
                asking = false;
                askAgain();
            });
        }
    }

    /* As the reference does it: whoever was woken asks whether or not the message has left something, whoever asked and
       got nothing only if it has. Where no edits are taken now, all wait for the next item or connection. */
    private void askAgain() {
        ArrayDeque<Listener<? super AcquireOutcome>> all = woken;
        woken = new ArrayDeque<>();
        if (size() > 0) {
            all.addAll(disappointed);
        } else {
            waiting.addAll(disappointed);
        }
        disappointed.clear();
        if (writable()) {
            all.forEach(this::acquireOrWait);
        } else {
            waiting.addAll(all);
        }
    }

    /** Whether what this client has in hand is in the queue again, or will be when its leave is sequenced. */
    private boolean lost() {
        return attached() && connectedAs == null;
    }

    private AcquireOutcome acquired(Settled settled) {
        return switch (settled) {
            case Settled.Closed closing -> new AcquireOutcome.Unknown(closing.reason());
            case Settled.By by -> {
                if (by.event() instanceof QueueEvent.Acquired acquired) {
                    yield new AcquireOutcome.Acquired(new Acquisition(this, acquired.acquireId(), acquired.value()));
                }
                yield by.event() instanceof QueueEvent.Aborted
                        ? new AcquireOutcome.Aborted()
                        : new AcquireOutcome.Empty();
            }
        };
    }

    private static CompleteOutcome completed(Settled settled, Acquisition acquisition) {
        reopen(settled, acquisition);
        return switch (settled) {
            case Settled.Closed closing -> new CompleteOutcome.Unknown(closing.reason());
            case Settled.By by -> {
                if (by.event() instanceof QueueEvent.Completed) {
                    yield new CompleteOutcome.Completed();
                }
                yield by.event() instanceof QueueEvent.Aborted
                        ? new CompleteOutcome.Aborted()
                        : new CompleteOutcome.Returned();
            }
        };
    }

    /** What was taken back before it was sent may be said again. */
    private static void reopen(Settled settled, Acquisition acquisition) {
        if (settled instanceof Settled.By by && by.event() instanceof QueueEvent.Aborted) {
            acquisition.over(false);
        }
    }

    private static final class Type implements ChannelType<ConsensusQueue> {
        private static final ChannelAttributes ATTRIBUTES = ChannelAttributes
                .of("https://graph.microsoft.com/types/consensus-queue", "0.1");

        @Override
        public ChannelAttributes attributes() {
            return ATTRIBUTES;
        }

        @Override
        public ConsensusQueue create(String id, String replica) {
            return new ConsensusQueue(id, replica, new QueueKernel());
        }

        @Override
        public ConsensusQueue load(String id, String replica, SummaryNode.Tree summary) throws ProtocolException {
            return new ConsensusQueue(id, replica, QueueSummary.read(summary));
        }
    }
}
