package dev.thalweg.dds.queue;

import dev.thalweg.dds.ChannelEvent;
import dev.thalweg.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Something that changed in a queue. Nothing but {@link LocalReleased} and {@link Aborted} happens before it is
 * sequenced.
 */
public sealed interface QueueEvent extends ChannelEvent {

    /**
     * An item is at the end of the queue.
     *
     * @param returnedFrom the acquisition it comes back from, or null for a new item
     */
    record Added(JsonValue value, @Nullable String returnedFrom, boolean local) implements QueueEvent {
        /** Whether it was not in the queue before. */
        public boolean newlyAdded() {
            return returnedFrom == null;
        }
    }

    /**
     * The first item was handed to a client.
     *
     * @param clientId that client's connection, or null while the document is detached
     */
    record Acquired(String acquireId, JsonValue value, @Nullable String clientId,
            boolean local) implements QueueEvent {}

    /** An item is done with. */
    record Completed(String acquireId, JsonValue value, boolean local) implements QueueEvent {}

    /**
     * This client holds an item no longer, although others do not know that yet.
     *
     * @param intentional whether it gave the item back, rather than lost its connection
     */
    record LocalReleased(String acquireId, JsonValue value, boolean intentional) implements QueueEvent {
        @Override
        public boolean local() {
            return true;
        }
    }

    /**
     * An own operation came to nothing: the queue was empty when an item was asked for, or the item that was to be
     * completed or given back was in the queue again already.
     */
    record Missed(QueueOperation operation) implements QueueEvent {
        @Override
        public boolean local() {
            return true;
        }
    }

    /** An own operation was taken back before it was sent. */
    record Aborted(QueueOperation operation) implements QueueEvent {
        @Override
        public boolean local() {
            return true;
        }
    }
}
