package dev.thalweg.storage;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The blobs of a tree that travel with it: small ones, not too many together, and none that a document attached. */
public final class SmallBlobs {
    /** Bytes of the largest. */
    private static final int SMALL = 64 * 1024;
    /** Bytes of all. */
    private static final int TOGETHER = 16 * 1024 * 1024;

    private final Map<String, GitBlob> blobs = new HashMap<>();
    private int size;

    /** Takes a blob along that stands somewhere in the tree, if it may come. */
    void offer(String path, String id, GitBlob blob) {
        int length = blob.body().length;
        if (length <= SMALL && length <= TOGETHER - size && !SummaryNode.Attachment.standsAt(path)
                && blobs.putIfAbsent(id, blob) == null) {
            size += length;
        }
    }

    /** A blob that comes along, which then has come. */
    @Nullable
    GitBlob take(String id) {
        return blobs.remove(id);
    }
}
