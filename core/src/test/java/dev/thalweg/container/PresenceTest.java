package dev.thalweg.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.container.Rig.Peer;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.loopback.LoopbackOptions;
import dev.thalweg.protocol.MessageType;
import dev.thalweg.protocol.Scopes;
import dev.thalweg.sequencing.SequencerLimits;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Who is there, what they say beside the line, and what those do who only read or say nothing. */
class PresenceTest {
    private final Rig rig = new Rig();

    @Test
    void whoOnlyReadsSeesEverythingAndEditsNothing() {
        Peer a = rig.create();
        Peer reader = rig.join(ContainerServices.READER);
        a.set("k", 1);
        rig.service.settle();
        assertThat(reader.get("k")).isEqualTo(JsonValue.of(1));
        assertThat(reader.container.readOnly()).isTrue();
        assertThatThrownBy(() -> reader.set("k", 2)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("read-only");
        assertThat(reader.container.dirty()).isFalse();
        assertThat(a.container.quorum().members()).hasSize(1);
        assertThat(a.container.audience().members()).hasSize(2);

        reader.link.cut();
        a.set("k", 3);
        rig.service.settle();
        reader.link.restore();
        rig.service.advance(2_000);
        assertThat(reader.container.connectionState()).isEqualTo(ConnectionState.CONNECTED);
        assertThat(reader.get("k")).isEqualTo(JsonValue.of(3));
    }

    @Test
    void aTokenWithoutTheScopeMakesAReader() {
        Rig limited = new Rig(new LoopbackOptions(SequencerLimits.DEFAULT, List.of(Scopes.READ), 250));
        Peer a = limited.create();
        assertThat(a.container.connectionState()).isEqualTo(ConnectionState.CONNECTED);
        assertThat(a.container.readOnly()).isTrue();
        assertThatThrownBy(() -> a.set("k", 2)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anIdleClientLetsTheMinimumAdvance() {
        Peer a = rig.create();
        rig.join();
        a.set("k", 1);
        rig.service.settle();
        int edit = rig.service.sequenceNumber(rig.documentId);
        assertThat(rig.service.minimumSequenceNumber(rig.documentId)).isLessThan(edit);
        rig.service.advance(1_900);
        assertThat(rig.service.minimumSequenceNumber(rig.documentId)).isLessThan(edit);
        rig.service.advance(500);
        assertThat(rig.service.minimumSequenceNumber(rig.documentId)).isGreaterThanOrEqualTo(edit);
        assertThat(a.container.minimumSequenceNumber()).isGreaterThanOrEqualTo(edit);

        // And then there is silence.
        int last = rig.service.sequenceNumber(rig.documentId);
        rig.service.advance(600_000);
        assertThat(rig.service.sequenceNumber(rig.documentId)).isEqualTo(last);
    }

    @Test
    void manyOperationsAreAnsweredBeforeTheTimeIsUp() {
        Peer a = rig.create();
        rig.join();
        rig.service.advance(5_000);
        int before = rig.service.minimumSequenceNumber(rig.documentId);
        for (int i = 0; i < 60; i++) {
            a.set("k", i);
            rig.service.settle();
        }
        assertThat(rig.service.minimumSequenceNumber(rig.documentId)).isGreaterThan(before + 40);
        assertThat(rig.service.log(rig.documentId)).filteredOn(message -> message.type() == MessageType.NOOP)
                .hasSizeLessThan(6);
    }

    @Test
    void theAudienceFollowsConnectionsAndTheQuorumFollowsTheLine() {
        Peer a = rig.create();
        Peer b = rig.join();
        String id = Objects.requireNonNull(b.container.clientId());
        assertThat(a.container.audience().members()).containsOnlyKeys(a.container.clientId(), id);
        assertThat(b.container.audience().members()).containsOnlyKeys(a.container.clientId(), id);
        assertThat(a.container.quorum().members()).containsOnlyKeys(a.container.clientId(), id);
        assertThat(a.events(ContainerEvent.AudienceChanged.class)).hasSize(2);

        b.container.dispose();
        rig.service.settle();
        assertThat(a.container.audience().member(id)).isNull();
        assertThat(a.container.quorum().member(id)).isNull();
        assertThat(a.events(ContainerEvent.QuorumChanged.class)).extracting(ContainerEvent.QuorumChanged::present)
                .containsExactly(true, true, false);
        Peer late = rig.join();
        assertThat(late.container.quorum().members()).isEqualTo(a.container.quorum().members());
    }

    @Test
    void signalsReachEveryoneOrOne() {
        Peer a = rig.create();
        Peer b = rig.join();
        Peer c = rig.join(ContainerServices.READER);
        JsonValue content = JsonObject.of("x", JsonValue.of(1));
        a.container.signal("cursor", content);
        a.container.signal("whisper", content, Objects.requireNonNull(b.container.clientId()));
        rig.service.settle();
        assertThat(said(a)).containsExactly("cursor:true");
        assertThat(said(b)).containsExactly("cursor:false", "whisper:false");
        assertThat(said(c)).containsExactly("cursor:false");
        assertThat(b.events(ContainerEvent.SignalReceived.class).get(0).content()).isEqualTo(content);
        c.container.signal("from-reader", content);
        rig.service.settle();
        assertThat(said(a)).contains("from-reader:false");
    }

    @Test
    void aSignalThatCannotBeReadIsPassedOver() {
        Peer a = rig.create();
        Rig.Raw raw = rig.new Raw();
        for (String content : List.of("", "x", "{}", "[]", "{\"contents\":3}", "{\"contents\":{\"type\":3}}")) {
            raw.connection.signal(content, null);
        }
        rig.service.settle();
        assertThat(a.events(ContainerEvent.SignalReceived.class)).isEmpty();
        assertThat(a.container.connectionState()).isEqualTo(ConnectionState.CONNECTED);
    }

    @Test
    void aProposalIsAcceptedWhenEveryoneHasSeenIt() {
        Peer a = rig.create();
        Peer b = rig.join();
        a.container.propose("code", JsonValue.of("v2"));
        rig.service.settle();
        assertThat(b.container.quorum().value("code")).isNotEqualTo(JsonValue.of("v2"));
        rig.service.advance(10_000);
        assertThat(a.container.quorum().value("code")).isEqualTo(JsonValue.of("v2"));
        assertThat(b.container.quorum().value("code")).isEqualTo(JsonValue.of("v2"));
        assertThat(b.events(ContainerEvent.ProposalAccepted.class)).hasSize(1);
        assertThat(rig.join().container.quorum().value("code")).isEqualTo(JsonValue.of("v2"));
    }

    private static List<String> said(Peer peer) {
        return peer.events(ContainerEvent.SignalReceived.class).stream()
                .map(event -> event.type() + ":" + event.local()).toList();
    }
}
