package dev.thalweg.eventgraph;

import java.util.Objects;

/**
 * The name of an event, the same at every replica.
 *
 * @param agent    who made it: a name that no two replicas may use at once
 * @param sequence how many events the agent had made before, from 0
 */
public record EventId(String agent, int sequence) implements Comparable<EventId> {
    /** @throws IllegalArgumentException when the sequence number is negative */
    public EventId {
        Objects.requireNonNull(agent);
        if (sequence < 0) {
            throw new IllegalArgumentException("sequence numbers count from 0, was " + sequence);
        }
    }

    /** By agent, by UTF-16 code unit, then by sequence number. */
    @Override
    public int compareTo(EventId other) {
        int byAgent = agent.compareTo(other.agent);
        return byAgent != 0 ? byAgent : Integer.compare(sequence, other.sequence);
    }
}
