package dev.thalweg.dds.tasks;

/** What became of volunteering for a task. */
public sealed interface TaskOutcome {

    /** The task is this client's. */
    record Assigned() implements TaskOutcome {}

    /** The task was done before it was this client's turn. */
    record Completed() implements TaskOutcome {}

    /** This client gave up, or lost the connection before its place in the queue was sequenced. */
    record Abandoned() implements TaskOutcome {}

    /** There is no connection, or it ended, and the place in the queue with it. */
    record Disconnected() implements TaskOutcome {}

    /** Volunteering was taken back before it was sent. */
    record Aborted() implements TaskOutcome {}

    /**
     * The channel was closed before it was this client's turn.
     *
     * @param reason why it was closed, for a person
     */
    record Unknown(String reason) implements TaskOutcome {}
}
