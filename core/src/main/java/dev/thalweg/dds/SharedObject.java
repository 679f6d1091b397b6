package dev.thalweg.dds;

import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Subscription;
import dev.thalweg.storage.SummaryNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the handles of all structures have in common. Applications see the verbs of their structure, {@link #id} and
 * {@link #subscribe}; the container drives the rest.
 *
 * @param <O> the structure's operations
 * @param <E> the structure's events
 */
public abstract class SharedObject<O extends ChannelOperation, E extends ChannelEvent> {
    private final String id;
    private final Kernel<O, E> kernel;
    private final Listeners<E> listeners = new Listeners<>();
    private @Nullable ChannelHost host;
    private @Nullable OperationObserver<? super O> observer;
    private boolean closed;

    /** For the handle of a structure. */
    protected SharedObject(String id, Kernel<O, E> kernel) {
        this.id = id;
        this.kernel = kernel;
    }

    /** The structure's type. */
    public abstract ChannelType<?> type();

    /** The channel's address in its data store. */
    public final String id() {
        return id;
    }

    /** Hears every change from now on, until the subscription is cancelled. */
    public final Subscription subscribe(Listener<? super E> listener) {
        return listeners.add(listener);
    }

    /**
     * Follows the operations themselves, where {@link #subscribe} tells what they change. For what is built on top of
     * structures, such as undo; one at a time.
     *
     * @throws IllegalStateException when somebody follows them already
     */
    public final Subscription observe(OperationObserver<? super O> observer) {
        if (this.observer != null) {
            throw new IllegalStateException("the operations of channel " + id + " are followed already");
        }
        this.observer = observer;
        return () -> {
            if (this.observer == observer) {
                this.observer = null;
            }
        };
    }

    /** Runs work after the message that is being processed, if the channel takes edits then. For observers. */
    public final void afterThisMessage(Runnable work) {
        requireHost().afterMessage(() -> {
            if (writable()) {
                work.run();
            }
        });
    }

    /** What a reader sees, in a canonical form: equal on all replicas when nothing is pending. */
    public final JsonValue snapshot() {
        return kernel.snapshot();
    }

    /** The sequenced state as a summary keeps it, without {@code .attributes}. */
    public final SummaryNode.Tree summarize() {
        return kernel.summarize();
    }

    /** Puts the channel into a container. Done once, by the container, before anyone else sees the handle. */
    public final void bind(ChannelHost host) {
        if (this.host != null) {
            throw new IllegalStateException("channel " + id + " is in a container already");
        }
        this.host = host;
        bound();
    }

    /**
     * Takes an operation off the one line. For the container.
     *
     * @param contents as it stood on the wire
     * @param own      the pending operation this acknowledges, or null for another client's
     * @throws ProtocolException when it cannot be read, and nothing has changed, or when it cannot be applied
     */
    public final void process(JsonValue contents, OperationContext context, @Nullable ChannelOperation own)
            throws ProtocolException {
        O operation = own == null ? kernel.read(contents) : mine(own);
        List<E> events = sequenced(operation, context, own != null);
        try {
            if (observer != null) {
                observer.sequenced(operation, context.clientId(), own != null);
            }
        } finally {
            // The change is made, whatever becomes of the one who follows operations.
            tell(events);
        }
    }

    /** Sends a pending operation again, or what has taken its place. For the container. */
    public final void resubmit(ChannelOperation operation) {
        O again = kernel.resubmit(mine(operation));
        if (again != null) {
            requireHost().submit(again.toJson(), again);
        } else if (observer != null) {
            observer.dropped(mine(operation));
        }
    }

    /** Takes back the newest pending operation. For the container. */
    public final void rollback(ChannelOperation operation) {
        O mine = mine(operation);
        List<E> events = kernel.rollback(mine);
        try {
            if (observer != null) {
                observer.rolledBack(mine);
            }
        } finally {
            tell(events);
        }
    }

    /** The connection came or went. For the container; most structures do not care. */
    public void connectionChanged(boolean connected, @Nullable String clientId) {}

    /**
     * A member of the quorum left, at a sequence number; the roster is without it already. For the container; most
     * structures do not care. One whose summary that changes says so by {@link #changed}.
     */
    public void memberLeft(String clientId, int sequenceNumber) {}

    /** Others are about to see the channel as its summary has it now. For the container; most structures do not care. */
    public void attaching() {}

    /**
     * The channel takes part no more, because its container is closed or it was quarantined. For the container.
     *
     * @param reason for a person
     */
    public final void close(String reason) {
        if (!closed) {
            closed = true;
            closed(reason);
        }
    }

    /** Throws an {@link IllegalStateException} when an invariant does not hold. For tests. */
    public final void check() {
        kernel.check();
    }

    /**
     * The channel is in its container: from now on {@link #roster} and the like may be asked. A channel that was loaded
     * is at the place of its summary, or of the message it came with.
     */
    protected void bound() {}

    /**
     * The channel takes part no more: whoever waits is told now that nothing will come. Operations that were sent may be
     * sequenced or not. Called once at most.
     */
    protected void closed(String reason) {}

    /** Makes an operation. */
    protected final void submit(O operation) {
        submit(operation, () -> {});
    }

    /**
     * Makes an operation somebody waits for.
     *
     * @param taken runs when nothing can refuse the operation any more, and before anyone hears of it
     */
    protected final void submit(O operation, Runnable taken) {
        ChannelHost host = this.host;
        OperationObserver<? super O> observer = this.observer;
        if (host == null || !host.attached()) {
            taken.run();
            if (observer != null) {
                observer.making(operation);
            }
            List<E> events = kernel.detached(operation);
            if (observer != null) {
                observer.made(operation);
                observer.sequenced(operation, "", true);
            }
            tell(events);
            return;
        }
        JsonValue contents = operation.toJson();
        host.requireWritable(contents);
        if (observer != null) {
            observer.making(operation);
        }
        List<E> events = kernel.local(operation);
        if (observer != null) {
            observer.made(operation);
        }
        taken.run();
        host.submit(contents, operation);
        tell(events);
    }

    /** What an operation that is made now refers to, see {@link ChannelHost#reference}; 0 while detached. */
    protected final int reference() {
        ChannelHost host = this.host;
        return host == null || !host.attached() ? 0 : host.reference();
    }

    /** Whether others can see the channel. */
    protected final boolean attached() {
        ChannelHost host = this.host;
        return host != null && host.attached();
    }

    /** Whether the channel takes edits now; one that nobody else sees always does. */
    protected final boolean writable() {
        ChannelHost host = this.host;
        return host == null || !host.attached() || host.writable();
    }

    /** The id of the present connection, see {@link ChannelHost#clientId}. */
    protected final @Nullable String clientId() {
        ChannelHost host = this.host;
        return host == null ? null : host.clientId();
    }

    /** Who writes, see {@link ChannelHost#roster}. */
    protected final Roster roster() {
        ChannelHost host = this.host;
        return host == null ? Roster.NOBODY : host.roster();
    }

    /** Runs work after the message that is being processed, see {@link ChannelHost#afterMessage}. */
    protected final void afterMessage(Runnable work) {
        requireHost().afterMessage(work);
    }

    /** Says that a message changed what a summary holds, see {@link ChannelHost#changed}. */
    protected final void changed() {
        requireHost().changed();
    }

    /** Hears the structure's events before the application's listeners do, for handles that settle outcomes. */
    protected void onEvent(E event) {}

    /** Tells events, also those that did not come by an operation of this channel. Everyone hears everything. */
    protected final void tell(List<E> events) {
        Listeners.each(events, event -> {
            try {
                onEvent(event);
            } finally {
                listeners.tell(event);
            }
        });
    }

    /* A kernel that throws has come upon something its rules exclude: for the container that is an operation which
       cannot be taken, and no listener's fault. */
    private List<E> sequenced(O operation, OperationContext context, boolean own) throws ProtocolException {
        try {
            return kernel.sequenced(operation, context, own);
        } catch (RuntimeException e) {
            throw new ProtocolException("operation " + context.sequenceNumber() + " on channel " + id
                    + " cannot be applied: " + e);
        }
    }

    private ChannelHost requireHost() {
        ChannelHost host = this.host;
        if (host == null) {
            throw new IllegalStateException("channel " + id + " is not in a container");
        }
        return host;
    }

    /* The container hands back only what this channel submitted. */
    @SuppressWarnings("unchecked")
    private O mine(ChannelOperation operation) {
        return (O) operation;
    }
}
