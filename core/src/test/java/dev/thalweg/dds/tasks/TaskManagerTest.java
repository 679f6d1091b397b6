package dev.thalweg.dds.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.dds.RecordingHost;
import dev.thalweg.dds.tasks.TaskOutcome.Abandoned;
import dev.thalweg.dds.tasks.TaskOutcome.Aborted;
import dev.thalweg.dds.tasks.TaskOutcome.Assigned;
import dev.thalweg.dds.tasks.TaskOutcome.Completed;
import dev.thalweg.dds.tasks.TaskOutcome.Disconnected;
import dev.thalweg.dds.tasks.TaskOutcome.Unknown;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryBuilder;
import dev.thalweg.storage.SummaryNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskManagerTest {
    private static final String SELF = RecordingHost.SELF;
    private static final String OTHER = RecordingHost.OTHER;
    private static final String VOLUNTEER = operation("volunteer", "pump");
    private static final String ABANDON = operation("abandon", "pump");
    private static final String COMPLETE = operation("complete", "pump");

    private final RecordingHost host = new RecordingHost();
    private final TaskManager tasks = TaskManager.TYPE.create("shifts", "a");
    private final List<TaskOutcome> outcomes = new ArrayList<>();
    private final List<TaskEvent> events = new ArrayList<>();

    TaskManagerTest() {
        tasks.bind(host);
        tasks.subscribe(events::add);
        host.join(SELF);
        host.join(OTHER);
        tasks.connectionChanged(true, SELF);
    }

    private static String operation(String type, String task) {
        return "{\"type\":\"" + type + "\",\"taskId\":\"" + task + "\"}";
    }

    @Test
    void theFirstToVolunteerHasTheTaskOnceThatIsSequenced() throws Exception {
        tasks.volunteer("pump", outcomes::add);
        assertThat(host.sent).containsExactly(VOLUNTEER);
        assertThat(tasks.assigned("pump")).isFalse();
        assertThat(tasks.queued("pump")).isFalse();
        assertThat(outcomes).isEmpty();
        host.acknowledge(tasks);
        assertThat(tasks.assigned("pump")).isTrue();
        assertThat(tasks.queued("pump")).isTrue();
        assertThat(tasks.queue("pump")).containsExactly(SELF);
        assertThat(outcomes).containsExactly(new Assigned());
        assertThat(events).containsExactly(new TaskEvent.Queued("pump", SELF, true), new TaskEvent.Assigned("pump"));
        tasks.volunteer("pump", outcomes::add);
        assertThat(outcomes).hasSize(2);
        assertThat(host.sent).hasSize(1);
    }

    @Test
    void theOthersWaitInLineAndAreToldWhenItIsTheirTurn() throws Exception {
        host.remote(tasks, VOLUNTEER);
        tasks.volunteer("pump", outcomes::add);
        tasks.volunteer("pump", outcomes::add);
        assertThat(host.sent).hasSize(1);
        host.acknowledge(tasks);
        assertThat(tasks.queue("pump")).containsExactly(OTHER, SELF);
        assertThat(tasks.queued("pump")).isTrue();
        assertThat(outcomes).isEmpty();
        host.remote(tasks, ABANDON);
        assertThat(outcomes).containsExactly(new Assigned(), new Assigned());
        assertThat(events).endsWith(new TaskEvent.Left("pump", OTHER, false), new TaskEvent.Assigned("pump"));
    }

    @Test
    void whoIsInTheQueueOrNotInTheQuorumIsNotQueuedAgain() throws Exception {
        host.remote(tasks, VOLUNTEER);
        host.remote(tasks, VOLUNTEER);
        host.remote(tasks, VOLUNTEER, "stranger");
        assertThat(tasks.queue("pump")).containsExactly(OTHER);
        assertThat(events).hasSize(1);
    }

    @Test
    void theAssigneeCompletesTheTaskAndEverybodyIsTold() throws Exception {
        assertThatThrownBy(() -> tasks.complete("pump")).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("pump");
        tasks.volunteer("pump", outcomes::add);
        host.acknowledge(tasks);
        tasks.complete("pump");
        assertThat(host.sent).endsWith(COMPLETE);
        assertThat(tasks.assigned("pump")).isTrue();
        host.acknowledge(tasks);
        assertThat(tasks.assigned("pump")).isFalse();
        assertThat(tasks.tasks()).isEmpty();
        assertThat(events).last().isEqualTo(new TaskEvent.Completed("pump", true));
    }

    @Test
    void whoWaitsForATaskThatIsDoneIsToldAndUnsubscribed() throws Exception {
        host.remote(tasks, VOLUNTEER);
        tasks.volunteer("pump", outcomes::add);
        tasks.subscribe("pump");
        host.remote(tasks, COMPLETE);
        assertThat(outcomes).containsExactly(new Completed());
        assertThat(tasks.subscribed("pump")).isFalse();
    }

    @Test
    void whoVolunteersAfterCompletingWaitsForTheNextRound() throws Exception {
        tasks.volunteer("pump", outcomes::add);
        host.acknowledge(tasks);
        tasks.complete("pump");
        tasks.volunteer("pump", outcomes::add);
        host.acknowledge(tasks);
        assertThat(outcomes).hasSize(1);
        host.acknowledge(tasks);
        assertThat(outcomes).containsExactly(new Assigned(), new Assigned());
    }

    @Test
    void aSubscriptionThatVolunteeredOutlivesTheCompletionBeforeIt() throws Exception {
        tasks.volunteer("pump", outcomes::add);
        host.acknowledge(tasks);
        tasks.complete("pump");
        tasks.subscribe("pump");
        host.acknowledge(tasks);
        assertThat(tasks.subscribed("pump")).isTrue();
        host.acknowledge(tasks);
        assertThat(tasks.assigned("pump")).isTrue();
    }

    /** As in Fluid. */
    @Test
    void aSubscriptionThatSentNothingEndsWithWhatWasDoneBeforeIt() throws Exception {
        tasks.volunteer("pump", outcomes::add);
        host.acknowledge(tasks);
        tasks.complete("pump");
        tasks.volunteer("pump", outcomes::add);
        tasks.subscribe("pump");
        host.acknowledge(tasks);
        assertThat(tasks.subscribed("pump")).isFalse();
    }

    @Test
    void abandoningSettlesWhoWaitsAndEndsTheSubscriptionAtOnce() throws Exception {
        host.remote(tasks, VOLUNTEER);
        tasks.subscribe("pump");
        tasks.volunteer("pump", outcomes::add);
        tasks.abandon("pump");
        assertThat(outcomes).containsExactly(new Abandoned());
        assertThat(tasks.subscribed("pump")).isFalse();
        tasks.abandon("pump");
        assertThat(host.sent).containsExactly(VOLUNTEER, ABANDON);
        host.acknowledge(tasks);
        host.acknowledge(tasks);
        assertThat(tasks.queue("pump")).containsExactly(OTHER);
        tasks.abandon("weir");
        assertThat(host.sent).hasSize(2);
    }

    @Test
    void aLeaveTakesAClientOutOfItsQueuesInTheOrderInWhichTheyBegan() throws Exception {
        host.remote(tasks, operation("volunteer", "weir"));
        host.remote(tasks, VOLUNTEER);
        host.remote(tasks, operation("volunteer", "gate"));
        tasks.subscribe("pump");
        tasks.subscribe("weir");
        host.acknowledge(tasks);
        host.acknowledge(tasks);
        events.clear();
        host.leave(tasks, OTHER);
        assertThat(host.changed).isTrue();
        assertThat(events).containsExactly(new TaskEvent.Left("weir", OTHER, false), new TaskEvent.Assigned("weir"),
                new TaskEvent.Left("pump", OTHER, false), new TaskEvent.Assigned("pump"),
                new TaskEvent.Left("gate", OTHER, false));
        assertThat(tasks.tasks()).containsExactly("weir", "pump");
        host.changed = false;
        host.leave(tasks, "stranger");
        assertThat(host.changed).isFalse();
    }

    @Test
    void aLostConnectionLosesThePlacesBeforeTheLeaveIsKnown() throws Exception {
        tasks.volunteer("pump", outcomes::add);
        host.acknowledge(tasks);
        host.remote(tasks, operation("volunteer", "weir"));
        tasks.volunteer("weir", outcomes::add);
        host.acknowledge(tasks);
        tasks.volunteer("gate", outcomes::add);
        events.clear();
        host.disconnect(tasks);
        assertThat(events).containsExactly(new TaskEvent.Left("pump", SELF, true), new TaskEvent.Lost("pump"),
                new TaskEvent.Left("weir", SELF, true));
        assertThat(outcomes).containsExactly(new Assigned(), new Disconnected(), new Abandoned());
        assertThat(tasks.assigned("pump")).isFalse();
        assertThat(tasks.queued("weir")).isFalse();
        assertThat(tasks.canVolunteer()).isFalse();
        assertThat(tasks.tasks()).containsExactly("weir");
        assertThat(tasks.summarize().text("header"))
                .isEqualTo("[[\"pump\",[\"self\"]],[\"weir\",[\"other\",\"self\"]]]");
        tasks.volunteer("pump", outcomes::add);
        assertThat(outcomes).hasSize(4).last().isEqualTo(new Disconnected());
        host.leave(tasks, SELF);
        assertThat(events).hasSize(3);
        assertThat(tasks.summarize().text("header")).isEqualTo("[[\"weir\",[\"other\"]]]");
        host.join("again");
        host.sent.clear();
        host.reconnect(tasks, "again");
        assertThat(host.sent).isEmpty();
        tasks.check();
    }

    @Test
    void aSubscriptionVolunteersAgainWhenTheConnectionIsBack() throws Exception {
        tasks.subscribe("pump");
        host.acknowledge(tasks);
        assertThat(tasks.subscribed("pump")).isTrue();
        host.disconnect(tasks);
        tasks.subscribe("weir");
        host.leave(tasks, SELF);
        host.join("again");
        host.sent.clear();
        host.reconnect(tasks, "again");
        assertThat(host.sent).containsExactly(VOLUNTEER, operation("volunteer", "weir"));
        host.pending.clear();
        tasks.check();
    }

    @Test
    void aSubscriptionThatIsAbandonedWhileOfflineDoesNotVolunteer() {
        tasks.subscribe("pump");
        host.disconnect(tasks);
        tasks.abandon("pump");
        assertThat(tasks.subscribed("pump")).isFalse();
        host.sent.clear();
        host.reconnect(tasks, "again");
        assertThat(host.sent).isEmpty();
    }

    @Test
    void whatIsTakenBackWasNeverAskedFor() {
        tasks.volunteer("pump", outcomes::add);
        host.rollback(tasks);
        assertThat(outcomes).containsExactly(new Aborted());
        tasks.subscribe("pump");
        host.rollback(tasks);
        assertThat(tasks.subscribed("pump")).isFalse();
        tasks.subscribe("pump");
        tasks.abandon("pump");
        host.rollback(tasks);
        assertThat(tasks.subscribed("pump")).isTrue();
        assertThat(events).hasSize(3).allMatch(event -> event.equals(new TaskEvent.RolledBack("pump")));
        tasks.check();
    }

    @Test
    void aClosedChannelTellsEverybodyOnce() throws Exception {
        host.remote(tasks, VOLUNTEER);
        tasks.volunteer("pump", outcomes::add);
        tasks.volunteer("weir", outcomes::add);
        tasks.close("the container was disposed");
        tasks.close("again");
        host.acknowledge(tasks);
        assertThat(outcomes).containsExactly(new Unknown("the container was disposed"),
                new Unknown("the container was disposed"));
    }

    @Test
    void anOutcomeMayAskForTheNextTaskAndOneThatFailsKeepsNobodyFromHearing() throws Exception {
        tasks.volunteer("pump", outcome -> {
            throw new UnsupportedOperationException("mine");
        });
        tasks.volunteer("pump", outcome -> tasks.complete("pump"));
        tasks.volunteer("pump", outcomes::add);
        assertThatThrownBy(() -> host.acknowledge(tasks)).isInstanceOf(UnsupportedOperationException.class);
        assertThat(outcomes).containsExactly(new Assigned());
        assertThat(host.sent).containsExactly(VOLUNTEER, COMPLETE);
    }

    @Test
    void anOutcomeThatFailsWhenTheConnectionIsLostKeepsNobodyFromHearing() throws Exception {
        host.remote(tasks, VOLUNTEER);
        host.remote(tasks, operation("volunteer", "weir"));
        tasks.volunteer("pump", outcome -> {
            throw new UnsupportedOperationException("mine");
        });
        tasks.volunteer("weir", outcomes::add);
        tasks.subscribe("gate");
        host.acknowledge(tasks);
        host.acknowledge(tasks);
        host.acknowledge(tasks);
        host.sent.clear();
        assertThatThrownBy(() -> host.disconnect(tasks)).isInstanceOf(UnsupportedOperationException.class);
        assertThat(outcomes).containsExactly(new Disconnected());
        assertThat(host.sent).contains(operation("volunteer", "gate"));
        tasks.close("disposed");
        assertThat(outcomes).hasSize(1);
    }

    @Test
    void aloneWithTheDocumentItsClientHasWhatItWantsUntilItIsAttached() throws Exception {
        RecordingHost alone = RecordingHost.detached();
        TaskManager manager = TaskManager.TYPE.create("shifts", "a");
        manager.bind(alone);
        List<TaskEvent> told = new ArrayList<>();
        manager.subscribe(told::add);
        manager.volunteer("pump", outcomes::add);
        manager.subscribe("weir");
        manager.subscribe("gate");
        manager.abandon("gate");
        assertThat(outcomes).containsExactly(new Assigned());
        assertThat(manager.assigned("pump")).isTrue();
        assertThat(manager.assigned("weir")).isTrue();
        assertThat(manager.queued("gate")).isFalse();
        manager.volunteer("levee", outcomes::add);
        manager.complete("levee");
        assertThat(manager.tasks()).containsExactly("pump", "weir");
        assertThat(manager.summarize().text("header")).isEqualTo("[]");
        told.clear();
        alone.attach(manager);
        assertThat(told).contains(new TaskEvent.Lost("pump"), new TaskEvent.Lost("weir"));
        assertThat(manager.assigned("pump")).isFalse();
        assertThat(manager.tasks()).isEmpty();
        assertThat(alone.sent).isEmpty();
        alone.join(SELF);
        manager.connectionChanged(true, SELF);
        assertThat(alone.sent).containsExactly(operation("volunteer", "weir"));
        alone.acknowledge(manager);
        assertThat(manager.assigned("weir")).isTrue();
    }

    @Test
    void aSummaryKeepsTheQueuesAndALoadedOneDropsWhoIsNotThere() throws Exception {
        host.remote(tasks, VOLUNTEER);
        tasks.volunteer("weir", outcomes::add);
        host.acknowledge(tasks);
        SummaryNode.Tree summary = tasks.summarize();
        assertThat(summary.text("header")).isEqualTo("[[\"pump\",[\"other\"]],[\"weir\",[\"self\"]]]");
        TaskManager loaded = TaskManager.TYPE.load("shifts", "b", summary);
        assertThat(loaded.snapshot()).isEqualTo(tasks.snapshot());
        RecordingHost place = new RecordingHost();
        place.join(OTHER);
        loaded.bind(place);
        assertThat(loaded.tasks()).containsExactly("pump");
        loaded.check();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[\"pump\"]", "[[\"pump\"]]", "[[1,[]]]", "[[\"pump\",[1]]]",
        "[[\"pump\",[\"a\",\"a\"]]]", "[[\"pump\",[\"a\"]],[\"pump\",[\"b\"]]]"})
    void aSummaryThatIsNotOneIsRefused(String header) {
        SummaryNode.Tree summary = new SummaryBuilder().text("header", header).build();
        assertThatThrownBy(() -> TaskManager.TYPE.load("shifts", "a", summary)).isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "{}", "{\"type\":\"volunteer\"}", "{\"type\":\"volunteer\",\"taskId\":7}",
        "{\"type\":\"steal\",\"taskId\":\"pump\"}"})
    void anOperationThatIsNotOneIsRefusedAndChangesNothing(String contents) {
        assertThatThrownBy(() -> host.remote(tasks, contents)).isInstanceOf(ProtocolException.class);
        assertThat(tasks.tasks()).isEmpty();
    }
}
