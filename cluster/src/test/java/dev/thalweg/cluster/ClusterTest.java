package dev.thalweg.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.thalweg.crdt.GCounter;
import dev.thalweg.jvm.JvmPlatform;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.replication.data.Consistency;
import dev.thalweg.replication.data.DataType;
import dev.thalweg.replication.data.DistributedData;
import dev.thalweg.replication.data.Key;
import dev.thalweg.replication.data.WriteReply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.cluster.Cluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real actor systems of one JVM that know each other by TCP on loopback only. */
class ClusterTest {
    /* Short intervals, no mercy for who is silent, and nobody is declared down unless the test does it. */
    private static final Config CONFIG = ConfigFactory.parseString("""
            pekko {
              loglevel = OFF
              stdout-loglevel = OFF
              log-dead-letters = off
              actor.provider = cluster
              remote.artery { transport = tcp, canonical { hostname = "127.0.0.1", port = 0 } }
              coordinated-shutdown { run-by-actor-system-terminate = off, run-by-jvm-shutdown-hook = off }
              cluster {
                gossip-interval = 100ms, leader-actions-interval = 100ms, unreachable-nodes-reaper-interval = 200ms
                failure-detector { heartbeat-interval = 200ms, acceptable-heartbeat-pause = 2s }
                jmx.enabled = off
                shutdown-after-unsuccessful-join-seed-nodes = off
              }
            }
            """).withFallback(ConfigFactory.load());
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Key<GCounter> GAUGES = new DataType<>("g-counter", GCounter.ZERO, GCounter::read)
            .key("gauges");

    private final List<Node> nodes = new ArrayList<>();

    @AfterEach
    void stop() {
        nodes.forEach(Node::crash);
    }

    @Test
    void nodesBelongUntilTheyLeaveOrAreDeclaredDown() throws Exception {
        Node a = new Node(null);
        Node b = new Node(a);
        Node c = new Node(a);
        everybodySees(List.of(a, b, c));
        assertThat(a.membership.others(a.name())).isEqualTo(sorted(List.of(b, c)));

        // One that leaves is forgotten by the others, and forgets nobody itself.
        Set<String> three = names(List.of(a, b, c));
        Cluster.get(c.system).leave(Cluster.get(c.system).selfAddress());
        everybodySees(List.of(a, b));
        await().atMost(PATIENCE).until(() -> Cluster.get(c.system).isTerminated());
        assertThat(c.membership.members()).isEqualTo(three);

        // One that is declared down while it lives finds no majority in itself.
        Node d = new Node(a);
        everybodySees(List.of(a, b, d));
        Cluster.get(a.system).down(Cluster.get(d.system).selfAddress());
        everybodySees(List.of(a, b));
        await().atMost(PATIENCE).until(() -> Cluster.get(d.system).isTerminated());
        assertThat(d.membership.members()).isEqualTo(names(List.of(a, b, d)));

        // One that falls silent belongs until somebody declares it down.
        b.crash();
        await().atMost(PATIENCE).until(() -> a.membership.unreachable().equals(Set.of(b.name())));
        assertThat(a.membership.members()).isEqualTo(names(List.of(a, b)));
        Cluster.get(a.system).down(b.address);
        everybodySees(List.of(a));
        assertThat(a.membership.unreachable()).isEmpty();
    }

    @Test
    void carriesMessagesAndWhatIsBuiltOnThem() throws Exception {
        Node a = new Node(null);
        Node b = new Node(a);
        Node c = new Node(a);
        everybodySees(List.of(a, b, c));
        List<String> heard = new CopyOnWriteArrayList<>();
        b.messenger.listen((node, message) -> heard.add("b " + node + " " + text(message)));
        a.messenger.listen((node, message) -> heard.add("a " + node + " " + text(message)));
        byte[] large = new byte[200_000];
        a.messenger.send(b.name(), bytes("to another"));
        a.messenger.send(a.name(), bytes("to itself"));
        for (String nobody : List.of("127.0.0.1:1", "nowhere", "127.0.0.1:many", ":", "")) {
            a.messenger.send(nobody, bytes("lost"));
        }
        a.messenger.send(b.name(), large);
        await().atMost(PATIENCE).until(() -> heard.size() == 3);
        assertThat(heard).containsExactlyInAnyOrder("b " + a.name() + " to another", "a " + a.name() + " to itself",
                "b " + a.name() + " " + text(large));
        assertThatThrownBy(() -> ClusterMessenger.open(a.system, Runnable::run)).hasMessageContaining("not unique");

        DistributedData one = a.data();
        DistributedData two = b.data();
        DistributedData three = c.data();
        assertThat(a.count(one, Consistency.all()).nodes()).isEqualTo(sorted(List.of(a, b, c)));
        c.crash();
        // Two of three are a majority still, and all are not.
        assertThat(b.count(two, Consistency.majority())).isInstanceOf(WriteReply.Written.class);
        assertThat(b.count(two, Consistency.all(), 500)).isEqualTo(
                new WriteReply.TimedOut(sorted(List.of(a, b)), List.of(c.name())));
        await().atMost(PATIENCE).until(() -> a.platform.call(() -> value(one)).get() == 3);
        assertThat(value(three)).isEqualTo(1);
    }

    private static double value(DistributedData data) {
        GCounter counter = data.get(GAUGES);
        return counter == null ? 0 : counter.total();
    }

    private static String text(byte[] message) {
        return message.length < 100 ? new String(message, StandardCharsets.UTF_8) : message.length + " bytes";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Set<String> names(List<Node> nodes) {
        return new TreeSet<>(sorted(nodes));
    }

    private static List<String> sorted(List<Node> nodes) {
        return nodes.stream().map(Node::name).sorted().toList();
    }

    private static void everybodySees(List<Node> nodes) {
        Set<String> names = names(nodes);
        for (Node node : nodes) {
            await().atMost(PATIENCE).until(() -> node.membership.members().equals(names));
        }
    }

    private final class Node {
        final ActorSystem system = ActorSystem.create("gauges", CONFIG);
        final JvmPlatform platform = new JvmPlatform();
        final org.apache.pekko.actor.Address address = Cluster.get(system).selfAddress();
        final ClusterMembership membership;
        final ClusterMessenger messenger;

        Node(Node seed) throws Exception {
            nodes.add(this);
            Cluster.get(system).join(seed == null ? address : seed.address);
            messenger = ClusterMessenger.open(system, platform.executor());
            membership = ClusterMembership.of(system).toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }

        String name() {
            return messenger.self();
        }

        DistributedData data() throws Exception {
            return platform.<DistributedData>ask(outcome -> DistributedData.open(
                    new DistributedData.Parameters(messenger, membership, platform.platform().timers(),
                            platform.platform().ids(), List.of(GAUGES.type())),
                    outcome)).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }

        WriteReply count(DistributedData data, Consistency consistency) throws Exception {
            return count(data, consistency, PATIENCE.toMillis());
        }

        WriteReply count(DistributedData data, Consistency consistency, double millis) throws Exception {
            CompletableFuture<WriteReply> reply = new CompletableFuture<>();
            platform.run(() -> data.update(GAUGES, (counter, replica) -> counter.increment(replica, 1), consistency,
                    millis, new Outcome<>() {
                        @Override
                        public void succeeded(WriteReply value) {
                            reply.complete(value);
                        }

                        @Override
                        public void failed(Failure failure) {
                            reply.completeExceptionally(new IllegalStateException(failure.toString()));
                        }
                    }));
            return reply.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }

        /* Without a word to the others. */
        void crash() {
            platform.close();
            system.terminate();
            try {
                system.getWhenTerminated().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
