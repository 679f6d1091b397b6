package dev.thalweg.dds.queue;

/** What became of completing an item. */
public sealed interface CompleteOutcome {

    /** The item is gone for good, and this client's work on it counts. */
    record Completed() implements CompleteOutcome {}

    /**
     * The item is in the queue again, or will be, because this client's connection was lost: somebody else gets it. The
     * work on it may be done twice.
     */
    record Returned() implements CompleteOutcome {}

    /** The completion was taken back before it was sent; the item is still in this client's hand. */
    record Aborted() implements CompleteOutcome {}

    /**
     * The channel was closed before the outcome was known.
     *
     * @param reason why it was closed, for a person
     */
    record Unknown(String reason) implements CompleteOutcome {}
}
