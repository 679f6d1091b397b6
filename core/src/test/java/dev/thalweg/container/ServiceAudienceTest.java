package dev.thalweg.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.container.Rig.Peer;
import dev.thalweg.container.ServiceAudience.Event;
import dev.thalweg.dds.counter.SharedCounter;
import dev.thalweg.dds.map.SharedMap;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.protocol.Client;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Containers in Fluid's words. */
class ServiceAudienceTest {
    private final Rig rig = new Rig();

    @Test
    void membersHaveConnections() {
        Peer a = rig.create();
        ServiceAudience audience = ServiceAudience.of(a.container);
        List<Event> events = new ArrayList<>();
        audience.subscribe(events::add);
        Client bo = ContainerServices.WRITER.granted(
                JsonObject.builder().put("id", "bo").put("name", "Bo").build(), List.of());
        Peer first = rig.join(bo);
        Peer second = rig.join(bo);
        rig.join(Rig.SUMMARIZER);
        ServiceAudience.Member member = Objects.requireNonNull(audience.members().get("bo"));
        assertThat(member.name()).isEqualTo("Bo");
        assertThat(member.connections()).extracting(ServiceAudience.Connection::clientId)
                .containsExactly(first.container.clientId(), second.container.clientId());
        assertThat(audience.members()).hasSize(2);
        assertThat(Objects.requireNonNull(audience.myself()).connections()).hasSize(1);
        first.container.dispose();
        second.container.dispose();
        rig.service.settle();
        assertThat(audience.members()).doesNotContainKey("bo");
        assertThat(events).hasSize(4).element(1).isEqualTo(
                new Event.MemberAdded(member.connections().get(1).clientId(), member));
        assertThat(events.get(3)).isInstanceOfSatisfying(Event.MemberRemoved.class,
                gone -> assertThat(gone.member().connections()).isEmpty());
        audience.dispose();
        rig.join(bo);
        assertThat(events).hasSize(4);
    }

    @Test
    void theWayToTheService() {
        Container container = Container.create(rig.services(rig.service.link(), ContainerServices.WRITER), Rig.SCHEMA);
        assertThat(container.attachState()).isEqualTo(AttachState.DETACHED);
        container.attach(new Rig.Box<>());
        assertThat(container.attachState()).isEqualTo(AttachState.ATTACHING);
        rig.service.settle();
        assertThat(container.attachState()).isEqualTo(AttachState.ATTACHED);
        assertThat(container.initialObjects()).containsOnlyKeys("gauges", "sandbags")
                .containsValue(container.object("gauges", SharedMap.TYPE));
        assertThat(container.create(SharedCounter.TYPE).value()).isZero();
        assertThat(container.disposed()).isFalse();
        container.dispose();
        assertThat(container.disposed()).isTrue();
        assertThatThrownBy(() -> container.runTransaction((Runnable) () -> {}))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void transactionsHaveNumbersAndResults() {
        Peer a = rig.create();
        assertThat(a.container.transaction()).isZero();
        int first = a.container.runTransaction(() -> {
            int outer = a.container.transaction();
            assertThat(a.container.<Integer>runTransaction(a.container::transaction)).isEqualTo(outer);
            a.gauges().set("a", JsonValue.of(1));
            return outer;
        });
        int second = a.container.runTransaction(a.container::transaction);
        assertThat(first).isPositive();
        assertThat(second).isPositive().isNotEqualTo(first);
        assertThat(a.container.transaction()).isZero();
        assertThatThrownBy(() -> a.container.runTransaction((Runnable) () -> {
            a.gauges().set("a", JsonValue.of(2));
            throw new IllegalStateException("no");
        })).hasMessage("no");
        assertThat(a.get("a")).isEqualTo(JsonValue.of(1));
        assertThat(a.container.transaction()).isZero();
    }
}
