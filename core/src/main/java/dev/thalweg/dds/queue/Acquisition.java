package dev.thalweg.dds.queue;

import dev.thalweg.dds.Listener;
import dev.thalweg.json.JsonValue;

/**
 * An item in this client's hand. It stays there until it is completed or released, once, or until the connection on which
 * it was acquired is lost: then it goes back to the queue, and a {@link QueueEvent.LocalReleased} says so at once.
 */
public final class Acquisition {
    private final ConsensusQueue queue;
    private final String id;
    private final JsonValue value;
    private boolean over;

    Acquisition(ConsensusQueue queue, String id, JsonValue value) {
        this.queue = queue;
        this.id = id;
        this.value = value;
    }

    /** Its name, which no other acquisition in the document has. */
    public String id() {
        return id;
    }

    /** The item. */
    public JsonValue value() {
        return value;
    }

    /** Says that the item is done with. */
    public void complete() {
        complete(outcome -> {
        });
    }

    /**
     * Says that the item is done with.
     *
     * @param outcome told once: {@code Returned} at once when there is no connection, else {@code Completed} or
     *                {@code Returned} when the completion is sequenced; {@code Aborted} when it is taken back before
     *                that, {@code Unknown} when the channel is closed before that
     * @throws IllegalStateException when it was completed or released before, or the channel takes no edits now
     */
    public void complete(Listener<? super CompleteOutcome> outcome) {
        requireOpen();
        queue.complete(this, outcome);
    }

    /**
     * Gives the item back, to the end of the queue.
     *
     * @throws IllegalStateException when it was completed or released before, or the channel takes no edits now
     */
    public void release() {
        requireOpen();
        queue.release(this);
    }

    /** Whether it was completed or released here. */
    public boolean over() {
        return over;
    }

    void over(boolean over) {
        this.over = over;
    }

    private void requireOpen() {
        if (over) {
            throw new IllegalStateException("acquisition " + id + " was completed or released before");
        }
    }
}
