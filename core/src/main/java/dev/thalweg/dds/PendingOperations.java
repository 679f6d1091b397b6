package dev.thalweg.dds;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * This client's operations that have not been sequenced, oldest first. For kernels. Equal operations are different ones:
 * only the very object that was made is meant.
 *
 * @param <O> the structure's operations
 */
public final class PendingOperations<O extends ChannelOperation> {
    private final ArrayDeque<O> pending = new ArrayDeque<>();

    /** One was made. */
    public void add(O operation) {
        pending.addLast(operation);
    }

    /** The oldest has been sequenced. */
    public void acknowledge(O operation) {
        requireDue(pending.peekFirst(), operation);
        pending.removeFirst();
    }

    /** The newest is taken back. */
    public void rollback(O operation) {
        requireDue(pending.peekLast(), operation);
        pending.removeLast();
    }

    /** All of them, oldest first. */
    public Iterable<O> all() {
        return pending;
    }

    /** The one made last, or null when there is none. */
    public @Nullable O newest() {
        return pending.peekLast();
    }

    /** How many there are. */
    public int size() {
        return pending.size();
    }

    /** For kernels that keep more of an operation. @throws IllegalStateException when it is not the very one that is due */
    @SuppressWarnings("ReferenceEquality")
    public static void requireDue(@Nullable ChannelOperation due, ChannelOperation operation) {
        if (due != operation) {
            throw new IllegalStateException("due was " + (due == null ? "nothing" : due.toJson().toJson()) + ", came "
                    + operation.toJson().toJson());
        }
    }
}
