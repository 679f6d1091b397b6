package dev.thalweg.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.container.Rig.Peer;
import dev.thalweg.driver.ConnectionRequest;
import dev.thalweg.driver.DeltaConnection;
import dev.thalweg.driver.DeltaListener;
import dev.thalweg.driver.DocumentService;
import dev.thalweg.driver.ServiceFactory;
import dev.thalweg.json.JsonValue;
import dev.thalweg.loopback.LoopbackLink;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.protocol.MessageType;
import dev.thalweg.protocol.Nack;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.storage.SummaryNode;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReconnectTest {
    private final Rig rig = new Rig();

    @Test
    void editsOnBothSidesOfACutAreThereAfterwards() {
        Peer a = rig.create();
        Peer b = rig.join();
        String before = b.container.clientId();
        b.link.cut();
        rig.service.settle();
        assertThat(b.container.connectionState()).isEqualTo(ConnectionState.DISCONNECTED);
        assertThat(b.container.clientId()).isNull();

        a.set("mill-race", 34);
        a.sandbags().increment(5);
        rig.service.settle();
        b.set("mill-race", 14);
        rig.service.settle();
        b.sandbags().increment(7);
        b.set("low-ford", 40);
        rig.service.settle();
        assertThat(b.container.pendingCount()).isEqualTo(3);
        assertThat(b.get("mill-race")).isEqualTo(JsonValue.of(14));
        rig.service.advance(30_000);
        assertThat(b.container.connectionState()).isEqualTo(ConnectionState.DISCONNECTED);

        b.link.restore();
        rig.service.advance(30_000);
        assertThat(b.container.connectionState()).isEqualTo(ConnectionState.CONNECTED);
        assertThat(b.container.clientId()).isNotNull().isNotEqualTo(before);
        Rig.assertSame(a, b, rig.join());
        assertThat(a.sandbags().value()).isEqualTo(12);
        assertThat(a.get("mill-race")).isEqualTo(JsonValue.of(14));
    }

    @Test
    void aReconnectGoesThroughItsStatesInOrder() {
        Peer a = rig.create();
        a.events.clear();
        a.link.cut();
        rig.service.settle();
        a.link.restore();
        rig.service.advance(1_000);
        assertThat(a.states()).containsExactly(ConnectionState.DISCONNECTED, ConnectionState.CONNECTING,
                ConnectionState.CATCHING_UP, ConnectionState.CONNECTED);
    }

    @Test
    void whatWasSequencedUnderTheOldIdIsNotMadeAgain() {
        Peer a = rig.create();
        Peer b = rig.join();
        String before = Objects.requireNonNull(b.container.clientId());
        b.link.pauseDown(true);
        b.sandbags().increment(5);
        rig.service.settle();
        assertThat(a.sandbags().value()).isEqualTo(5);
        assertThat(b.container.pendingCount()).isEqualTo(1);
        b.link.cut();
        b.sandbags().increment(2);
        rig.service.settle();
        b.link.pauseDown(false);
        b.link.restore();
        rig.service.advance(2_000);

        assertThat(b.events(ContainerEvent.Sequenced.class)).filteredOn(ContainerEvent.Sequenced::local)
                .extracting(event -> event.message().clientId()).contains(before);
        assertThat(a.sandbags().value()).isEqualTo(7);
        Rig.assertSame(a, b);
    }

    @Test
    void whatWasLostOnItsWayIsMadeAgainUnderItsOldName() {
        Peer a = rig.create();
        Peer b = rig.join();
        String before = Objects.requireNonNull(b.container.clientId());
        b.link.pauseUp(true);
        b.sandbags().increment(5);
        b.set("k", 1);
        rig.timers.advance(0);
        b.link.cut();
        b.link.restore();
        rig.service.advance(2_000);

        assertThat(a.sandbags().value()).isEqualTo(5);
        Rig.assertSame(a, b);
        SequencedMessage again = rig.operations().get(0);
        assertThat(Objects.requireNonNull(again.metadata()).text())
                .isEqualTo("{\"batchId\":\"" + before + "_[1]\",\"groupedOpCount\":2}");
        assertThat(Objects.requireNonNull(again.contents()).text())
                .contains("{\\\"batch\\\":true,\\\"batchId\\\":\\\"" + before + "_[1]\\\"}");
    }

    @Test
    void aSecondBreakDuringCatchUpLosesNothing() {
        Peer a = rig.create();
        Peer b = rig.join();
        b.link.pauseUp(true);
        b.sandbags().increment(5);
        rig.timers.advance(0);
        b.link.cut();
        rig.service.settle();
        b.link.restore();
        for (int i = 0; i < 12; i++) {
            b.link.cut();
            rig.service.settle();
            b.link.restore();
            while (b.container.connectionState() == ConnectionState.DISCONNECTED) {
                rig.timers.advance(1_000);
            }
            for (int step = 0; step < i; step++) {
                rig.service.step();
            }
        }
        rig.service.advance(60_000);
        assertThat(a.sandbags().value()).isEqualTo(5);
        Rig.assertSame(a, b);
    }

    @Test
    void anEditMadeByAListenerOfTheReconnectComesAfterThoseThatWaited() {
        Peer a = rig.create();
        Peer b = rig.join();
        b.link.cut();
        rig.service.settle();
        b.set("k", 1);
        rig.service.settle();
        b.container.subscribe(event -> {
            if (event instanceof ContainerEvent.ConnectionChanged changed
                    && changed.state() == ConnectionState.CONNECTED) {
                b.set("k", 2);
            }
        });
        b.link.restore();
        rig.service.advance(2_000);
        assertThat(a.get("k")).isEqualTo(JsonValue.of(2));
        Rig.assertSame(a, b);
    }

    @Test
    void aRefusedMessageIsSentAgainOnAnotherConnection() {
        Peer a = rig.create();
        Peer b = rig.join();
        String before = b.container.clientId();
        b.link.refuseNext(Nack.badRequest("no", -1, null));
        b.sandbags().increment(1);
        rig.service.settle();
        assertThat(b.container.connectionState()).isEqualTo(ConnectionState.DISCONNECTED);
        assertThat(b.events(ContainerEvent.Nacked.class)).hasSize(1);
        b.sandbags().increment(1);
        rig.service.advance(2_000);
        assertThat(b.container.clientId()).isNotEqualTo(before);
        assertThat(a.sandbags().value()).isEqualTo(2);
        Rig.assertSame(a, b);
    }

    @Test
    void retryAfterIsHonoured() {
        rig.create();
        Peer b = rig.join();
        b.link.refuseNext(Nack.throttled("slow down", 40, null));
        b.sandbags().increment(1);
        rig.service.settle();
        rig.service.advance(39_000);
        assertThat(b.container.connectionState()).isEqualTo(ConnectionState.DISCONNECTED);
        rig.service.advance(1_500);
        assertThat(b.container.connectionState()).isEqualTo(ConnectionState.CONNECTED);
        assertThat(b.container.dirty()).isFalse();
    }

    @Test
    void aRefusalForGoodClosesTheContainer() {
        for (Nack nack : List.of(Nack.invalidScope("no scope", null), Nack.limitExceeded("too much", null),
                new Nack(-1, 403, Nack.Type.BAD_REQUEST, "forbidden", 0, null), Nack.tooLarge("too large", null))) {
            rig.create();
            Peer b = rig.join();
            b.link.refuseNext(nack);
            b.sandbags().increment(1);
            rig.service.advance(60_000);
            assertThat(b.container.connectionState()).isEqualTo(ConnectionState.CLOSED);
            assertThat(b.events(ContainerEvent.Closed.class)).hasSize(1);
            assertThat(b.events(ContainerEvent.Closed.class).get(0).failure().message()).contains(nack.message());
        }
    }

    @Test
    void whatIsRefusedOverAndOverClosesTheContainer() {
        Peer a = rig.create();
        Peer b = rig.join();
        for (int i = 0; i < 7; i++) {
            b.link.refuseNext(Nack.badRequest("malformed", -1, null));
        }
        b.sandbags().increment(1);
        rig.service.advance(200_000);
        assertThat(b.container.connectionState()).isEqualTo(ConnectionState.CLOSED);
        assertThat(b.events(ContainerEvent.Nacked.class)).hasSize(7);
        assertThat(b.events(ContainerEvent.Closed.class)).singleElement().satisfies(closed -> assertThat(
                closed.failure()).isEqualTo(Failure.permanent(400, "7 times in a row refused: malformed")));
        assertThat(a.sandbags().value()).isZero();
    }

    @Test
    void whatIsAcceptedInBetweenStartsTheCountAnew() {
        Peer a = rig.create();
        Peer b = rig.join();
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 6; i++) {
                b.link.refuseNext(Nack.badRequest("malformed", -1, null));
            }
            b.sandbags().increment(1);
            rig.service.advance(200_000);
        }
        assertThat(a.sandbags().value()).isEqualTo(2);
        Rig.assertSame(a, b);
    }

    @Test
    void aServiceThatIsBusyIsWaitedForHoweverOftenItSaysSo() {
        Peer a = rig.create();
        Peer b = rig.join();
        for (int i = 0; i < 20; i++) {
            b.link.refuseNext(Nack.throttled("slow down", 1, null));
        }
        b.sandbags().increment(1);
        rig.service.advance(1_000_000);
        assertThat(a.sandbags().value()).isEqualTo(1);
        Rig.assertSame(a, b);
    }

    @Test
    void waitsGrowWithEachFailureAndNeverBeyondTheLimit() {
        rig.options = ContainerOptions.DEFAULT.withBackoff(100, 5_000);
        rig.create();
        Peer b = rig.join();
        b.events.clear();
        b.link.cut();
        rig.service.advance(60_000);
        List<Double> waits = b.events(ContainerEvent.ReconnectScheduled.class).stream()
                .map(ContainerEvent.ReconnectScheduled::delayMillis).toList();
        double whole = 100;
        for (double wait : waits) {
            assertThat(wait).isBetween(whole / 2, whole);
            whole = Math.min(5_000, whole * 2);
        }
        assertThat(waits).hasSizeGreaterThan(12);
        Set<Double> parts = new HashSet<>();
        waits.subList(6, waits.size()).forEach(wait -> parts.add(wait));
        assertThat(parts).hasSizeGreaterThan(3);

        // A connection that holds begins anew; one that breaks at once does not.
        b.link.restore();
        rig.service.advance(60_000);
        b.events.clear();
        b.link.cut();
        rig.service.settle();
        assertThat(b.events(ContainerEvent.ReconnectScheduled.class).get(0).delayMillis()).isBetween(50.0, 100.0);
    }

    @Test
    void aRefusedTokenIsAskedForAgainAndThenGivenUp() {
        Peer a = rig.create();
        a.link.cut();
        rig.service.settle();
        a.link.restore();
        a.link.failNextConnect(Failure.permanent(401, "token expired"));
        rig.service.advance(2_000);
        assertThat(a.container.connectionState()).isEqualTo(ConnectionState.CONNECTED);

        a.link.failNextConnect(Failure.permanent(401, "token expired"));
        a.link.failNextConnect(Failure.permanent(401, "token expired"));
        a.link.failNextConnect(Failure.permanent(401, "token expired"));
        a.link.cut();
        a.link.restore();
        rig.service.advance(60_000);
        assertThat(a.container.connectionState()).isEqualTo(ConnectionState.CLOSED);
        assertThat(a.events(ContainerEvent.Closed.class).get(0).failure().code()).isEqualTo(401);
    }

    @Test
    void anExplicitDisconnectStaysUntilConnect() {
        Peer a = rig.create();
        Peer b = rig.join();
        b.container.disconnect();
        b.sandbags().increment(3);
        rig.service.advance(120_000);
        assertThat(b.container.connectionState()).isEqualTo(ConnectionState.DISCONNECTED);
        assertThat(b.container.dirty()).isTrue();
        assertThat(a.container.audience().members()).hasSize(1);
        b.container.connect();
        b.container.connect();
        rig.service.settle();
        assertThat(b.container.connectionState()).isEqualTo(ConnectionState.CONNECTED);
        assertThat(a.container.audience().members()).hasSize(2);
        Rig.assertSame(a, b);
    }

    @Test
    void aServiceThatStartsAgainFindsItsClientsBack() {
        Peer a = rig.create();
        Peer b = rig.join();
        a.sandbags().increment(1);
        rig.timers.advance(0);
        rig.service.restart();
        b.sandbags().increment(2);
        rig.service.advance(5_000);
        assertThat(a.sandbags().value()).isEqualTo(3);
        Rig.assertSame(a, b);
    }

    @Test
    void theLeaveOfTheOldConnectionIsAwaitedBeforeAnythingIsMadeAgain() {
        Peer a = rig.create();
        Peer b = rig.join();
        String old = Objects.requireNonNull(b.container.clientId());
        b.link.pauseUp(true);
        b.sandbags().increment(5);
        rig.timers.advance(0);
        b.link.cut();
        b.link.restore();
        rig.service.advance(2_000);
        List<SequencedMessage> log = rig.service.log(rig.documentId);
        int leave = indexOf(log, MessageType.LEAVE, old);
        int again = log.indexOf(rig.operations().get(0));
        assertThat(leave).isPositive().isLessThan(again);
        Rig.assertSame(a, b);
    }

    /** The old way still carries an operation when the new one is up: only its end tells which were lost. */
    @Test
    void whatArrivesLateUnderTheOldIdIsWaitedFor() {
        Peer a = rig.create();
        Detour detour = new Detour(rig);
        Peer b = detour.join();
        detour.takeWithAnEditOnTheFirst(b);
        rig.service.settle();
        assertThat(b.container.connectionState()).isEqualTo(ConnectionState.CATCHING_UP);
        b.sandbags().increment(2);
        rig.service.settle();

        detour.first.pauseUp(false);
        rig.service.settle();
        assertThat(b.container.connectionState()).isEqualTo(ConnectionState.CONNECTED);
        assertThat(a.sandbags().value()).isEqualTo(7);
        Rig.assertSame(a, b);
    }

    @Test
    void aLeaveThatNeverComesIsWaitedForSoLongAndNoLonger() {
        Peer a = rig.create();
        Detour detour = new Detour(rig);
        Peer b = detour.join();
        detour.takeWithAnEditOnTheFirst(b);
        rig.service.advance(29_000);
        assertThat(b.container.connectionState()).isEqualTo(ConnectionState.CATCHING_UP);
        rig.service.advance(2_000);
        assertThat(b.container.connectionState()).isEqualTo(ConnectionState.CONNECTED);
        Rig.assertSame(a, b);

        // When the old way gives up what it held after all, the same batch is there twice, and whoever sees it stops.
        detour.first.pauseUp(false);
        rig.service.settle();
        assertThat(a.container.connectionState()).isEqualTo(ConnectionState.CLOSED);
        assertThat(a.sandbags().value()).isEqualTo(5);
    }

    @Test
    void editsThatWereNeverSentDoNotWaitForTheOldConnection() {
        rig.create();
        Detour detour = new Detour(rig);
        Peer b = detour.join();
        detour.first.pauseUp(true);
        b.container.disconnect();
        b.sandbags().increment(5);
        detour.present = detour.second;
        b.container.connect();
        rig.service.settle();
        assertThat(b.container.connectionState()).isEqualTo(ConnectionState.CONNECTED);
    }

    /** A service that can be reached in two ways, one after the other. */
    private static final class Detour implements ServiceFactory {
        private final Rig rig;
        final LoopbackLink first;
        final LoopbackLink second;
        LoopbackLink present;

        Detour(Rig rig) {
            this.rig = rig;
            this.first = rig.service.link();
            this.second = rig.service.link();
            this.present = first;
        }

        /** Lets a client send an edit that the first way holds back, and connect over the second. */
        void takeWithAnEditOnTheFirst(Peer client) {
            first.pauseUp(true);
            client.sandbags().increment(5);
            rig.timers.advance(0);
            client.container.disconnect();
            present = second;
            client.container.connect();
        }

        Peer join() {
            Rig.Box<Container> box = new Rig.Box<>();
            Container.load(new ContainerServices(this, rig.timers, rig.ids, rig.types), rig.documentId, Rig.SCHEMA,
                    box);
            rig.service.settle();
            return new Peer(first, box.value());
        }

        @Override
        public void create(String documentId, SummaryNode.Tree summary, Outcome<String> outcome) {
            present.create(documentId, summary, outcome);
        }

        @Override
        public DocumentService open(String documentId) {
            return new DocumentService() {
                @Override
                public String documentId() {
                    return documentId;
                }

                @Override
                public DeltaConnection connect(ConnectionRequest request, DeltaListener listener) {
                    return present.open(documentId).connect(request, listener);
                }

                @Override
                public void deltas(int from, int to, Outcome<List<SequencedMessage>> outcome) {
                    second.open(documentId).deltas(from, to, outcome);
                }

                @Override
                public void latestSummary(Outcome<@Nullable StoredSummary> outcome) {
                    second.open(documentId).latestSummary(outcome);
                }

                @Override
                public void uploadSummary(SummaryNode.Tree tree, @Nullable String parent, Outcome<String> outcome) {
                    second.open(documentId).uploadSummary(tree, parent, outcome);
                }

                @Override
                public void createBlob(byte[] bytes, Outcome<String> outcome) {
                    second.open(documentId).createBlob(bytes, outcome);
                }

                @Override
                public void readBlob(String id, Outcome<byte[]> outcome) {
                    second.open(documentId).readBlob(id, outcome);
                }
            };
        }
    }

    private static int indexOf(List<SequencedMessage> log, MessageType type, String clientId) {
        for (int i = 0; i < log.size(); i++) {
            if (log.get(i).type() == type && Objects.requireNonNull(log.get(i).data()).text().contains(clientId)) {
                return i;
            }
        }
        return -1;
    }
}
