package dev.thalweg.dds.queue;

/** What became of asking for an item. */
public sealed interface AcquireOutcome {

    /** An item is in this client's hand, to be completed or released. */
    record Acquired(Acquisition acquisition) implements AcquireOutcome {}

    /** There was no item left when it was this client's turn. */
    record Empty() implements AcquireOutcome {}

    /** The request was taken back before it was sent. */
    record Aborted() implements AcquireOutcome {}

    /**
     * The channel was closed before the outcome was known. When it is an item after all, it goes back to the queue as
     * this client leaves.
     *
     * @param reason why it was closed, for a person
     */
    record Unknown(String reason) implements AcquireOutcome {}
}
