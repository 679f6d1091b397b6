package dev.thalweg.replication.data;

/**
 * How many nodes have to have written, or to have been read, before an answer comes; this node is always one of them.
 * A read sees every write before it when the two together take more nodes than there are.
 */
public sealed interface Consistency {
    /** This node only: the answer comes at once, or as soon as the journal has it. */
    static Consistency local() {
        return new From(1);
    }

    /** More than half of the nodes. */
    static Consistency majority() {
        return new Majority();
    }

    /** All nodes. */
    static Consistency all() {
        return new All();
    }

    /** So many nodes; all, when there are fewer. @param nodes at least 1 */
    static Consistency from(int nodes) {
        return new From(nodes);
    }

    /** How many that are. @param members how many nodes there are */
    default int of(int members) {
        return switch (this) {
            case From from -> Math.min(from.nodes, members);
            case Majority majority -> members / 2 + 1;
            case All all -> members;
        };
    }

    /** A number. @param nodes at least 1 */
    record From(int nodes) implements Consistency {
        public From {
            if (nodes < 1) {
                throw new IllegalArgumentException("at least 1 node has to answer, not " + nodes);
            }
        }
    }

    /** More than half. */
    record Majority() implements Consistency {}

    /** Everybody. */
    record All() implements Consistency {}
}
