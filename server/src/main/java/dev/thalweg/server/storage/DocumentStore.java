package dev.thalweg.server.storage;

import dev.thalweg.storage.GitObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps documents. Reads come from any thread and see what was written before; they block. Writes come from one thread,
 * in groups, so that what many documents have to say costs one wait for the disk.
 */
public interface DocumentStore extends AutoCloseable {
    /** What is known of a document besides its messages and objects. @param checkpoint null when none was taken */
    record Header(double created, int headSequenceNumber, @Nullable String checkpoint) {}

    /**
     * Makes all these changes, or none of them and throws. When this returns they are as safe as the store can make
     * them.
     */
    void write(List<StoreWrite> group) throws StoreException;

    /** What is known of a document, or null when there is none. */
    @Nullable
    Header header(DocumentKey document) throws StoreException;

    /**
     * Sequenced messages in order.
     *
     * @param after  exclusive
     * @param before exclusive
     * @param limit  how many at most
     */
    List<LoggedMessage> messages(DocumentKey document, int after, int before, int limit) throws StoreException;

    /** Those messages in a range that {@linkplain LoggedMessage#shapesQuorum shape the quorum}; both ends exclusive. */
    List<LoggedMessage> quorumMessages(DocumentKey document, int after, int before) throws StoreException;

    /** An object of a document, or null. */
    @Nullable
    GitObject object(DocumentKey document, String id) throws StoreException;

    /** The commit a ref of a document names, or null. The ref of its latest summary is its id. */
    @Nullable
    String ref(DocumentKey document, String name) throws StoreException;

    /** Whether what was written outlives the process. */
    boolean durable();

    @Override
    void close() throws StoreException;
}
