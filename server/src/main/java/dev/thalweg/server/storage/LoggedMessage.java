package dev.thalweg.server.storage;

/**
 * A sequenced message as it is kept: in the very characters that its readers get.
 *
 * @param sequenceNumber its place in its document, from 1
 * @param shapesQuorum   whether it is anything but an operation or a noop, and so has to be looked at when the state of
 *                       the quorum is worked out again
 * @param json           the message
 */
public record LoggedMessage(int sequenceNumber, boolean shapesQuorum, String json) {}
