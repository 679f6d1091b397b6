package dev.thalweg.driver;

import dev.thalweg.platform.Outcome;
import dev.thalweg.storage.SummaryNode;

/** An ordering service. */
public interface ServiceFactory {
    /**
     * Creates a document.
     *
     * @param documentId the id wished for, or empty to let the service choose
     * @param summary    the runtime's tree, without {@code .protocol}
     * @param outcome    gives the id
     */
    void create(String documentId, SummaryNode.Tree summary, Outcome<String> outcome);

    /** The document of that id, whether it exists or not. */
    DocumentService open(String documentId);
}
