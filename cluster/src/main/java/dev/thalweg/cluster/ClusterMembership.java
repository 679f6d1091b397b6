package dev.thalweg.cluster;

import dev.thalweg.replication.Membership;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;

/**
 * The nodes of a cluster as Apache Pekko Cluster knows them, by {@code host:port}. May be asked on any thread, at any time.
 *
 * <p>A node belongs from when it is up until it has left or was declared down. One that cannot be reached belongs: its
 * consent is still counted, and whether it is gone is for Pekko's split brain resolver to decide, or for a person.
 */
public final class ClusterMembership implements Membership, AutoCloseable {
    /*
     * What is counted here decides what a majority is, so that the set may only shrink by what the whole cluster agreed on.
     * Reachability is one node's view and is left out. And a node that was declared down, whose own view shrinks to
     * itself as its cluster is shut down, would then be the majority of one: from that moment on the set stays what it
     * was, and no majority is found.
     */
    private final Cluster cluster;
    private final CompletableFuture<ClusterMembership> up = new CompletableFuture<>();
    private final ActorRef watcher;
    private volatile Set<String> members = Set.of();

    private ClusterMembership(ActorSystem system) {
        cluster = Cluster.get(system);
        watcher = system.actorOf(Props.create(Watcher.class, () -> new Watcher(this)));
    }

    /**
     * Follows a cluster that this system has joined or is about to join.
     *
     * @return the membership as soon as this node is up
     */
    public static CompletionStage<ClusterMembership> of(ActorSystem system) {
        return new ClusterMembership(system).up;
    }

    /** What this node is called. */
    public String self() {
        return Nodes.name(cluster.selfAddress());
    }

    @Override
    public Set<String> members() {
        return members;
    }

    /** The members that somebody cannot reach now, sorted. They are members all the same. */
    public Set<String> unreachable() {
        Set<String> names = new TreeSet<>();
        cluster.state().getUnreachable().forEach(member -> names.add(Nodes.name(member.address())));
        names.retainAll(members);
        return names;
    }

    /** Follows no longer. What is known stays. */
    @Override
    public void close() {
        cluster.system().stop(watcher);
    }

    private static final class Watcher extends AbstractActor {
        private final ClusterMembership membership;
        private final Set<String> names = new TreeSet<>();
        private boolean out;

        Watcher(ClusterMembership membership) {
            this.membership = membership;
        }

        @Override
        public void preStart() {
            membership.cluster.subscribe(getSelf(), ClusterEvent.initialStateAsEvents(),
                    ClusterEvent.MemberEvent.class);
        }

        @Override
        public void postStop() {
            membership.cluster.unsubscribe(getSelf());
        }

        @Override
        public Receive createReceive() {
            return receiveBuilder().match(ClusterEvent.MemberEvent.class, this::changed).build();
        }

        private void changed(ClusterEvent.MemberEvent event) {
            Member member = event.member();
            boolean self = member.uniqueAddress().equals(membership.cluster.selfUniqueAddress());
            boolean belongs = belongs(member.status());
            // A cluster that is shut down takes away one member after the other, and this node not first.
            out |= membership.cluster.isTerminated() || self && !belongs && membership.up.isDone();
            if (out) {
                return;
            }
            String name = Nodes.name(member.address());
            if (belongs ? names.add(name) : names.remove(name)) {
                membership.members = Collections.unmodifiableSet(new TreeSet<>(names));
            }
            if (self && belongs) {
                membership.up.complete(membership);
            }
        }

        private static boolean belongs(MemberStatus status) {
            return status.equals(MemberStatus.up()) || status.equals(MemberStatus.weaklyUp())
                    || status.equals(MemberStatus.leaving()) || status.equals(MemberStatus.exiting());
        }
    }
}
