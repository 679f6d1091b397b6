package dev.thalweg.dds;

import dev.thalweg.json.JsonValue;

/** What a channel may ask of the container it lives in. */
public interface ChannelHost {
    /**
     * Sends an operation, now or when the connection is up again.
     *
     * @param contents  as it goes on the wire
     * @param operation what comes back with its acknowledgement, rollback or resubmission
     */
    void submit(JsonValue contents, ChannelOperation operation);

    /** Whether others can see the channel; until then operations take effect at once. */
    boolean attached();

    /** Throws an {@link IllegalStateException} that says why when the channel takes no edits now. */
    void requireWritable();

    /**
     * Throws when the channel takes no edits now, or when an operation of these contents could never be sent. Asked
     * before anything changes here.
     *
     * @throws IllegalStateException    that says why the channel takes no edits
     * @throws IllegalArgumentException that names the size and the limit
     */
    default void requireWritable(JsonValue contents) {
        requireWritable();
    }

    /** The last sequence number processed. */
    int sequenceNumber();
}
