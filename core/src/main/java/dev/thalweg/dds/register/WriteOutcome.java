package dev.thalweg.dds.register;

import dev.thalweg.json.JsonValue;

/** What became of a write. */
public sealed interface WriteOutcome {

    /** Its value is the one all agree on. */
    record Won() implements WriteOutcome {}

    /**
     * A write that its author had not seen was sequenced first. Its value is a version beside that one.
     *
     * @param value the one all agree on
     */
    record Lost(JsonValue value) implements WriteOutcome {}

    /** The write was taken back before it was sent. */
    record Aborted() implements WriteOutcome {}

    /**
     * The channel was closed before the outcome was known: the write may still be sequenced.
     *
     * @param reason why it was closed, for a person
     */
    record Unknown(String reason) implements WriteOutcome {}
}
