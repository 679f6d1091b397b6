package dev.thalweg.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.container.Rig.Box;
import dev.thalweg.container.Rig.Peer;
import dev.thalweg.json.JsonValue;
import dev.thalweg.loopback.LoopbackIds;
import dev.thalweg.platform.Failure;
import dev.thalweg.protocol.Client;
import dev.thalweg.protocol.Nack;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Clients on bad links, driven by chance: whatever is cut, held back, delivered twice, refused or taken back, in the end
 * all replicas are the same and each edit counts exactly once.
 */
class ContainerFuzzTest {
    private static final int CASES = Integer.getInteger("thalweg.cases", 300);
    private static final int STEPS = 120;

    @Test
    void everyEditCountsOnceOnEveryReplica() {
        for (int seed = 0; seed < CASES; seed++) {
            try {
                new Run(seed).go();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    private static final class Run {
        private final Rig rig = new Rig();
        private final LoopbackIds chance;
        private final List<Peer> peers = new ArrayList<>();
        private final List<Box<SummaryReport>> summaries = new ArrayList<>();
        private long total;

        Run(int seed) {
            chance = new LoopbackIds(seed);
            rig.options = ContainerOptions.DEFAULT.withBackoff(50, 2_000).withNoop(500, 5);
        }

        void go() {
            peers.add(rig.create());
            peers.add(rig.join());
            peers.add(rig.join(Rig.SUMMARIZER));
            for (int i = 0; i < STEPS; i++) {
                act(peers.get(chance.below(peers.size())));
            }
            for (Peer peer : peers) {
                peer.link.resume();
                peer.link.restore();
                peer.container.connect();
            }
            rig.service.advance(120_000);
            peers.add(rig.join());
            Rig.assertSame(peers.toArray(Peer[]::new));
            for (Peer peer : peers) {
                assertThat(peer.sandbags().value()).isEqualTo(total);
                assertThat(peer.container.connectionState()).isEqualTo(ConnectionState.CONNECTED);
                assertThat(peer.events(ContainerEvent.OperationUnreadable.class)).isEmpty();
                assertThat(peer.events(ContainerEvent.ListenerFailed.class)).isEmpty();
                assertThat(peer.events(ContainerEvent.Sequenced.class))
                        .extracting(event -> event.message().sequenceNumber()).isSorted().doesNotHaveDuplicates();
            }
            summaries.forEach(box -> assertThat(box.told()).isTrue());
        }

        private void act(Peer peer) {
            switch (chance.below(18)) {
                case 0, 1, 2 -> edit(peer);
                case 3, 4 -> {
                    edit(peer);
                    rig.timers.advance(0);
                }
                case 5, 6, 7, 8 -> {
                    for (int i = chance.below(12); i > 0; i--) {
                        rig.service.stepAny();
                    }
                }
                case 9 -> rig.service.advance(chance.below(3_000));
                case 10 -> peer.link.cut();
                case 11 -> peer.link.restore();
                case 12 -> peer.link.pauseUp(chance.below(2) == 0);
                case 13 -> peer.link.pauseDown(chance.below(2) == 0);
                case 14 -> peer.link.duplicate();
                case 15 -> misfortune(peer);
                case 16 -> takeBack(peer);
                case 17 -> rare(peer);
                default -> throw new IllegalStateException();
            }
        }

        private void edit(Peer peer) {
            switch (chance.below(4)) {
                case 0 -> {
                    int amount = 1 + chance.below(9);
                    peer.sandbags().increment(amount);
                    total += amount;
                }
                case 1 -> peer.gauges().delete("k" + chance.below(4));
                default -> peer.gauges().set("k" + chance.below(4), JsonValue.of(chance.below(100)));
            }
        }

        private void misfortune(Peer peer) {
            switch (chance.below(4)) {
                case 0 -> peer.link.refuseNext(Nack.badRequest("chance", -1, null));
                case 1 -> peer.link.refuseNext(Nack.throttled("chance", 1, null));
                case 2 -> peer.link.failNextConnect(Failure.passing(500, "chance"));
                default -> rig.service.restart();
            }
        }

        private void takeBack(Peer peer) {
            long before = total;
            try {
                peer.container.runTransaction(() -> {
                    edit(peer);
                    edit(peer);
                    if (chance.below(2) == 0) {
                        throw new IllegalArgumentException("chance");
                    }
                });
            } catch (IllegalArgumentException e) {
                total = before;
            }
        }

        private void rare(Peer peer) {
            switch (chance.below(5)) {
                case 0 -> peer.container.disconnect();
                case 1 -> peer.container.connect();
                case 2 -> join(ContainerServices.WRITER);
                default -> {
                    Box<SummaryReport> box = new Box<>();
                    summaries.add(box);
                    peers.get(2).container.summarize(box);
                }
            }
        }

        private void join(Client client) {
            if (peers.size() < 6) {
                Box<Container> box = new Box<>();
                var link = rig.service.link();
                Container.load(rig.services(link, client), rig.documentId, Rig.SCHEMA, box);
                for (int i = 0; i < 1_000 && !box.told(); i++) {
                    rig.timers.advance(0);
                    rig.service.stepAny();
                }
                peers.add(new Peer(link, box.value()));
            }
        }
    }
}
