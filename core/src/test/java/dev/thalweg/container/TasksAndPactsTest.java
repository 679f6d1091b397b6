package dev.thalweg.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.container.Rig.Box;
import dev.thalweg.container.Rig.Peer;
import dev.thalweg.dds.pact.PactMap;
import dev.thalweg.dds.pact.PactOutcome;
import dev.thalweg.dds.tasks.TaskManager;
import dev.thalweg.dds.tasks.TaskOutcome;
import dev.thalweg.json.JsonValue;
import dev.thalweg.loopback.LoopbackLink;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The two structures that depend on who is there, in real containers on a real sequencer. */
class TasksAndPactsTest {
    private static final JsonValue FAST = JsonValue.of("fast");
    private static final ContainerSchema SCHEMA = ContainerSchema.builder().object("tasks", TaskManager.TYPE)
            .object("pacts", PactMap.TYPE).build();

    private final Rig rig = new Rig();
    private final List<TaskOutcome> outcomes = new ArrayList<>();
    private final List<PactOutcome> pactOutcomes = new ArrayList<>();

    TasksAndPactsTest() {
        rig.types = ChannelTypes.of(TaskManager.TYPE, PactMap.TYPE);
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

    private static TaskManager tasks(Peer peer) {
        return peer.container.object("tasks", TaskManager.TYPE);
    }

    private static PactMap pacts(Peer peer) {
        return peer.container.object("pacts", PactMap.TYPE);
    }

    private static String id(Peer peer) {
        return Objects.requireNonNull(peer.container.clientId());
    }

    private void away(Peer peer) {
        peer.link.cut();
        rig.service.advance(1_000);
        assertThat(peer.container.connectionState()).isEqualTo(ConnectionState.DISCONNECTED);
    }

    private void back(Peer peer) {
        peer.link.restore();
        rig.service.advance(60_000);
        assertThat(peer.container.connectionState()).isEqualTo(ConnectionState.CONNECTED);
    }

    @Test
    void aTaskGoesToTheNextInLineWhenItsHolderIsGone() {
        Peer a = create();
        Peer b = join();
        tasks(a).volunteer("pump", outcomes::add);
        rig.service.settle();
        tasks(b).subscribe("pump");
        rig.service.settle();
        assertThat(tasks(a).assigned("pump")).isTrue();
        assertThat(tasks(b).queue("pump")).containsExactly(id(a), id(b));
        String before = id(a);
        away(a);
        assertThat(tasks(a).assigned("pump")).isFalse();
        assertThat(tasks(b).assigned("pump")).isTrue();
        tasks(a).subscribe("pump");
        back(a);
        assertThat(id(a)).isNotEqualTo(before);
        assertThat(tasks(a).queue("pump")).containsExactly(id(b), id(a));
        away(b);
        back(b);
        assertThat(tasks(b).queue("pump")).containsExactly(id(a), id(b));
        assertThat(tasks(join()).snapshot()).isEqualTo(tasks(a).snapshot());
        assertThat(outcomes).containsExactly(new TaskOutcome.Assigned());
        assertThat(a.container.pendingCount()).isZero();
        tasks(a).check();
    }

    @Test
    void aSubscriptionFromBeforeTheAttachmentVolunteersWhenThereIsAConnection() {
        Peer a = detached();
        tasks(a).subscribe("pump");
        tasks(a).volunteer("weir", outcomes::add);
        assertThat(tasks(a).assigned("pump")).isTrue();
        rig.attach(a);
        assertThat(tasks(a).assigned("pump")).isTrue();
        assertThat(tasks(a).tasks()).containsExactly("pump");
        Peer b = join();
        assertThat(tasks(b).queue("pump")).containsExactly(id(a));
    }

    @Test
    void aProposalCountsWhenAllThatWereThereHaveSeenItTheSummarizerToo() {
        Peer a = create();
        Peer b = join();
        rig.load(Rig.SUMMARIZER, SCHEMA);
        b.link.pauseDown(true);
        pacts(a).set("tempo", FAST, pactOutcomes::add);
        rig.service.settle();
        assertThat(pacts(a).get("tempo")).isNull();
        assertThat(pacts(a).expectedSignoffs("tempo")).containsExactly(id(b));
        Peer late = join();
        assertThat(pacts(late).getPending("tempo")).isEqualTo(FAST);
        assertThat(pacts(late).expectedSignoffs("tempo")).containsExactly(id(b));
        b.link.pauseDown(false);
        rig.service.settle();
        for (Peer peer : List.of(a, b, late)) {
            assertThat(pacts(peer).get("tempo")).isEqualTo(FAST);
            assertThat(pacts(peer).snapshot()).isEqualTo(pacts(a).snapshot());
            assertThat(peer.container.pendingCount()).isZero();
        }
        assertThat(pactOutcomes).containsExactly(new PactOutcome.Accepted());
    }

    @Test
    void aLeaveSettlesAndWhoComesBackIsAskedForWhatIsProposedThen() {
        Peer a = create();
        Peer b = join();
        away(b);
        pacts(b).set("tempo", FAST, pactOutcomes::add);
        pacts(b).set("key", FAST, pactOutcomes::add);
        pacts(a).set("tempo", JsonValue.of("slow"));
        rig.service.settle();
        assertThat(pacts(a).get("tempo")).isEqualTo(JsonValue.of("slow"));
        back(b);
        rig.service.settle();
        assertThat(pactOutcomes).containsExactly(new PactOutcome.Refused(), new PactOutcome.Accepted());
        assertThat(pacts(a).get("key")).isEqualTo(FAST);
        b.link.pauseUp(true);
        pacts(a).set("key", JsonValue.of("slow"));
        rig.service.settle();
        assertThat(pacts(a).isPending("key")).isTrue();
        away(b);
        assertThat(pacts(a).get("key")).isEqualTo(JsonValue.of("slow"));
        back(b);
        assertThat(pacts(b).snapshot()).isEqualTo(pacts(a).snapshot());
        pacts(b).check();
    }

    @Test
    void whatALeaveSettledIsInTheNextSummary() {
        Peer a = create();
        Peer summarizer = rig.load(Rig.SUMMARIZER, SCHEMA);
        Peer b = join();
        tasks(b).subscribe("pump");
        rig.service.settle();
        b.link.pauseUp(true);
        pacts(a).set("tempo", FAST);
        rig.service.settle();
        Box<SummaryReport> first = new Box<>();
        summarizer.container.summarize(first);
        rig.service.settle();
        away(b);
        Box<SummaryReport> second = new Box<>();
        summarizer.container.summarize(second);
        rig.service.settle();
        assertThat(second.value().tree()).isNotNull();
        assertThat(pacts(a).get("tempo")).isEqualTo(FAST);
        assertThat(tasks(a).tasks()).isEmpty();
        Peer late = join();
        assertThat(pacts(late).snapshot()).isEqualTo(pacts(a).snapshot());
        assertThat(tasks(late).snapshot()).isEqualTo(tasks(a).snapshot());
    }

    @Test
    void channelsMadeLaterKnowTheConnectionTheyAreMadeOn() {
        Peer a = create();
        Peer b = join();
        TaskManager shifts = a.container.create(TaskManager.TYPE);
        PactMap rules = a.container.create(PactMap.TYPE);
        shifts.volunteer("pump", outcomes::add);
        rules.set("tempo", FAST, pactOutcomes::add);
        rig.service.settle();
        assertThat(outcomes).containsExactly(new TaskOutcome.Assigned());
        assertThat(shifts.assigned("pump")).isTrue();
        assertThat(pactOutcomes).containsExactly(new PactOutcome.Accepted());
        TaskManager there = b.container.channel(a.container.path(shifts), TaskManager.TYPE);
        there.volunteer("pump", outcomes::add);
        shifts.complete("pump");
        rig.service.settle();
        assertThat(outcomes).hasSize(2);
        assertThat(b.container.channel(a.container.path(rules), PactMap.TYPE).get("tempo")).isEqualTo(FAST);
    }

    @Test
    void anOperationThatCannotBeReadEndsTheChannelAndItsOutcomesOnly() {
        Peer a = create();
        Rig.Raw raw = rig.new Raw();
        a.link.pauseUp(true);
        tasks(a).volunteer("pump", outcomes::add);
        raw.submit(BatchTest.component(tasks(a).id(), "{\"type\":\"steal\",\"taskId\":\"pump\"}"), null);
        assertThat(outcomes).hasSize(1).first().isInstanceOf(TaskOutcome.Unknown.class);
        assertThat(a.container.quarantined()).hasSize(1);
        a.link.pauseUp(false);
        pacts(a).set("tempo", FAST, pactOutcomes::add);
        rig.service.settle();
        assertThat(pacts(a).isPending("tempo")).isTrue();
        raw.submit(BatchTest.component(pacts(a).id(), "{\"type\":\"accept\",\"key\":\"tempo\"}"), null);
        assertThat(pactOutcomes).containsExactly(new PactOutcome.Accepted());
    }
}
