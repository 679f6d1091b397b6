package dev.thalweg.replication;

import dev.thalweg.platform.Subscription;

/**
 * Carries messages between nodes, as well as it can: a message may be lost, late, come twice or after a later one.
 * Whoever needs more sends again.
 */
public interface Messenger {
    /** The name of this node. */
    String self();

    /**
     * Sends a message. A node that is not known or not reachable does not get it, and nobody is told.
     *
     * @param node    to whom; a message to this node arrives, too, and not before this call returns
     * @param message not to be changed afterwards
     */
    void send(String node, byte[] message);

    /** Hears messages from now on, on the thread that runs the client. Every listener hears every message. */
    Subscription listen(Listener listener);

    /** Hears messages. */
    @FunctionalInterface
    interface Listener {
        /** A message came. @param node from whom, which the messenger vouches for */
        void received(String node, byte[] message);
    }
}
