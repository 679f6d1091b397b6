package dev.thalweg.cluster;

import org.apache.pekko.actor.Address;

/** What nodes are called. */
final class Nodes {
    private Nodes() {}

    /**
     * {@code host:port}, which is the same after a restart, so that a node goes on under its name.
     *
     * @throws IllegalArgumentException for a system that others cannot reach
     */
    static String name(Address address) {
        if (address.host().isEmpty() || address.port().isEmpty()) {
            throw new IllegalArgumentException("an actor system that others can reach, was " + address);
        }
        return address.host().get() + ":" + address.port().get();
    }
}
