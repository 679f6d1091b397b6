package dev.thalweg.testkit;

import dev.thalweg.json.JsonValue;

/**
 * An operation with its place on the line.
 *
 * @param sequenceNumber          of its message; those of one batch share it
 * @param referenceSequenceNumber what its sender had processed
 * @param clientId                the connection it was sent on
 * @param contents                as it stood on the wire, inside the channel's envelope
 */
public record LogOperation(
        int sequenceNumber, int referenceSequenceNumber, String clientId, JsonValue contents) {}
