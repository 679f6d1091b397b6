package dev.thalweg.dds;

import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A structure without the world around it: what has been sequenced, and this client's own operations that have not, in
 * the order they were made. Knows no client, socket or clock.
 *
 * <p>An operation this client made is known by identity: the very object given to {@link #local} comes back in
 * {@link #sequenced} with {@code own}, in {@link #rollback} or in {@link #resubmit}. Own operations are sequenced in the
 * order they were made; rollback takes the newest first; a resubmission asks for every pending one, oldest first.
 *
 * @param <O> the structure's operations
 * @param <E> the structure's events
 */
public interface Kernel<O extends ChannelOperation, E extends ChannelEvent> {
    /** Reads an operation off the wire, changing nothing. */
    O read(JsonValue contents) throws ProtocolException;

    /** Makes an operation while nobody else can see the structure: it takes effect at once, at sequence number 0. */
    List<E> detached(O operation);

    /** Makes an operation: it is pending from now on, and shows where the structure's rule lets it. */
    List<E> local(O operation);

    /** Takes an operation off the one line. @param own whether it is the oldest pending operation of this client */
    List<E> sequenced(O operation, OperationContext context, boolean own);

    /** Takes back the newest pending operation. */
    List<E> rollback(O operation);

    /**
     * Says what to send in place of a pending operation after a reconnect, oldest first.
     *
     * @return the same operation, another one that takes its place as pending, or null when it is dropped
     */
    @Nullable
    O resubmit(O operation);

    /** The sequenced state; nothing pending goes into a summary. */
    SummaryNode.Tree summarize();

    /** What a reader sees, in a canonical form: equal on all replicas when nothing is pending. */
    JsonValue snapshot();

    /** Throws an {@link IllegalStateException} when an invariant does not hold. For tests. */
    void check();
}
