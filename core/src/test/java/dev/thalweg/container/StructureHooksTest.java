package dev.thalweg.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.container.Rig.Box;
import dev.thalweg.container.Rig.Peer;
import dev.thalweg.dds.claims.ClaimOutcome;
import dev.thalweg.dds.claims.SharedClaims;
import dev.thalweg.json.JsonValue;
import dev.thalweg.loopback.LoopbackLink;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a container tells the structures in it, and how outcomes end that can no longer be known. */
class StructureHooksTest {
    private static final JsonValue A = JsonValue.of("A");
    private static final ContainerSchema SCHEMA = ContainerSchema.builder().object("probe", Probe.TYPE)
            .object("claims", SharedClaims.TYPE).build();

    private final Rig rig = new Rig();
    private final List<ClaimOutcome> outcomes = new ArrayList<>();

    StructureHooksTest() {
        rig.types = ChannelTypes.of(Probe.TYPE, SharedClaims.TYPE);
    }

    private Peer create() {
        Peer peer = detached();
        rig.attach(peer);
        return peer;
    }

    private Peer detached() {
        LoopbackLink link = rig.service.link();
        return new Peer(link, Container.create(rig.services(link, ContainerServices.WRITER), SCHEMA));
    }

    private Peer join() {
        return rig.load(ContainerServices.WRITER, SCHEMA);
    }

    private static Probe probe(Peer peer) {
        return peer.container.object("probe", Probe.TYPE);
    }

    private static SharedClaims claims(Peer peer) {
        return peer.container.object("claims", SharedClaims.TYPE);
    }

    @Test
    void disposingSettlesEveryOpenOutcomeOnce() {
        Peer a = create();
        claims(a).claim("gate", A, outcomes::add);
        rig.service.settle();
        a.link.pauseUp(true);
        claims(a).claim("levee", A, outcomes::add);
        rig.timers.advance(0);
        claims(a).claim("pump", A, outcomes::add);
        a.container.dispose();
        a.container.dispose();
        rig.service.settle();
        assertThat(outcomes).hasSize(3);
        assertThat(outcomes.get(0)).isEqualTo(new ClaimOutcome.Accepted(A));
        assertThat(outcomes.subList(1, 3)).allSatisfy(outcome -> assertThat(outcome)
                .isInstanceOfSatisfying(ClaimOutcome.Unknown.class,
                        unknown -> assertThat(unknown.reason()).contains("disposed")));
        assertThatThrownBy(() -> claims(a).claim("weir", A, outcomes::add)).isInstanceOf(IllegalStateException.class);
        assertThat(outcomes).hasSize(3);
    }

    @Test
    void disposingInsideAMessageOfSeveralOperationsTellsNobodyTwice() {
        Peer a = create();
        a.container.runTransaction(() -> {
            claims(a).claim("gate", A, outcome -> {
                outcomes.add(outcome);
                a.container.dispose();
            });
            claims(a).claim("levee", A, outcomes::add);
        });
        rig.service.settle();
        assertThat(outcomes).hasSize(2);
        assertThat(outcomes.get(0)).isEqualTo(new ClaimOutcome.Accepted(A));
        assertThat(outcomes.get(1)).isInstanceOf(ClaimOutcome.Unknown.class);
        assertThat(a.events(ContainerEvent.ListenerFailed.class)).isEmpty();
    }

    @Test
    void aQuarantineSettlesTheOutcomesOfItsChannel() {
        Peer a = create();
        Rig.Raw raw = rig.new Raw();
        a.link.pauseUp(true);
        claims(a).claim("gate", A, outcomes::add);
        rig.timers.advance(0);
        raw.submit(BatchTest.component(claims(a).id(), "{\"type\":\"burn\"}"), null);
        assertThat(outcomes).hasSize(1);
        assertThat(outcomes.get(0)).isInstanceOfSatisfying(ClaimOutcome.Unknown.class,
                unknown -> assertThat(unknown.reason()).contains("burn"));
        a.link.pauseUp(false);
        rig.service.settle();
        a.container.dispose();
        assertThat(outcomes).hasSize(1);
        assertThat(probe(a).told).last().asString().startsWith("closed").contains("disposed");
    }

