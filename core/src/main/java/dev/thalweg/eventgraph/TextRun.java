package dev.thalweg.eventgraph;

import java.util.List;

/**
 * Events of one agent, each the only parent of the next: what replicas send each other.
 *
 * @param first      the name of the first event; the others follow in its sequence
 * @param parents    what the author had seen before the first
 * @param operations what they did, in order
 */
public record TextRun(EventId first, List<EventId> parents, List<TextOperation> operations) {
    /** Copies the lists. @throws IllegalArgumentException when nothing was done, or more than a graph can hold */
    public TextRun {
        parents = List.copyOf(parents);
        operations = List.copyOf(operations);
        if (operations.isEmpty()) {
            throw new IllegalArgumentException("a run has at least one operation");
        }
        int room = EventGraph.MAX_EVENTS;
        for (TextOperation operation : operations) {
            if (operation.length() > room) {
                throw new IllegalArgumentException("a run has at most " + EventGraph.MAX_EVENTS + " events");
            }
            room -= operation.length();
        }
    }

    /** How many events it is. */
    public int length() {
        int length = 0;
        for (TextOperation operation : operations) {
            length += operation.length();
        }
        return length;
    }
}
