package dev.thalweg.dds;

import java.util.List;

/**
 * Who writes: the quorum at the place of the line that is being processed, by sequenced joins and leaves, and so the same
 * on every replica at the same place. It follows the line: ask it again rather than keep what it said.
 */
public interface Roster {
    /** Nobody: the roster of a document that no service has yet. */
    Roster NOBODY = new Roster() {
        @Override
        public List<String> clientIds() {
            return List.of();
        }

        @Override
        public int joinedAt(String clientId) {
            return -1;
        }
    };

    /** The ids of their connections, in the order in which they joined. */
    List<String> clientIds();

    /** The sequence number of a writer's join, or -1 when there is no writer of that id. */
    int joinedAt(String clientId);

    /** Whether there is a writer of that id. */
    default boolean has(String clientId) {
        return joinedAt(clientId) >= 0;
    }
}
