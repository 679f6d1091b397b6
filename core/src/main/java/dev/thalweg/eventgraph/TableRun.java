package dev.thalweg.eventgraph;

import java.util.List;

/**
 * Events of one agent, each the only parent of the next: what replicas of tables send each other.
 *
 * @param first      the name of the first event; the others follow in its sequence
 * @param parents    what the author had seen before the first
 * @param time       {@link EventGraph#time} of the first, each other is one later; it is for people to read and goes by the
 *                   parents, whatever is said here
 * @param operations what they did, one each
 */
public record TableRun(EventId first, List<EventId> parents, int time, List<RowOperation> operations) {
    /** Copies the lists. @throws IllegalArgumentException when nothing was done */
    public TableRun {
        parents = List.copyOf(parents);
        operations = List.copyOf(operations);
        if (operations.isEmpty()) {
            throw new IllegalArgumentException("a run has at least one operation");
        }
        if (time < 1) {
            throw new IllegalArgumentException("times count from 1, was " + time);
        }
    }
}
