package dev.thalweg.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.container.Rig.Box;
import dev.thalweg.container.Rig.Peer;
import dev.thalweg.dds.queue.AcquireOutcome;
import dev.thalweg.dds.queue.Acquisition;
import dev.thalweg.dds.queue.CompleteOutcome;
import dev.thalweg.dds.queue.ConsensusQueue;
import dev.thalweg.dds.register.ConsensusRegisterCollection;
import dev.thalweg.dds.register.RegisterEvent;
import dev.thalweg.dds.register.WriteOutcome;
import dev.thalweg.json.JsonValue;
import dev.thalweg.loopback.LoopbackLink;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Registers and queues in whole documents: late comers, lost links, leaves, summaries. */
class ConsensusTest {
    private static final JsonValue A = JsonValue.of("A");
    private static final JsonValue B = JsonValue.of("B");
    private static final ContainerSchema SCHEMA = ContainerSchema.builder()
            .object("registers", ConsensusRegisterCollection.TYPE).object("queue", ConsensusQueue.TYPE).build();

    private final Rig rig = new Rig();
    private final List<Object> outcomes = new ArrayList<>();

    ConsensusTest() {
        rig.types = ChannelTypes.of(ConsensusRegisterCollection.TYPE, ConsensusQueue.TYPE);
    }

    private Peer detached() {
        LoopbackLink link = rig.service.link();
        return new Peer(link, Container.create(rig.services(link, ContainerServices.WRITER), SCHEMA));
    }

    private Peer create() {
        Peer peer = detached();
        rig.attach(peer);
        return peer;
    }

    private Peer join() {
        return rig.load(ContainerServices.WRITER, SCHEMA);
    }

    private static ConsensusRegisterCollection registers(Peer peer) {
        return peer.container.object("registers", ConsensusRegisterCollection.TYPE);
    }

    private static ConsensusQueue queue(Peer peer) {
        return peer.container.object("queue", ConsensusQueue.TYPE);
    }

    private static void assertSame(Peer... peers) {
        for (Peer peer : peers) {
            assertThat(registers(peer).snapshot()).isEqualTo(registers(peers[0]).snapshot());
            assertThat(queue(peer).snapshot()).isEqualTo(queue(peers[0]).snapshot());
            assertThat(peer.container.dirty()).isFalse();
            assertThat(peer.container.quarantined()).isEmpty();
            assertThat(peer.events(ContainerEvent.ListenerFailed.class)).isEmpty();
            registers(peer).check();
            queue(peer).check();
        }
    }

    /** Takes the first item of a peer's queue in hand. */
    private Acquisition acquire(Peer peer) {
        List<AcquireOutcome> got = new ArrayList<>();
        queue(peer).acquire(got::add);
        rig.service.settle();
        assertThat(got).hasSize(1);
        return ((AcquireOutcome.Acquired) got.get(0)).acquisition();
    }

    @Test
    void aDocumentMadeDetachedHoldsWhatWasDoneThere() {
        Peer a = detached();
        registers(a).write("k", A, outcomes::add);
        queue(a).add(A);
        queue(a).add(B);
        queue(a).acquire(outcomes::add);
        assertThat(outcomes).hasSize(2);
        rig.attach(a);
        Peer b = join();
        assertSame(a, b);
        assertThat(registers(b).read("k")).isEqualTo(A);
        assertThat(queue(b).items()).containsExactly(B, A);
    }

    @Test
    void oneOfTwoWritersWinsAndBothAreTold() {
        Peer a = create();
        Peer b = join();
        registers(a).write("k", A, outcomes::add);
        registers(b).write("k", B, outcomes::add);
        rig.service.settle();
        assertThat(outcomes).containsExactlyInAnyOrder(new WriteOutcome.Won(),
                new WriteOutcome.Lost(String.valueOf(registers(a).read("k")).equals("\"A\"") ? A : B));
        assertThat(registers(a).versions("k")).hasSize(2);
        assertSame(a, b, join());
    }

    @Test
    void aWriteMadeInsideAMessageOfSeveralDoesNotClaimToHaveSeenItAll() {
        Peer a = create();
        Peer b = join();
        registers(b).subscribe(event -> {
            if (event instanceof RegisterEvent.AtomicChanged changed && !changed.local() && changed.key().equals("k")) {
                registers(b).write("l", B, outcomes::add);
            }
        });
        a.container.runTransaction(() -> {
            registers(a).write("k", A);
            registers(a).write("l", A);
        });
        rig.service.settle();
        // With the number of the whole message b would displace a value it had not seen when it wrote.
        assertThat(outcomes).containsExactly(new WriteOutcome.Lost(A));
        assertThat(registers(a).versions("l")).containsExactly(A, B);
        assertSame(a, b, join());
    }

