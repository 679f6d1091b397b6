package dev.thalweg.container;

import dev.thalweg.driver.DocumentService.StoredSummary;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.ProtocolState;
import dev.thalweg.storage.SummaryNode;

/**
 * The summary that the next one builds on.
 *
 * @param handle         its commit
 * @param sequenceNumber up to where it holds the document
 * @param tree           the runtime's tree, possibly with handles in it
 */
record SummaryBase(String handle, int sequenceNumber, SummaryNode.Tree tree) {
    static SummaryBase of(StoredSummary stored) throws ProtocolException {
        return new SummaryBase(stored.handle(), protocol(stored).sequenceNumber(), stored.tree());
    }

    /** What the service noted beside the runtime's tree. */
    static ProtocolState protocol(StoredSummary stored) throws ProtocolException {
        SummaryNode.Tree folder = stored.tree().tree(ProtocolState.FOLDER);
        if (folder == null) {
            throw new ProtocolException("the summary has no " + ProtocolState.FOLDER);
        }
        return ProtocolState.read(folder);
    }

    /** Whether there is something at a path of plain names, or may be because a handle stands for it. */
    boolean has(String... path) {
        SummaryNode node = tree;
        for (String name : path) {
            if (node instanceof SummaryNode.Tree folder) {
                node = folder.get(name);
            } else {
                return node instanceof SummaryNode.Handle;
            }
        }
        return node != null;
    }
}
