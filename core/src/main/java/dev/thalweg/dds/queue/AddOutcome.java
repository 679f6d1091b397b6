package dev.thalweg.dds.queue;

/** What became of an item that was to be added. */
public sealed interface AddOutcome {

    /** It is in the queue, for everyone. */
    record Added() implements AddOutcome {}

    /** The addition was taken back before it was sent. */
    record Aborted() implements AddOutcome {}

    /**
     * The channel was closed before the outcome was known: the item may still be added.
     *
     * @param reason why it was closed, for a person
     */
    record Unknown(String reason) implements AddOutcome {}
}
