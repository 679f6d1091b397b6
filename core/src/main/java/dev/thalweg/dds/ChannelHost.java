package dev.thalweg.dds;

import dev.thalweg.json.JsonValue;
import org.jspecify.annotations.Nullable;

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

    /** Whether the channel takes edits now. */
    boolean writable();

    /** Throws an {@link IllegalStateException} that says why when the channel is not {@link #writable}. */
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

    /**
     * The sequence number an operation that is made now refers to: that of the last message which has been applied as a
     * whole. Inside a message of several operations that is the one before.
     */
    int reference();

    /**
     * The id of the present connection, also while it reads what was missed; null when there is none. A writer's is in
     * the roster from its own join on.
     */
    @Nullable
    String clientId();

    /** Who writes at the place of the line that is being processed, or was last. */
    Roster roster();

    /**
     * Runs work once the message that is being processed, which may be one of several operations, has been applied as a
     * whole; at once when none is being processed. What the work submits refers to that message. It does not run when
     * the channel takes no part any more by then.
     */
    void afterMessage(Runnable work);

    /**
     * Says that what a summary holds was changed by the message that is being processed, although it is no operation of
     * the channel. Said before anyone hears of the change.
     */
    void changed();
}
