package dev.thalweg.dds;

/**
 * Where a sequenced operation stands.
 *
 * @param sequenceNumber          its place
 * @param referenceSequenceNumber what its sender had processed when it sent it
 * @param minimumSequenceNumber   what every writer has processed
 * @param clientId                the connection it was sent on
 * @param roster                  who writes at its place
 */
public record OperationContext(
        int sequenceNumber, int referenceSequenceNumber, int minimumSequenceNumber, String clientId, Roster roster) {
    /** The same for structures that do not ask who writes. */
    public OperationContext(int sequenceNumber, int referenceSequenceNumber, int minimumSequenceNumber,
            String clientId) {
        this(sequenceNumber, referenceSequenceNumber, minimumSequenceNumber, clientId, Roster.NOBODY);
    }
}
