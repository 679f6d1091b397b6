package dev.thalweg.driver;

import dev.thalweg.platform.Outcome;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.storage.SummaryNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One document at an ordering service. */
public interface DocumentService {
    /** The document's id. */
    String documentId();

    /**
     * Opens a connection to the document's stream. A connection lives once: to reconnect, open another.
     *
     * @param listener hears what arrives, never before this call returns
     */
    DeltaConnection connect(ConnectionRequest request, DeltaListener listener);

    /**
     * Reads sequenced messages that are on record.
     *
     * @param from   exclusive
     * @param to     exclusive; the service may return fewer from the beginning of the range, but none only when there
     *               are none
     */
    void deltas(int from, int to, Outcome<List<SequencedMessage>> outcome);

    /** Reads the latest summary, or null when there is none. */
    void latestSummary(Outcome<@Nullable StoredSummary> outcome);

    /**
     * Uploads a summary; it becomes the latest when a summarize message that names it is acknowledged.
     *
     * @param tree   the runtime's tree, without {@code .protocol}
     * @param parent the commit that handles in the tree refer to, or null when it has none
     * @param outcome gives the handle of the uploaded tree
     */
    void uploadSummary(SummaryNode.Tree tree, @Nullable String parent, Outcome<String> outcome);

    /** Stores bytes by themselves. @param outcome gives the id the storage has for them */
    void createBlob(byte[] bytes, Outcome<String> outcome);

    /** Reads bytes that were stored by themselves. */
    void readBlob(String id, Outcome<byte[]> outcome);

    /**
     * A summary with its leaves. Attachment blobs, and leaves that the storage does not have, are there as their ids alone.
     *
     * @param handle the commit it was read from
     * @param tree   the whole tree, with {@code .protocol}
     */
    record StoredSummary(String handle, SummaryNode.Tree tree) {}
}
