package dev.thalweg.server.storage;

/**
 * Names one document of one tenant.
 *
 * @param tenantId   whose it is
 * @param documentId which of theirs
 */
public record DocumentKey(String tenantId, String documentId) {
    @Override
    public String toString() {
        return tenantId + "/" + documentId;
    }
}
