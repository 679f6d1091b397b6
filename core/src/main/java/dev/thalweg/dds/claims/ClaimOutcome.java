package dev.thalweg.dds.claims;

import dev.thalweg.json.JsonValue;

/** What became of a claim. */
public sealed interface ClaimOutcome {

    /** The key is held as asked, or free as asked. @param value the holder, null for a release */
    record Accepted(JsonValue value) implements ClaimOutcome {}

    /** Another claim was sequenced first. @param holder who holds the key */
    record Lost(JsonValue holder) implements ClaimOutcome {}

    /** The key was held when it was asked for; nothing was sent. @param holder who holds it */
    record AlreadyClaimed(JsonValue holder) implements ClaimOutcome {}

    /** This client has asked for the key already and does not know the outcome yet; nothing was sent. */
    record AlreadyPending() implements ClaimOutcome {}

    /** The claim was taken back before it was sent. */
    record Aborted() implements ClaimOutcome {}

    /**
     * The channel was closed before the outcome was known: the claim may still be accepted or lost.
     *
     * @param reason why it was closed, for a person
     */
    record Unknown(String reason) implements ClaimOutcome {}
}
