package dev.thalweg.crdt;

/**
 * One change, named: the n-th of a replica. No two changes may ever have the same dot.
 *
 * @param replica who made it
 * @param counter from 1
 */
public record Dot(String replica, int counter) implements Comparable<Dot> {
    public Dot {
        Replicas.require(replica);
        if (counter < 1) {
            throw new IllegalArgumentException("dots count from 1, was " + counter);
        }
    }

    @Override
    public int compareTo(Dot other) {
        int byReplica = replica.compareTo(other.replica);
        if (byReplica != 0) {
            return byReplica;
        }
        return counter == other.counter ? 0 : counter < other.counter ? -1 : 1;
    }
}