    @Test
    void aWriteMadeOfflineKeepsItsReference() {
        Peer a = create();
        Peer b = join();
        b.container.disconnect();
        registers(b).write("k", B, outcomes::add);
        registers(a).write("k", A);
        rig.service.settle();
        b.container.connect();
        rig.service.settle();
        assertThat(outcomes).containsExactly(new WriteOutcome.Lost(A));
        assertSame(a, b, join());
    }

    @Test
    void anItemIsInOneHandAndCompletedOnce() {
        Peer a = create();
        Peer b = join();
        queue(a).add(A);
        queue(a).acquire(outcomes::add);
        queue(b).acquire(outcomes::add);
        rig.service.settle();
        assertThat(outcomes).filteredOn(AcquireOutcome.Acquired.class::isInstance).hasSize(1);
        assertThat(outcomes).filteredOn(AcquireOutcome.Empty.class::isInstance).hasSize(1);
        for (Object outcome : List.copyOf(outcomes)) {
            if (outcome instanceof AcquireOutcome.Acquired acquired) {
                acquired.acquisition().complete(outcomes::add);
            }
        }
        rig.service.settle();
        assertThat(outcomes).last().isEqualTo(new CompleteOutcome.Completed());
        assertThat(queue(b).jobs()).isEmpty();
        assertSame(a, b, join());
    }

    @Test
    void whoWaitsGetsWhatALeavingClientHadInHand() {
        Peer a = create();
        Peer b = join();
        queue(a).add(A);
        rig.service.settle();
        Acquisition held = acquire(b);
        queue(a).waitAndAcquire(outcomes::add);
        rig.service.settle();
        assertThat(outcomes).isEmpty();
        b.link.cut();
        rig.service.advance(60_000);
        assertThat(outcomes).hasSize(1).first().isInstanceOf(AcquireOutcome.Acquired.class);
        held.complete(outcomes::add);
        assertThat(outcomes).last().isEqualTo(new CompleteOutcome.Returned());
        b.link.restore();
        rig.service.advance(60_000);
        assertSame(a, b, join());
        assertThat(queue(b).jobs()).hasSize(1);
    }

    @Test
    void aCompletionThatWasInFlightWhenTheLinkBrokeCountsOnce() {
        Peer a = create();
        Peer b = join();
        queue(a).add(A);
        rig.service.settle();
        Acquisition held = acquire(b);
        b.link.pauseUp(true);
        held.complete(outcomes::add);
        rig.timers.advance(0);
        b.link.cut();
        rig.service.advance(60_000);
        b.link.resume();
        b.link.restore();
        rig.service.advance(60_000);
        assertThat(outcomes).hasSize(1);
        boolean returned = outcomes.get(0) instanceof CompleteOutcome.Returned;
        assertThat(queue(a).size()).isEqualTo(returned ? 1 : 0);
        assertThat(queue(a).jobs()).isEmpty();
        assertSame(a, b, join());
    }

    @Test
    void whatALeaveGaveBackIsInTheNextSummary() {
        Peer a = create();
        Peer summarizer = rig.load(Rig.SUMMARIZER, SCHEMA);
        queue(a).add(A);
        rig.service.settle();
        acquire(a);
        summarize(summarizer);
        a.container.dispose();
        rig.service.settle();
        summarize(summarizer);
        assertThat(queue(summarizer).items()).containsExactly(A);
        Peer b = join();
        assertThat(queue(b).items()).containsExactly(A);
        assertSame(summarizer, b);
    }

    @Test
    void anOperationThatCannotBeReadStopsItsQueueAndTellsWhoWaits() {
        Peer a = create();
        Rig.Raw raw = rig.new Raw();
        queue(a).waitAndAcquire(outcomes::add);
        a.link.pauseUp(true);
        queue(a).add(A, outcomes::add);
        rig.timers.advance(0);
        raw.submit(BatchTest.component(queue(a).id(), "{\"opName\":\"burn\"}"), null);
        assertThat(outcomes).hasSize(2).allSatisfy(outcome -> assertThat(outcome.toString()).contains("burn"));
        a.link.pauseUp(false);
        rig.service.settle();
        assertThat(outcomes).hasSize(2);
        registers(a).write("k", A, outcomes::add);
        rig.service.settle();
        assertThat(outcomes).last().isEqualTo(new WriteOutcome.Won());
    }

    private void summarize(Peer summarizer) {
        Box<SummaryReport> box = new Box<>();
        summarizer.container.summarize(box);
        rig.service.settle();
        assertThat(box.value().tree()).isNotNull();
    }
}
