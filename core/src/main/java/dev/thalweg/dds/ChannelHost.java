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

    /** The last sequence number processed. */
    int sequenceNumber();
}
