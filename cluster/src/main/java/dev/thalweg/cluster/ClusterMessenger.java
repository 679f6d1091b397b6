package dev.thalweg.cluster;

import dev.thalweg.platform.Subscription;
import dev.thalweg.replication.Messenger;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.Props;
import org.apache.pekko.cluster.Cluster;
import org.jspecify.annotations.Nullable;

/**
 * Carries messages between the nodes of a cluster over Pekko's remoting, by one actor on each. Nodes are called
 * {@code host:port}, as in {@link ClusterMembership}. Bytes travel as bytes, whatever serialization is configured.
 *
 * <p>A message has to fit into {@code pekko.remote.artery.advanced.maximum-frame-size}, 256 KiB unless it is set; a larger
 * one is lost, with a word in the log. Who sends is taken from the connection as Pekko does: over plain TCP everybody in
 * the network is believed, over TLS with mutual authentication those who have a certificate.
 */
public final class ClusterMessenger implements Messenger, AutoCloseable {
    private static final String NAME = "thalweg-messenger";

    private final ActorSystem system;
    private final Executor loop;
    private final Address own;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final ActorRef postman;

    private ClusterMessenger(ActorSystem system, Executor loop) {
        this.system = system;
        this.loop = loop;
        own = Cluster.get(system).selfAddress();
        postman = system.actorOf(Props.create(Postman.class, () -> new Postman(this)), NAME);
    }

    /**
     * Opens the messenger of this node; a system has one.
     *
     * @param loop runs what hears of messages, one after another: the client's thread
     * @throws org.apache.pekko.actor.InvalidActorNameException when it is open already
     */
    public static ClusterMessenger open(ActorSystem system, Executor loop) {
        return new ClusterMessenger(system, loop);
    }

    @Override
    public String self() {
        return Nodes.name(own);
    }

    @Override
    public void send(String node, byte[] message) {
        if (node.equals(self())) {
            postman.tell(message, postman);
            return;
        }
        Address address = address(node);
        if (address != null) {
            system.actorSelection(postman.path().toStringWithAddress(address)).tell(message, postman);
        }
    }

    @Override
    public Subscription listen(Listener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Sends and hears nothing more. */
    @Override
    public void close() {
        listeners.clear();
        system.stop(postman);
    }

    /* All systems of a cluster have one name and one protocol. */
    private @Nullable Address address(String node) {
        int colon = node.lastIndexOf(':');
        if (colon < 1) {
            return null;
        }
        try {
            return new Address(own.protocol(), own.system(), node.substring(0, colon),
                    Integer.parseInt(node.substring(colon + 1)));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private void received(ActorRef sender, byte[] message) {
        Address address = sender.path().address();
        String node = address.hasLocalScope() ? self() : Nodes.name(address);
        loop.execute(() -> {
            for (Listener listener : listeners) {
                listener.received(node, message);
            }
        });
    }

    private static final class Postman extends AbstractActor {
        private final ClusterMessenger messenger;

        Postman(ClusterMessenger messenger) {
            this.messenger = messenger;
        }

        @Override
        public Receive createReceive() {
            return receiveBuilder().match(byte[].class, message -> messenger.received(getSender(), message)).build();
        }
    }
}
