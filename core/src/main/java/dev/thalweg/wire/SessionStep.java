package dev.thalweg.wire;

/**
 * What a session wants done next. Steps come in the order in which to do them.
 *
 * @param <E> what the other side says
 */
public sealed interface SessionStep<E> {
    /** Send this text frame. */
    record Send<E>(String frame) implements SessionStep<E> {}

    /** The other side said this. */
    record Deliver<E>(E event) implements SessionStep<E> {}

    /**
     * Close the socket: the session is over and takes nothing more.
     *
     * @param orderly whether the other side asked for it, as opposed to having broken a rule or fallen silent
     * @param reason  for a person
     */
    record Close<E>(boolean orderly, String reason) implements SessionStep<E> {}
}