    @Test
    void aBatchThatFailsAbortsItsOutcomes() {
        Peer a = create();
        assertThatThrownBy(() -> a.container.runTransaction(() -> {
            claims(a).claim("gate", A, outcomes::add);
            claims(a).claim("levee", A, outcomes::add);
            throw new UnsupportedOperationException("mine");
        })).isInstanceOf(UnsupportedOperationException.class);
        a.container.dispose();
        assertThat(outcomes).containsExactly(new ClaimOutcome.Aborted(), new ClaimOutcome.Aborted());
    }

    @Test
    void aChannelWhoseCreationIsTakenBackIsClosed() {
        Peer a = create();
        List<Probe> made = new ArrayList<>();
        assertThatThrownBy(() -> a.container.runTransaction(() -> {
            made.add(a.container.create(Probe.TYPE));
            throw new UnsupportedOperationException("mine");
        })).isInstanceOf(UnsupportedOperationException.class);
        assertThat(made.get(0).told).last().asString().startsWith("closed");
    }

    @Test
    void attachingIsToldBeforeOthersSeeTheChannel() {
        Peer a = detached();
        assertThat(probe(a).told).containsExactly("bound 0");
        rig.attach(a);
        assertThat(probe(a).told).containsExactly("bound 0", "attaching false");
        Peer b = join();
        assertThat(probe(b).told).containsExactly("bound 0");
        assertThat(b.container.quorum().clientIds()).containsExactly(a.container.clientId(), b.container.clientId());
        assertThat(b.container.quorum().joinedAt(String.valueOf(b.container.clientId()))).isPositive();
        assertThat(b.container.quorum().joinedAt("nobody")).isEqualTo(-1);
    }

    @Test
    void theRosterIsThatOfTheOperationsPlace() {
        Peer a = create();
        Peer b = join();
        probe(a).say("hello");
        rig.service.settle();
        for (Peer peer : List.of(a, b)) {
            assertThat(probe(peer).told).last().isEqualTo("hello true true");
        }
        b.container.dispose();
        rig.service.settle();
        assertThat(probe(a).told).last().isEqualTo("left false");
    }

    @Test
    void whatFollowsAMessageIsSentWhenTheWholeMessageIsApplied() {
        Peer a = create();
        Peer b = join();
        probe(b).answers = true;
        a.container.runTransaction(() -> {
            probe(a).say("ask");
            probe(a).say("ask");
            probe(a).say("on");
        });
        rig.service.settle();
        assertThat(probe(b).told).containsSubsequence("ask true true", "ask true true", "on true true", "after",
                "after",
                "answer true true", "answer true true");
        int asked = rig.operations().get(0).sequenceNumber();
        assertThat(rig.operations()).hasSize(2);
        assertThat(rig.operations().get(1).referenceSequenceNumber()).isEqualTo(asked);
        assertThat(probe(a).told).endsWith("answer true true", "answer true true");
    }

    @Test
    void whatWasPutOffDoesNotHappenInAChannelThatIsClosedByThen() {
        Peer a = create();
        Peer b = join();
        probe(b).answers = true;
        probe(b).subscribe(said -> b.container.dispose());
        probe(a).say("ask");
        rig.service.settle();
        assertThat(probe(b).told).doesNotContain("after");
        assertThat(b.events(ContainerEvent.ListenerFailed.class)).isEmpty();
    }

    @Test
    void whatALeaveChangesIsInTheNextSummary() {
        Peer a = create();
        Peer summarizer = rig.load(Rig.SUMMARIZER, SCHEMA);
        Box<SummaryReport> first = new Box<>();
        summarizer.container.summarize(first);
        rig.service.settle();
        assertThat(first.value().tree()).isNotNull();
        a.container.dispose();
        rig.service.settle();
        Box<SummaryReport> second = new Box<>();
        summarizer.container.summarize(second);
        rig.service.settle();
        assertThat(second.value().tree()).isNotNull();
        assertThat(probe(summarizer).gone()).hasSize(1);
        assertThat(probe(join()).gone()).containsAll(probe(summarizer).gone());
    }
}
