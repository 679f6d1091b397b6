package dev.thalweg.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.container.Rig.Box;
import dev.thalweg.container.Rig.Peer;
import dev.thalweg.dds.counter.SharedCounter;
import dev.thalweg.dds.map.MapEvent;
import dev.thalweg.dds.map.SharedMap;
import dev.thalweg.json.JsonValue;
import dev.thalweg.loopback.LoopbackLink;
import dev.thalweg.protocol.MessageType;
import dev.thalweg.protocol.SequencedMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContainerTest {
    private final Rig rig = new Rig();

    @Test
    void whatIsEditedDetachedIsInTheDocumentThatIsCreated() {
        Peer a = new Peer(rig.service.link(), Container.create(
                rig.services(rig.service.link(), ContainerServices.WRITER), Rig.SCHEMA));
        a.set("mill-race", 24);
        a.sandbags().increment(120);
        assertThat(a.container.attached()).isFalse();
        assertThat(a.container.dirty()).isFalse();

        rig.attach(a);
        Peer b = rig.join();

        assertThat(b.get("mill-race")).isEqualTo(JsonValue.of(24));
        assertThat(b.sandbags().value()).isEqualTo(120);
        assertThat(rig.operations()).isEmpty();
        assertThat(a.container.documentId()).isEqualTo(rig.documentId);
        assertThat(a.events).contains(new ContainerEvent.Attached(rig.documentId));
    }

    @Test
    void whatIsEditedWhileTheDocumentIsBeingCreatedFollowsAsOperations() {
        Peer a = new Peer(rig.service.link(), Container.create(
                rig.services(rig.service.link(), ContainerServices.WRITER), Rig.SCHEMA));
        Box<String> box = new Box<>();
        a.container.attach(box);
        a.set("mill-race", 24);
        assertThat(a.container.pendingCount()).isEqualTo(1);
        assertThatThrownBy(() -> a.container.attach(new Box<>())).isInstanceOf(IllegalStateException.class);
        rig.service.settle();
        rig.documentId = box.value();

        assertThat(rig.operations()).hasSize(1);
        Rig.assertSame(a, rig.join());
    }

    @Test
    void anAttachThatFailsCanBeRepeated() {
        rig.create();
        Peer a = new Peer(rig.service.link(), Container.create(
                rig.services(rig.service.link(), ContainerServices.WRITER), Rig.SCHEMA));
        a.set("mill-race", 24);
        Box<String> taken = new Box<>();
        a.container.attach(rig.documentId, taken);
        rig.service.settle();
        assertThat(taken.failure().code()).isEqualTo(409);
        a.set("mill-race", 25);

        rig.attach(a);
        Peer b = rig.join();
        assertThat(b.get("mill-race")).isEqualTo(JsonValue.of(25));
        Rig.assertSame(a, b);
    }

    @Test
    void twoClientsThatRaceEndTheSame() {
        Peer a = rig.create();
        Peer b = rig.join();
        List<MapEvent> heard = new ArrayList<>();
        b.gauges().subscribe(heard::add);

        a.set("mill-race", 34);
        b.set("mill-race", 14);
        a.sandbags().increment(5);
        b.sandbags().increment(7);
        assertThat(a.get("mill-race")).isEqualTo(JsonValue.of(34));
        assertThat(b.get("mill-race")).isEqualTo(JsonValue.of(14));
        assertThat(a.container.pendingCount()).isEqualTo(2);
        assertThat(a.container.pendingCount(a.gauges())).isEqualTo(1);
        rig.service.settle();

        Rig.assertSame(a, b);
        assertThat(a.get("mill-race")).isEqualTo(JsonValue.of(14));
        assertThat(a.sandbags().value()).isEqualTo(12);
        assertThat(heard).extracting(MapEvent::local).containsOnly(true);
        assertThat(a.events(ContainerEvent.Dirty.class)).hasSize(1);
        assertThat(a.events(ContainerEvent.Saved.class)).hasSize(1);
    }

    @Test
    void editsMadeBeforeTheConnectionIsUpAreKeptAndSent() {
        Peer a = rig.create();
        rig.service.settle();
        Box<Container> box = new Box<>();
        Container.load(rig.services(rig.service.link(), ContainerServices.WRITER), rig.documentId, Rig.SCHEMA, box);
        while (!box.told()) {
            assertThat(rig.service.step()).isTrue();
        }
        Container b = box.value();
        assertThat(b.connectionState()).isEqualTo(ConnectionState.CONNECTING);
        b.object("gauges", SharedMap.TYPE).set("low-ford", JsonValue.of(42));
        rig.timers.advance(0);
        b.object("sandbags", SharedCounter.TYPE).increment(1);
        rig.timers.advance(0);
        assertThat(b.pendingCount()).isEqualTo(2);
        rig.service.settle();

        assertThat(b.pendingCount()).isZero();
        assertThat(a.get("low-ford")).isEqualTo(JsonValue.of(42));
        assertThat(a.sandbags().value()).isEqualTo(1);
        // Never sent before, so named by chance and not after a connection.
        assertThat(rig.operations().get(0).metadata().text()).endsWith("_[-1]\"}");
    }

    @Test
    void aLateClientReadsSummaryAndDeltas() {
        Peer a = rig.create();
        for (int i = 0; i < 30; i++) {
            a.set("gauge-" + i % 7, i);
            rig.service.settle();
        }
        Peer late = rig.join();
        Rig.assertSame(a, late);
        assertThat(late.container.sequenceNumber()).isEqualTo(a.container.sequenceNumber())
                .isEqualTo(rig.service.sequenceNumber(rig.documentId));
    }

    @Test
    void aMessageThatComesTwiceCountsOnce() {
        Peer a = rig.create();
        Peer b = rig.join();
        a.sandbags().increment(3);
        rig.service.settle();
        assertThat(b.link.duplicate()).isTrue();
        assertThat(a.link.duplicate()).isTrue();
        rig.service.settle();
        assertThat(b.sandbags().value()).isEqualTo(3);
        Rig.assertSame(a, b);
    }

    @Test
    void aGapIsReadFromTheRecordAndWhatCameTooEarlyWaits() {
        Gapped gapped = new Gapped(rig.create());
        Peer a = gapped.peer;
        Box<Container> box = new Box<>();
        Container.load(new ContainerServices(gapped.over(rig.service.link()), rig.timers, rig.ids, rig.types,
                ContainerOptions.DEFAULT, ContainerServices.WRITER), rig.documentId, Rig.SCHEMA, box);
        rig.service.settle();
        Peer b = new Peer(rig.service.link(), box.value());

        gapped.dropNext = 2;
        for (int i = 1; i <= 4; i++) {
            a.sandbags().increment(i);
            rig.service.settle();
        }
        assertThat(gapped.requests).isEqualTo(1);
        assertThat(b.sandbags().value()).isEqualTo(10);
        assertThat(b.events(ContainerEvent.Sequenced.class)).extracting(e -> e.message().sequenceNumber())
                .isSorted().doesNotHaveDuplicates();
        Rig.assertSame(a, b);
    }

    @Test
    void aRecordLongerThanAPageIsReadPageByPage() {
        Peer a = rig.create();
        Gapped gapped = new Gapped(a);
        gapped.pageSize = 3;
        for (int i = 0; i < 11; i++) {
            a.sandbags().increment(1);
            rig.service.settle();
        }
        Box<Container> box = new Box<>();
        Container.load(new ContainerServices(gapped.over(rig.service.link()), rig.timers, rig.ids, rig.types,
                ContainerOptions.DEFAULT, ContainerServices.WRITER), rig.documentId, Rig.SCHEMA, box);
        rig.service.settle();
        Peer b = new Peer(rig.service.link(), box.value());
        Rig.assertSame(a, b);
        assertThat(gapped.concurrent).isEqualTo(1);
    }

    @Test
    void loadingSaysWhatIsWrong() {
        Peer a = rig.create();
        Box<Container> none = new Box<>();
        Container.load(rig.services(a.link, ContainerServices.WRITER), "nowhere", Rig.SCHEMA, none);
        rig.service.settle();
        assertThat(none.failure().code()).isEqualTo(404);

        Box<Container> lacking = new Box<>();
        ContainerSchema more = ContainerSchema.builder().object("duty", SharedMap.TYPE).build();
        Container.load(rig.services(a.link, ContainerServices.WRITER), rig.documentId, more, lacking);
        rig.service.settle();
        assertThat(lacking.failure().code()).isEqualTo(422);
        assertThat(lacking.failure().message()).contains("duty");

        Box<Container> other = new Box<>();
        ContainerSchema wrong = ContainerSchema.builder().object("gauges", SharedCounter.TYPE).build();
        Container.load(rig.services(a.link, ContainerServices.WRITER), rig.documentId, wrong, other);
        rig.service.settle();
        assertThat(other.failure().message()).contains("types/map").contains("types/counter");
        assertThatThrownBy(() -> a.container.object("gauges", SharedCounter.TYPE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void loadingTriesAgainAndThenGivesUp() {
        Peer a = rig.create();
        a.set("k", 1);
        rig.service.settle();
        LoopbackLink link = rig.service.link();
        link.cut();
        Box<Container> late = new Box<>();
        Container.load(rig.services(link, ContainerServices.WRITER), rig.documentId, Rig.SCHEMA, late);
        rig.service.settle();
        assertThat(late.told()).isFalse();
        link.restore();
        rig.service.advance(5_000);
        assertThat(new Peer(link, late.value()).get("k")).isEqualTo(JsonValue.of(1));

        link.cut();
        Box<Container> never = new Box<>();
        Container.load(rig.services(link, ContainerServices.WRITER), rig.documentId, Rig.SCHEMA, never);
        rig.service.advance(60_000);
        assertThat(never.failure().retryable()).isTrue();
    }

    @Test
    void aBreakAtAnyMomentOfLoadingEndsInADocumentOrAFailure() {
        Peer a = rig.create();
        a.set("k", 1);
        rig.service.settle();
        for (int steps = 0; steps < 12; steps++) {
            LoopbackLink link = rig.service.link();
            Box<Container> box = new Box<>();
            Container.load(rig.services(link, ContainerServices.WRITER), rig.documentId, Rig.SCHEMA, box);
            for (int i = 0; i < steps; i++) {
                rig.service.step();
            }
            link.cut();
            rig.service.settle();
            link.restore();
            rig.service.advance(30_000);
            Peer b = new Peer(link, box.value());
            assertThat(b.container.connectionState()).isEqualTo(ConnectionState.CONNECTED);
            Rig.assertSame(a, b);
            b.container.dispose();
        }
    }

    @Test
    void channelsAreFoundByTheirPath() {
        Peer a = rig.create();
        assertThat(a.container.path(a.gauges())).isEqualTo("/A/_C");
        assertThat(a.container.channel("/A/_C", SharedMap.TYPE)).isSameAs(a.gauges());
        assertThat(a.container.channel("/rootDOId/_E", SharedCounter.TYPE)).isSameAs(a.sandbags());
    }

    @Test
    void aChannelAddedLaterReachesTheOthersAndALateClient() {
        Peer a = rig.create();
        Peer b = rig.join();
        SharedMap added = a.container.create(SharedMap.TYPE);
        String path = a.container.path(added);
        added.set("k", JsonValue.of(1));
        a.gauges().set("link", JsonValue.of(path));
        rig.service.settle();

        SharedMap atB = b.container.channel(path, SharedMap.TYPE);
        assertThat(atB.get("k")).isEqualTo(JsonValue.of(1));
        atB.set("k", JsonValue.of(2));
        rig.service.settle();
        assertThat(added.get("k")).isEqualTo(JsonValue.of(2));
        assertThat(rig.join().container.channel(path, SharedMap.TYPE).snapshot()).isEqualTo(added.snapshot());
        assertThat(b.events(ContainerEvent.ChannelAttached.class)).hasSize(1);
        // One turn, one message: the channel, its edit and the link to it.
        assertThat(rig.operations().get(0).metadata().text()).isEqualTo("{\"groupedOpCount\":3}");
    }

    @Test
    void aClosedContainerTakesNoEdits() {
        Peer a = rig.create();
        a.container.dispose();
        a.container.dispose();
        assertThat(a.container.connectionState()).isEqualTo(ConnectionState.CLOSED);
        assertThat(a.events(ContainerEvent.Closed.class)).hasSize(1);
        assertThatThrownBy(() -> a.set("k", 1)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> a.container.connect()).isInstanceOf(IllegalStateException.class);
        rig.service.advance(60_000);
        List<SequencedMessage> log = rig.service.log(rig.documentId);
        assertThat(log.get(log.size() - 1).type()).isIn(MessageType.LEAVE, MessageType.NO_CLIENT);
        assertThat(rig.timers.size()).isZero();
    }

    @Test
    void anApplicationThatThrowsWhileItListensStopsNothing() {
        Peer a = rig.create();
        Peer b = rig.join();
        RuntimeException mine = new RuntimeException("mine");
        b.gauges().subscribe(event -> {
            throw mine;
        });
        a.set("k", 1);
        a.set("l", 2);
        rig.service.settle();
        assertThat(b.events(ContainerEvent.ListenerFailed.class)).extracting(e -> e.failure()).contains(mine);
        Rig.assertSame(a, b);
    }
}
