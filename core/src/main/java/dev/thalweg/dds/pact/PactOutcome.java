package dev.thalweg.dds.pact;

/** What became of a proposal. */
public sealed interface PactOutcome {

    /** Everybody has seen it, and it counts. */
    record Accepted() implements PactOutcome {}

    /** It came to nothing: another proposal was waiting, or was accepted without the author's knowledge. */
    record Refused() implements PactOutcome {}

    /** It was taken back before it was sent. */
    record Aborted() implements PactOutcome {}

    /**
     * The channel was closed before the outcome was known: the proposal may still be accepted.
     *
     * @param reason why it was closed, for a person
     */
    record Unknown(String reason) implements PactOutcome {}
}
