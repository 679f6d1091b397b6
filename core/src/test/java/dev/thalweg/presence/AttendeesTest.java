package dev.thalweg.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.container.ChannelTypes;
import dev.thalweg.container.Container;
import dev.thalweg.container.ContainerEvent;
import dev.thalweg.container.ContainerSchema;
import dev.thalweg.container.ContainerServices;
import dev.thalweg.dds.counter.SharedCounter;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.loopback.LoopbackIds;
import dev.thalweg.loopback.LoopbackLink;
import dev.thalweg.loopback.LoopbackOptions;
import dev.thalweg.loopback.LoopbackService;
import dev.thalweg.loopback.LoopbackTimers;
import dev.thalweg.platform.Answer;
import dev.thalweg.schema.Codec;
import dev.thalweg.schema.Codecs;
import dev.thalweg.schema.Reading.Absent;
import dev.thalweg.schema.Reading.Decoded;
import dev.thalweg.schema.Reading.NotDecoded;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AttendeesTest {
    private static final ContainerSchema SCHEMA = ContainerSchema.builder().object("counter", SharedCounter.TYPE)
            .build();
    private static final Codec<Integer> NUMBER = Codecs.integer(0, 1_000);

    private final LoopbackTimers timers = new LoopbackTimers();
    private final LoopbackIds ids = new LoopbackIds(1);
    private final LoopbackService service = new LoopbackService(timers, ids, LoopbackOptions.DEFAULT);
    private final Person ada;
    private final Person bob;
    private final String documentId;

    /** Somebody at the document. */
    private final class Person {
        final LoopbackLink link;
        final Container container;
        final Presence presence;
        final Latest<Integer> cursor;
        final LatestMap<Integer> marks;
        final List<PresenceEvent> events = new ArrayList<>();

        Person(LoopbackLink link, Container container) {
            this.link = link;
            this.container = container;
            presence = Presence.of(container, timers, ids);
            Workspace workspace = presence.workspace("app");
            cursor = workspace.latest("cursor", NUMBER);
            marks = workspace.latestMap("marks", NUMBER, 5_000);
            presence.subscribe(events::add);
            settle();
        }

        Attendee sees(Person other) {
            return Objects.requireNonNull(presence.attendee(other.presence.myself()));
        }
    }

    AttendeesTest() {
        LoopbackLink link = service.link();
        Container container = Container.create(services(link), SCHEMA);
        Answer<String> id = new Answer<>();
        container.attach(id);
        service.settle();
        documentId = id.get();
        ada = new Person(link, container);
        bob = join();
    }

    @Test
    void othersSeeTheLatest() {
        ada.cursor.set(1);
        ada.cursor.set(2);
        ada.marks.set("x", 3);
        assertThat(ada.cursor.local()).isEqualTo(new Decoded<>(2));
        int before = bob.events.size();
        settle();
        Attendee seen = bob.sees(ada);
        assertThat(seen.status()).isEqualTo(Attendee.Status.CONNECTED);
        assertThat(seen.clientId()).isEqualTo(ada.container.clientId());
        assertThat(bob.cursor.remote(seen)).isEqualTo(new Decoded<>(2));
        assertThat(bob.marks.remote(seen, "x")).isEqualTo(new Decoded<>(3));
        assertThat(bob.marks.keys(seen)).containsExactly("x");
        assertThat(bob.events.subList(before, bob.events.size())).containsExactly(
                new PresenceEvent.ValueChanged(seen, "app", "cursor", ""),
                new PresenceEvent.ValueChanged(seen, "app", "marks", "x"));
        ada.marks.delete("x");
        ada.cursor.clear();
        settle();
        assertThat(bob.marks.keys(seen)).isEmpty();
        assertThat(bob.cursor.remote(seen)).isEqualTo(new Absent<Integer>());
        assertThat(ada.marks.keys()).isEmpty();
        assertThat(ada.presence.attendees()).hasSize(1);
    }

    @Test
    void aLateJoinerIsTold() {
        ada.cursor.set(7);
        bob.cursor.set(8);
        settle();
        Person late = join();
        assertThat(late.cursor.remote(late.sees(ada))).isEqualTo(new Decoded<>(7));
        assertThat(late.cursor.remote(late.sees(bob))).isEqualTo(new Decoded<>(8));
        assertThat(ada.sees(late).status()).isEqualTo(Attendee.Status.CONNECTED);
        assertThat(late.events).contains(new PresenceEvent.AttendeeConnected(late.sees(ada)));
    }

    @Test
    void valuesExpire() {
        ada.marks.set("x", 1);
        settle();
        service.advance(3_000);
        ada.marks.set("y", 2);
        settle();
        Person late = join();
        assertThat(late.marks.keys(late.sees(ada))).containsExactlyInAnyOrder("x", "y");
        service.advance(2_500);
        assertThat(bob.marks.keys(bob.sees(ada))).containsExactly("y");
        assertThat(late.marks.keys(late.sees(ada))).as("only what was left of its time").containsExactly("y");
        assertThat(bob.events).last().isEqualTo(new PresenceEvent.ValueChanged(bob.sees(ada), "app", "marks", "x"));
        service.advance(5_000);
        assertThat(join().presence.attendees()).hasSize(3);
        assertThat(bob.marks.keys(bob.sees(ada))).isEmpty();
    }

    @Test
    void whoComesBackIsTheSame() {
        ada.cursor.set(1);
        settle();
        Attendee seen = bob.sees(ada);
        ada.container.disconnect();
        service.settle();
        assertThat(seen.status()).isEqualTo(Attendee.Status.DISCONNECTED);
        assertThat(bob.events).last().isEqualTo(new PresenceEvent.AttendeeDisconnected(seen));
        assertThat(bob.cursor.remote(seen)).isEqualTo(new Decoded<>(1));
        ada.cursor.set(2);
        bob.cursor.set(3);
        settle();
        ada.container.connect();
        settle();
        assertThat(bob.sees(ada)).isSameAs(seen);
        assertThat(seen.status()).isEqualTo(Attendee.Status.CONNECTED);
        assertThat(bob.cursor.remote(seen)).isEqualTo(new Decoded<>(2));
        assertThat(ada.cursor.remote(ada.sees(bob))).isEqualTo(new Decoded<>(3));
        service.advance(Presence.FORGET_MILLIS);
        assertThat(bob.presence.attendees()).containsExactly(seen);
    }

    @Test
    void whoDoesNotComeBackIsForgotten() {
        Attendee seen = bob.sees(ada);
        ada.presence.dispose();
        service.settle();
        assertThat(seen.status()).isEqualTo(Attendee.Status.DISCONNECTED);
        service.advance(Presence.FORGET_MILLIS - 1);
        assertThat(bob.presence.attendees()).containsExactly(seen);
        service.advance(2);
        assertThat(bob.presence.attendees()).isEmpty();
        assertThat(bob.events).last().isEqualTo(new PresenceEvent.AttendeeForgotten(seen));
        assertThatThrownBy(() -> ada.cursor.set(1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void oneConnectionThatSpeaksForManyLeavesNobodyBehind() throws ProtocolException {
        for (String id : List.of("x", "y", "z")) {
            ada.container.signal(PresenceMessage.TYPE, JsonValue.parse(value(id, "1", "1")));
        }
        service.settle();
        assertThat(bob.presence.attendees()).hasSize(4);
        ada.container.dispose();
        service.settle();
        assertThat(bob.presence.attendees()).hasSize(4).extracting(Attendee::status)
                .containsOnly(Attendee.Status.DISCONNECTED);
        service.advance(Presence.FORGET_MILLIS + 1);
        assertThat(bob.presence.attendees()).isEmpty();
    }

    @Test
    void keysThatAreNotUsedAnyMoreTakeNoRoom() {
        LatestMap<Integer> lasting = ada.presence.workspace("app").latestMap("lasting", NUMBER);
        lasting.set("stays", 0);
        for (int i = 0; i < 2 * Presence.MOST_VALUES; i++) {
            lasting.set("key" + i, 1);
            ada.marks.set("key" + i, 1);
            lasting.delete("key" + i);
            if (i % 300 == 0) {
                settle();
            }
            if (i % 900 == 0) {
                service.advance(5_000);
            }
        }
        lasting.set("key7", 2);
        service.advance(5_000);
        settle();
        LatestMap<Integer> seen = bob.presence.workspace("app").latestMap("lasting", NUMBER);
        assertThat(seen.keys(bob.sees(ada))).containsExactlyInAnyOrder("stays", "key7");
        assertThat(bob.marks.keys(bob.sees(ada))).isEmpty();
        for (int i = 2; i < Presence.MOST_VALUES; i++) {
            lasting.set("full" + i, 3);
        }
        assertThatThrownBy(() -> lasting.set("more", 3)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("1000");
        settle();
        assertThat(seen.keys(bob.sees(ada))).hasSize(Presence.MOST_VALUES);
    }

    @Test
    void whatWasTakenOutMeanwhileIsGoneAfterAReconnect() {
        ada.cursor.set(1);
        ada.marks.set("x", 1);
        settle();
        ada.container.disconnect();
        ada.cursor.clear();
        settle();
        List<String> said = new ArrayList<>();
        bob.container.subscribe(event -> {
            if (event instanceof ContainerEvent.SignalReceived signal) {
                said.add(signal.content().toJson());
            }
        });
        ada.cursor.set(2);
        ada.cursor.clear();
        ada.container.connect();
        settle();
        assertThat(bob.cursor.remote(bob.sees(ada))).isEqualTo(new Absent<Integer>());
        assertThat(bob.marks.keys(bob.sees(ada))).containsExactly("x");
        assertThat(said).singleElement().asString().contains("\"hello\"");
    }

    @Test
    void whatCannotBeReadIsPassedOver() throws ProtocolException {
        int before = bob.events.size();
        String id = ada.presence.myself();
        for (String content : List.of("1", "{}", "{\"kind\":\"dance\",\"attendee\":\"a\"}",
                "{\"kind\":\"update\",\"attendee\":\"\"}",
                "{\"kind\":\"update\",\"attendee\":\"" + "a".repeat(257) + "\"}",
                "{\"kind\":\"update\",\"attendee\":\"a\",\"values\":[1]}",
                value(id, "0", "1"), value(id, "1.5", "1"), value(id, "\"1\"", "1"))) {
            ada.container.signal(PresenceMessage.TYPE, JsonValue.parse(content));
        }
        // Somebody who is connected by another connection.
        ada.container.signal(PresenceMessage.TYPE, JsonValue.parse(value(bob.presence.myself(), "9", "1")));
        service.settle();
        assertThat(bob.events).hasSize(before);
        ada.container.signal(PresenceMessage.TYPE, JsonValue.parse(value(id, "5", "\"odd\"")));
        ada.container.signal(PresenceMessage.TYPE, JsonValue.parse(value(id, "4", "1")));
        service.settle();
        assertThat(bob.cursor.remote(bob.sees(ada)))
                .isEqualTo(new NotDecoded<Integer>(JsonValue.of("odd"), "value must be a number, was string"));
    }

    @Test
    void misuseIsSaid() {
        assertThatThrownBy(() -> ada.presence.workspace("")).hasMessageContaining("was 0");
        assertThatThrownBy(() -> ada.marks.set("", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ada.cursor.set(1_001)).hasMessageContaining("was 1001");
        Latest<String> text = ada.presence.workspace("app").latest("text", Codecs.STRING);
        assertThatThrownBy(() -> text.set("a".repeat(Presence.MAX_VALUE))).hasMessageContaining("at most");
        assertThatThrownBy(() -> ada.presence.workspace("app").latest("x", NUMBER, -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String value(String attendee, String revision, String value) {
        return "{\"kind\":\"update\",\"attendee\":\"" + attendee + "\",\"values\":[{\"workspace\":\"app\","
                + "\"name\":\"cursor\",\"revision\":" + revision + ",\"value\":" + value + "}]}";
    }

    private Person join() {
        LoopbackLink link = service.link();
        Answer<Container> container = new Answer<>();
        Container.load(services(link), documentId, SCHEMA, container);
        service.settle();
        return new Person(link, container.get());
    }

    private void settle() {
        service.settle();
        service.advance(Presence.LATENCY_MILLIS);
        service.settle();
    }

    private ContainerServices services(LoopbackLink link) {
        return new ContainerServices(link, timers, ids, ChannelTypes.of());
    }
}
