package dev.thalweg.dds.tasks;

import dev.thalweg.dds.ChannelEvent;

/** Something that changed about a task. What happens to this client when the connection drops is told at once. */
public sealed interface TaskEvent extends ChannelEvent {
    /** Which task. */
    String task();

    /** A client lined up at the end of the queue. @param clientId the connection it volunteered on */
    record Queued(String task, String clientId, boolean local) implements TaskEvent {}

    /** A client is in the queue no more: it gave up, or its connection ended. */
    record Left(String task, String clientId, boolean local) implements TaskEvent {}

    /** The task is done, and its queue gone. @param local whether this client said so */
    record Completed(String task, boolean local) implements TaskEvent {}

    /** This client is the first of the queue: the task is its. */
    record Assigned(String task) implements TaskEvent {
        @Override
        public boolean local() {
            return true;
        }
    }

    /** The task was this client's and is not any longer, though it is not done. */
    record Lost(String task) implements TaskEvent {
        @Override
        public boolean local() {
            return true;
        }
    }

    /** What this client did last about the task was taken back before it was sent. */
    record RolledBack(String task) implements TaskEvent {
        @Override
        public boolean local() {
            return true;
        }
    }
}
