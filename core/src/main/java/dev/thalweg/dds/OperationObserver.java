package dev.thalweg.dds;

/**
 * Follows the operations of a channel from their making to their place on the one line, which events do not tell: an own
 * operation that is sequenced changes nothing for a reader, nor does another client's under one of this client's. Told
 * before the listeners for events are. What it does here must not edit the channel; see
 * {@link SharedObject#afterThisMessage}.
 *
 * @param <O> the structure's operations
 */
public interface OperationObserver<O> {
    /** An operation is about to be made here and nothing can refuse it any more; the channel is as it was before. */
    void making(O operation);

    /** It has been made: the channel is as a reader sees it now. While detached, {@link #sequenced} follows at once. */
    default void made(O operation) {}

    /**
     * An operation was sequenced, and applied.
     *
     * @param clientId who made it; empty while detached
     * @param own      whether it is the oldest of this client's; then it is the very object that was made
     */
    void sequenced(O operation, String clientId, boolean own);

    /** The newest pending operation was taken back. */
    void rolledBack(O operation);

    /** A pending operation is not sent again after a reconnect: what it was meant for is gone. */
    default void dropped(O operation) {}
}
