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
    /** Copies the lists. @throws IllegalArgumentException when nothing was done */
    public TextRun {
        parents = List.copyOf(parents);
        operations = List.copyOf(operations);
        if (operations.isEmpty()) {
            throw new IllegalArgumentException("a run has at least one operation");
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
