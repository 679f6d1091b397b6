package dev.thalweg.dds.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.dds.RecordingHost;
import dev.thalweg.dds.queue.QueueEvent.Acquired;
import dev.thalweg.dds.queue.QueueEvent.Added;
import dev.thalweg.dds.queue.QueueEvent.Completed;
import dev.thalweg.dds.queue.QueueEvent.LocalReleased;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryBuilder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsensusQueueTest {
    private static final JsonValue A = JsonValue.of("A");
    private static final JsonValue B = JsonValue.of("B");
    private static final String SELF = RecordingHost.SELF;
    private static final String OTHER = RecordingHost.OTHER;

    private final RecordingHost host = new RecordingHost();
    private final ConsensusQueue queue = ConsensusQueue.TYPE.create("q", "a");
    private final List<Object> outcomes = new ArrayList<>();
    private final List<QueueEvent> events = new ArrayList<>();

    ConsensusQueueTest() {
        queue.bind(host);
        queue.subscribe(events::add);
        queue.connectionChanged(true, SELF);
    }

    private static String add(String value) {
        return "{\"opName\":\"add\",\"value\":\"" + value.replace("\"", "\\\"") + "\",\"deserializedValue\":" + value
                + "}";
    }

    private static String by(String name, String acquireId) {
        return "{\"opName\":\"" + name + "\",\"acquireId\":\"" + acquireId + "\"}";
    }

    /** Adds an item and acquires it here. */
    private Acquisition hold(ConsensusQueue on, RecordingHost service) throws Exception {
        List<Acquisition> got = new ArrayList<>();
        service.remote(on, add("\"A\""));
        on.acquire(outcome -> got.add(((AcquireOutcome.Acquired) outcome).acquisition()));
        service.acknowledge(on);
        events.clear();
        service.sent.clear();
        return got.get(0);
    }

    @Test
    void anItemIsThereWhenItIsSequencedAndNotBefore() throws Exception {
        queue.add(A, outcomes::add);
        assertThat(queue.size()).isZero();
        assertThat(host.sent).containsExactly(add("\"A\""));
        assertThat(outcomes).isEmpty();
        host.acknowledge(queue);
        assertThat(queue.items()).containsExactly(A);
        assertThat(outcomes).containsExactly(new AddOutcome.Added());
        assertThat(events).containsExactly(new Added(A, null, true));
    }

    @Test
    void whoeverAsksFirstGetsTheFirstItem() throws Exception {
        host.remote(queue, add("\"A\""));
        queue.acquire(outcomes::add);
        queue.acquire(outcomes::add);
        assertThat(host.sent).containsExactly(by("acquire", "a_0"), by("acquire", "a_1"));
        host.remote(queue, add("\"B\""));
        host.remote(queue, by("acquire", "x"), OTHER);
        host.acknowledge(queue);
        host.acknowledge(queue);
        assertThat(queue.jobs()).containsExactly(new Job("x", A, OTHER), new Job("a_0", B, SELF));
        assertThat(outcomes).hasSize(2);
        assertThat(outcomes.get(0)).isInstanceOfSatisfying(AcquireOutcome.Acquired.class, acquired -> {
            assertThat(acquired.acquisition().value()).isEqualTo(B);
            assertThat(acquired.acquisition().id()).isEqualTo("a_0");
            assertThat(acquired.acquisition().over()).isFalse();
        });
        assertThat(outcomes.get(1)).isEqualTo(new AcquireOutcome.Empty());
        assertThat(events).containsExactly(new Added(A, null, false), new Added(B, null, false),
                new Acquired("x", A, OTHER, false), new Acquired("a_0", B, SELF, true),
                new QueueEvent.Missed(new QueueOperation.Acquire("a_1")));
    }

    @Test
    void whatIsCompletedIsGoneForGood() throws Exception {
        Acquisition held = hold(queue, host);
        held.complete(outcomes::add);
        assertThat(held.over()).isTrue();
        assertThat(queue.jobs()).hasSize(1);
        assertThat(host.sent).containsExactly(by("complete", held.id()));
        host.acknowledge(queue);
        assertThat(queue.jobs()).isEmpty();
        assertThat(queue.size()).isZero();
        assertThat(outcomes).containsExactly(new CompleteOutcome.Completed());
        assertThat(events).containsExactly(new Completed(held.id(), A, true));
        assertThatThrownBy(held::complete).isInstanceOf(IllegalStateException.class).hasMessageContaining(held.id());
        assertThatThrownBy(held::release).isInstanceOf(IllegalStateException.class).hasMessageContaining(held.id());
    }

    @Test
    void whatIsReleasedGoesToTheEnd() throws Exception {
        Acquisition held = hold(queue, host);
        host.remote(queue, add("\"B\""));
        events.clear();
        held.release();
        assertThat(events).containsExactly(new LocalReleased(held.id(), A, true));
        assertThat(host.sent).containsExactly(by("release", held.id()));
        host.acknowledge(queue);
        assertThat(queue.items()).containsExactly(B, A);
        assertThat(events).last().isEqualTo(new Added(A, held.id(), true));
    }

    @Test
    void whatALeavingClientHasInHandGoesBackInTheOrderInWhichItTookIt() throws Exception {
        for (String item : List.of("1", "2", "3", "4")) {
            host.remote(queue, add(item));
        }
        host.remote(queue, by("acquire", "x"), OTHER);
        host.remote(queue, by("acquire", "z"), "third");
        host.remote(queue, by("acquire", "y"), OTHER);
        events.clear();
        host.leave(queue, OTHER);
        assertThat(host.changed).isTrue();
        assertThat(queue.items()).containsExactly(JsonValue.of(4), JsonValue.of(1), JsonValue.of(3));
        assertThat(queue.jobs()).containsExactly(new Job("z", JsonValue.of(2), "third"));
        assertThat(events).containsExactly(new Added(JsonValue.of(1), "x", false),
                new Added(JsonValue.of(3), "y", false));
        host.changed = false;
        host.leave(queue, "fourth");
        assertThat(host.changed).isFalse();
        queue.check();
    }

    @Test
    void whoLosesTheConnectionHoldsNothingAnyMore() throws Exception {
        Acquisition held = hold(queue, host);
        Acquisition second = hold(queue, host);
        host.disconnect(queue);
        assertThat(events).containsExactly(new LocalReleased(held.id(), A, false),
                new LocalReleased(second.id(), A, false));
        held.complete(outcomes::add);
        second.release();
        assertThat(outcomes).containsExactly(new CompleteOutcome.Returned());
        assertThat(host.sent).isEmpty();
        host.leave(queue, SELF);
        assertThat(queue.items()).containsExactly(A, A);
        queue.check();
    }

    @Test
    void aCompletionThatWasNotSequencedInTimeIsToldThatTheItemWentBack() throws Exception {
        Acquisition held = hold(queue, host);
        held.complete(outcomes::add);
        host.disconnect(queue);
        host.leave(queue, SELF);
        host.reconnect(queue, "again");
        assertThat(host.sent).containsExactly(by("complete", held.id()), by("complete", held.id()));
        host.acknowledge(queue);
        assertThat(outcomes).containsExactly(new CompleteOutcome.Returned());
        assertThat(queue.items()).containsExactly(A);
    }

    @Test
    void anAcquireSurvivesAReconnectUnderItsName() throws Exception {
        queue.acquire(outcomes::add);
        host.disconnect(queue);
        queue.acquire(outcomes::add);
        host.remote(queue, add("\"A\""));
        host.reconnect(queue, "again");
        assertThat(host.sent).containsExactly(by("acquire", "a_0"), by("acquire", "a_1"), by("acquire", "a_0"),
                by("acquire", "a_1"));
        host.acknowledge(queue);
        assertThat(outcomes).hasSize(1);
        assertThat(queue.jobs()).extracting(Job::acquireId).containsExactly("a_0");
    }

    @Test
    void waitingEndsWithTheFirstItemThatIsLeft() throws Exception {
        queue.waitAndAcquire(outcomes::add);
        queue.waitAndAcquire(outcomes::add);
        assertThat(host.sent).isEmpty();
        host.remote(queue, add("\"A\""));
        assertThat(host.sent).as("not before the message is over").isEmpty();
        host.messageOver();
        assertThat(host.sent).hasSize(2);
        host.remote(queue, by("acquire", "x"), OTHER);
        host.acknowledge(queue);
        host.acknowledge(queue);
        assertThat(outcomes).isEmpty();
        host.leave(queue, OTHER);
        host.messageOver();
        host.acknowledge(queue);
        host.acknowledge(queue);
        assertThat(outcomes).hasSize(1);
        assertThat(outcomes.get(0)).isInstanceOf(AcquireOutcome.Acquired.class);
        queue.close("disposed");
        assertThat(outcomes).hasSize(2).last().isEqualTo(new AcquireOutcome.Unknown("disposed"));
    }

    @Test
    void anOutcomeThatFailsKeepsNobodyWaiting() throws Exception {
        queue.waitAndAcquire(outcomes::add);
        queue.add(A, outcome -> {
            throw new UnsupportedOperationException("mine");
        });
        assertThatThrownBy(() -> host.acknowledge(queue)).isInstanceOf(UnsupportedOperationException.class);
        assertThat(events).containsExactly(new Added(A, null, true));
        host.messageOver();
        host.acknowledge(queue);
        assertThat(outcomes).singleElement().isInstanceOf(AcquireOutcome.Acquired.class);
    }

    @Test
    void waitingWhereThereIsAnItemAsksAtOnceAndMayStillComeTooLate() throws Exception {
        host.remote(queue, add("\"A\""));
        queue.waitAndAcquire(outcomes::add);
        assertThat(host.sent).hasSize(1);
        host.remote(queue, by("acquire", "x"), OTHER);
        host.acknowledge(queue);
        assertThat(outcomes).isEmpty();
        host.remote(queue, add("\"B\""));
        host.messageOver();
        host.acknowledge(queue);
        assertThat(outcomes).hasSize(1);
    }

    @Test
    void whoWasWokenAsksBeforeWhoGotNothingInTheSameMessage() throws Exception {
        host.remote(queue, add("\"A\""));
        queue.waitAndAcquire(outcome -> outcomes.add("first asked"));
        host.remote(queue, by("acquire", "x"), OTHER);
        queue.waitAndAcquire(outcome -> outcomes.add("first waited"));
        host.acknowledge(queue);
        host.remote(queue, add("\"B\""));
        host.remote(queue, add("\"C\""));
        host.messageOver();
        assertThat(host.pending).hasSize(2);
        host.acknowledge(queue);
        assertThat(outcomes).containsExactly("first waited");
        host.acknowledge(queue);
        assertThat(outcomes).containsExactly("first waited", "first asked");
    }

    @Test
    void whoGotNothingIsToldWhenTheChannelIsClosedInTheSameMessage() throws Exception {
        host.remote(queue, add("\"A\""));
        queue.waitAndAcquire(outcomes::add);
        host.remote(queue, by("acquire", "x"), OTHER);
        host.acknowledge(queue);
        queue.close("disposed");
        assertThat(outcomes).containsExactly(new AcquireOutcome.Unknown("disposed"));
    }

    @Test
    void aRollbackAbortsAndLeavesItemsInHand() throws Exception {
        Acquisition held = hold(queue, host);
        queue.add(B, outcomes::add);
        queue.acquire(outcomes::add);
        held.complete(outcomes::add);
        host.rollback(queue);
        assertThat(held.over()).isFalse();
        host.rollback(queue);
        host.rollback(queue);
        assertThat(outcomes).containsExactly(new CompleteOutcome.Aborted(), new AcquireOutcome.Aborted(),
                new AddOutcome.Aborted());
        held.release();
        host.rollback(queue);
        assertThat(held.over()).isFalse();
        held.complete(outcomes::add);
        host.acknowledge(queue);
        assertThat(outcomes).last().isEqualTo(new CompleteOutcome.Completed());
    }

    @Test
    void closedEverybodyIsToldOnce() throws Exception {
        Acquisition held = hold(queue, host);
        queue.waitAndAcquire(outcomes::add);
        queue.add(B, outcomes::add);
        queue.acquire(outcomes::add);
        held.complete(outcomes::add);
        queue.close("disposed");
        assertThat(outcomes).containsExactlyInAnyOrder(new AddOutcome.Unknown("disposed"),
                new AcquireOutcome.Unknown("disposed"), new CompleteOutcome.Unknown("disposed"),
                new AcquireOutcome.Unknown("disposed"));
        queue.waitAndAcquire(outcomes::add);
        assertThat(outcomes).hasSize(5).last().isEqualTo(new AcquireOutcome.Unknown("disposed"));
        host.acknowledge(queue);
        host.acknowledge(queue);
        host.acknowledge(queue);
        assertThat(outcomes).hasSize(5);
    }

    @Test
    void whatWasAcquiredWhileDetachedGoesBackWhenOthersCome() throws Exception {
        ConsensusQueue detached = ConsensusQueue.TYPE.create("q", "a");
        RecordingHost nobody = RecordingHost.detached();
        detached.bind(nobody);
        List<Acquisition> got = new ArrayList<>();
        detached.waitAndAcquire(outcome -> got.add(((AcquireOutcome.Acquired) outcome).acquisition()));
        detached.add(A, outcomes::add);
        assertThat(got).hasSize(1);
        detached.add(B, outcomes::add);
        detached.acquire(outcome -> ((AcquireOutcome.Acquired) outcome).acquisition().complete(outcomes::add));
        assertThat(outcomes).containsExactly(new AddOutcome.Added(), new AddOutcome.Added(),
                new CompleteOutcome.Completed());
        assertThat(detached.jobs()).containsExactly(new Job("a_0", A, null));
        nobody.attach(detached);
        assertThat(detached.items()).containsExactly(A);
        assertThat(detached.jobs()).isEmpty();
        got.get(0).complete(outcomes::add);
        assertThat(outcomes).last().isEqualTo(new CompleteOutcome.Returned());
        assertThat(nobody.sent).isEmpty();
        assertThat(detached.summarize().text("header")).isEqualTo("[\"A\"]");
        assertThat(detached.summarize().text("jobTracking")).isEqualTo("[]");
    }

    @Test
    void theSummaryIsFluidsAndLoadsBack() throws Exception {
        for (String item : List.of("1", "{\"n\":null}", "3")) {
            host.remote(queue, add(item));
        }
        host.remote(queue, by("acquire", "x"), OTHER);
        host.remote(queue, by("acquire", "w"), "third");
        assertThat(queue.summarize().text("header")).isEqualTo("[3]");
        assertThat(queue.summarize().text("jobTracking")).isEqualTo("[[\"x\",{\"value\":1,\"clientId\":\"other\"}],"
                + "[\"w\",{\"value\":{\"n\":null},\"clientId\":\"third\"}]]");
        ConsensusQueue loaded = ConsensusQueue.TYPE.load("q", "b", queue.summarize());
        assertThat(loaded.snapshot()).isEqualTo(queue.snapshot());
        loaded.check();
        RecordingHost there = new RecordingHost();
        loaded.bind(there);
        there.leave(loaded, "third");
        assertThat(loaded.items()).hasSize(2);
    }

    @Test
    void aNameThatIsUsedTwiceKeepsItsPlaceAsInTheReference() throws Exception {
        for (String item : List.of("1", "2", "3")) {
            host.remote(queue, add(item));
        }
        host.remote(queue, by("acquire", "x"), OTHER);
        host.remote(queue, by("acquire", "y"), "third");
        host.remote(queue, by("acquire", "x"), "third");
        queue.check();
        assertThat(queue.jobs()).containsExactly(new Job("x", JsonValue.of(3), "third"),
                new Job("y", JsonValue.of(2), "third"));
        host.leave(queue, OTHER);
        assertThat(queue.size()).isZero();
        host.leave(queue, "third");
        assertThat(queue.items()).containsExactly(JsonValue.of(3), JsonValue.of(2));
    }

    @Test
    void anOldItemIsReadFromItsText() throws Exception {
        host.remote(queue, "{\"opName\":\"add\",\"value\":\"{\\\"n\\\":1}\"}");
        assertThat(queue.items()).extracting(JsonValue::toJson).containsExactly("{\"n\":1}");
        host.remote(queue, by("complete", "nobody"), OTHER);
        host.remote(queue, by("release", "nobody"), OTHER);
        assertThat(queue.size()).isEqualTo(1);
        assertThat(events).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{\"opName\":\"burn\"}", "{\"opName\":\"add\"}", "{\"opName\":\"add\",\"value\":1}",
        "{\"opName\":\"add\",\"value\":\"{\"}", "{\"opName\":\"acquire\"}", "{\"opName\":\"complete\",\"acquireId\":1}",
        "{\"opName\":\"release\",\"acquireId\":null}"})
    void whatCannotBeReadChangesNothing(String contents) {
        assertThatThrownBy(() -> host.remote(queue, contents)).isInstanceOf(ProtocolException.class);
        assertThat(queue.size()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{}|[]", "[]|{}", "[]|[1]", "[]|[[1]]", "[]|[[1,{}]]", "[]|[[\"x\",{}]]",
        "[]|[[\"x\",1]]", "[]|[[\"x\",{\"value\":1,\"clientId\":2}]]"})
    void aSummaryThatCannotBeIsRefused(String header, String jobs) {
        assertThatThrownBy(() -> ConsensusQueue.TYPE.load("q", "a",
                new SummaryBuilder().text("header", header).text("jobTracking", jobs).build()))
                .isInstanceOf(ProtocolException.class);
    }

    @Test
    void aSummaryWithoutAPartIsRefused() {
        assertThatThrownBy(() -> ConsensusQueue.TYPE.load("q", "a", new SummaryBuilder().text("header", "[]").build()))
                .isInstanceOf(ProtocolException.class).hasMessageContaining("jobTracking");
    }
}
