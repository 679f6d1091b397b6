package dev.thalweg.dds.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.dds.RecordingHost;
import dev.thalweg.dds.claims.ClaimOutcome.Aborted;
import dev.thalweg.dds.claims.ClaimOutcome.Accepted;
import dev.thalweg.dds.claims.ClaimOutcome.AlreadyClaimed;
import dev.thalweg.dds.claims.ClaimOutcome.AlreadyPending;
import dev.thalweg.dds.claims.ClaimOutcome.Lost;
import dev.thalweg.dds.claims.ClaimOutcome.Unknown;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryBuilder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedClaimsTest {
    private static final JsonValue A = JsonValue.of("A");
    private static final JsonValue B = JsonValue.of("B");

    private final RecordingHost host = new RecordingHost();
    private final SharedClaims claims = SharedClaims.TYPE.create("stations", "a");
    private final List<ClaimOutcome> outcomes = new ArrayList<>();
    private final List<ClaimsEvent> events = new ArrayList<>();

    SharedClaimsTest() {
        claims.bind(host);
        claims.subscribe(events::add);
    }

    private static String claim(String key, String value, int reference) {
        return "{\"type\":\"claim\",\"key\":\"" + key + "\",\"value\":" + value + ",\"refSeq\":" + reference + "}";
    }

    @Test
    void aFreeKeyIsHeldOnceTheClaimIsSequencedAndNotBefore() throws Exception {
        claims.claim("gate", A, outcomes::add);
        assertThat(claims.holder("gate")).isNull();
        assertThat(claims.pending("gate")).isTrue();
        assertThat(claims.filed("gate")).isEqualTo(A);
        assertThat(outcomes).isEmpty();
        assertThat(host.sent).containsExactly(claim("gate", "\"A\"", 0));
        host.acknowledge(claims);
        assertThat(claims.holder("gate")).isEqualTo(A);
        assertThat(claims.pending("gate")).isFalse();
        assertThat(claims.filed("gate")).isNull();
        assertThat(outcomes).containsExactly(new Accepted(A));
        assertThat(events).containsExactly(new ClaimsEvent.Filed("gate", A),
                new ClaimsEvent.Claimed("gate", A, null, true));
    }

    @Test
    void theFirstClaimOnTheLineWinsAndTheOtherIsToldWhoHoldsIt() throws Exception {
        claims.claim("gate", A, outcomes::add);
        host.remote(claims, claim("gate", "\"B\"", 0));
        assertThat(claims.holder("gate")).isEqualTo(B);
        host.acknowledge(claims);
        assertThat(claims.holder("gate")).isEqualTo(B);
        assertThat(outcomes).containsExactly(new Lost(B));
        assertThat(events).last().isEqualTo(new ClaimsEvent.Lost("gate", A, B, true));
    }

    @Test
    void aKeyThatIsHeldIsRefusedAtOnce() throws Exception {
        host.remote(claims, claim("gate", "\"B\"", 0));
        claims.claim("gate", A, outcomes::add);
        assertThat(outcomes).containsExactly(new AlreadyClaimed(B));
        assertThat(host.sent).isEmpty();
    }

    @Test
    void oneClaimPerKeyIsOnItsWay() throws Exception {
        claims.claim("gate", A, outcomes::add);
        claims.claim("gate", B, outcomes::add);
        claims.release("gate", outcomes::add);
        assertThat(outcomes).containsExactly(new AlreadyPending(), new AlreadyPending());
        claims.claim("levee", A, outcomes::add);
        assertThat(host.sent).hasSize(2);
        host.remote(claims, claim("gate", "\"B\"", 0));
        claims.claim("gate", A, outcomes::add);
        assertThat(outcomes).last().isEqualTo(new AlreadyClaimed(B));
    }

    @Test
    void compareAndSetDisplacesTheHolderThatWasSeen() throws Exception {
        host.remote(claims, claim("gate", "\"B\"", 0));
        claims.compareAndSet("gate", A, outcomes::add);
        assertThat(host.sent).containsExactly(claim("gate", "\"A\"", 1));
        host.acknowledge(claims);
        assertThat(claims.holder("gate")).isEqualTo(A);
        assertThat(outcomes).containsExactly(new Accepted(A));
        assertThat(events).last().isEqualTo(new ClaimsEvent.Claimed("gate", A, B, true));
    }

    @Test
    void compareAndSetLosesWhenTheKeyChangedHandsEvenToTheSameHolder() throws Exception {
        host.remote(claims, claim("gate", "\"B\"", 0));
        claims.compareAndSet("gate", A, outcomes::add);
        host.remote(claims, claim("gate", "\"B\"", 1));
        host.acknowledge(claims);
        assertThat(claims.holder("gate")).isEqualTo(B);
        assertThat(outcomes).containsExactly(new Lost(B));
    }

    @Test
    void aReferenceMustBeTheHoldersExactly() throws Exception {
        host.remote(claims, claim("gate", "\"B\"", 0));
        host.remote(claims, claim("gate", "\"A\"", 0));
        host.remote(claims, claim("gate", "\"A\"", 2));
        assertThat(claims.holder("gate")).isEqualTo(B);
        assertThat(events).hasSize(3).last().isEqualTo(new ClaimsEvent.Lost("gate", A, B, false));
    }

    @Test
    void aReleasedKeyIsFreeAndForgotten() throws Exception {
        claims.claim("gate", A, outcomes::add);
        host.acknowledge(claims);
        claims.release("gate", outcomes::add);
        assertThat(claims.holder("gate")).isEqualTo(A);
        assertThat(claims.filed("gate")).isEqualTo(JsonNull.NULL);
        host.acknowledge(claims);
        assertThat(claims.holder("gate")).isNull();
        assertThat(claims.keys()).isEmpty();
        assertThat(outcomes).containsExactly(new Accepted(A), new Accepted(JsonNull.NULL));
        assertThat(events).last().isEqualTo(new ClaimsEvent.Released("gate", A, true));
        assertThat(claims.summarize().text("header")).isEqualTo("{\"claims\":[],\"version\":1}");
        host.remote(claims, claim("gate", "\"B\"", 0));
        assertThat(claims.holder("gate")).isEqualTo(B);
    }

    @Test
    void aClaimThatMeetsAReleaseGetsTheKey() throws Exception {
        host.remote(claims, claim("gate", "\"B\"", 0));
        claims.compareAndSet("gate", A, outcomes::add);
        host.remote(claims, claim("gate", "null", 1));
        assertThat(claims.holder("gate")).isNull();
        host.acknowledge(claims);
        assertThat(claims.holder("gate")).isEqualTo(A);
    }

    @Test
    void theReferenceAndTheOutcomeSurviveAReconnect() throws Exception {
        host.remote(claims, claim("gate", "\"B\"", 0));
        claims.compareAndSet("gate", A, outcomes::add);
        claims.resubmit(host.pending.removeFirst());
        assertThat(host.sent).hasSize(2).containsOnly(claim("gate", "\"A\"", 1));
        host.remote(claims, claim("gate", "\"C\"", 1));
        host.acknowledge(claims);
        assertThat(outcomes).containsExactly(new Lost(JsonValue.of("C")));
    }

    @Test
    void aRollbackAbortsTheClaim() {
        claims.claim("gate", A, outcomes::add);
        claims.claim("levee", A, outcomes::add);
        host.rollback(claims);
        assertThat(outcomes).containsExactly(new Aborted());
        assertThat(claims.pending("levee")).isFalse();
        assertThat(claims.pending("gate")).isTrue();
        assertThat(events).last().isEqualTo(new ClaimsEvent.Aborted("levee", A));
        claims.check();
    }

    @Test
    void whenTheChannelIsClosedEveryOpenOutcomeIsUnknownAndToldOnce() throws Exception {
        claims.claim("gate", A, outcomes::add);
        claims.claim("levee", A, outcomes::add);
        host.acknowledge(claims);
        claims.close("the dam broke");
        claims.close("the dam broke");
        assertThat(outcomes).containsExactly(new Accepted(A), new Unknown("the dam broke"));
        host.acknowledge(claims);
        assertThat(outcomes).hasSize(2);
        assertThat(claims.holder("levee")).isEqualTo(A);
    }

    @Test
    void anOutcomeThatThrowsKeepsNobodyFromHearingThatTheChannelIsClosed() {
        claims.claim("gate", A, outcome -> {
            throw new UnsupportedOperationException("mine");
        });
        claims.claim("levee", A, outcomes::add);
        assertThatThrownBy(() -> claims.close("disposed")).isInstanceOf(UnsupportedOperationException.class);
        assertThat(outcomes).containsExactly(new Unknown("disposed"));
    }

    @Test
    void anOutcomeMayAskAgainAtOnce() throws Exception {
        claims.claim("gate", A, outcome -> claims.compareAndSet("gate", A, outcomes::add));
        host.remote(claims, claim("gate", "\"B\"", 0));
        host.acknowledge(claims);
        host.acknowledge(claims);
        assertThat(claims.holder("gate")).isEqualTo(A);
        assertThat(outcomes).containsExactly(new Accepted(A));
    }

    @Test
    void anOutcomeThatThrowsDoesNotHideTheEvent() {
        claims.claim("gate", A, outcome -> {
            throw new UnsupportedOperationException("mine");
        });
        assertThatThrownBy(() -> host.acknowledge(claims)).isInstanceOf(UnsupportedOperationException.class);
        assertThat(claims.holder("gate")).isEqualTo(A);
        assertThat(events).last().isEqualTo(new ClaimsEvent.Claimed("gate", A, null, true));
    }

    @Test
    void beforeItIsAttachedAClaimIsSettledAtOnce() throws Exception {
        SharedClaims detached = SharedClaims.TYPE.create("stations", "a");
        RecordingHost nobody = RecordingHost.detached();
        detached.bind(nobody);
        detached.claim("pump", A, outcomes::add);
        assertThat(outcomes).containsExactly(new Accepted(A));
        assertThat(nobody.sent).isEmpty();
        assertThat(detached.summarize().text("header")).isEqualTo(
                "{\"claims\":[{\"key\":\"pump\",\"sequenceNumber\":0,\"value\":\"A\"}],\"version\":1}");
        SharedClaims loaded = SharedClaims.TYPE.load("stations", "b", detached.summarize());
        RecordingHost there = new RecordingHost();
        loaded.bind(there);
        loaded.compareAndSet("pump", B, outcomes::add);
        there.acknowledge(loaded);
        assertThat(loaded.holder("pump")).isEqualTo(B);
        assertThat(loaded.snapshot()).hasToString("{\"pump\":\"B\"}");
    }

    @Test
    void nullHoldsNothing() {
        assertThatThrownBy(() -> claims.claim("gate", JsonNull.NULL, outcomes::add))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("gate");
        assertThat(outcomes).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{\"type\":\"claim\",\"key\":\"k\",\"refSeq\":1}",
        "{\"type\":\"claim\",\"key\":\"k\",\"value\":1}",
        "{\"type\":\"claim\",\"key\":\"k\",\"value\":1,\"refSeq\":-1}",
        "{\"type\":\"claim\",\"key\":\"k\",\"value\":1,\"refSeq\":1.5}",
        "{\"type\":\"claim\",\"key\":7,\"value\":1,\"refSeq\":1}",
        "{\"type\":\"hold\",\"key\":\"k\",\"value\":1,\"refSeq\":1}"})
    void whatCannotBeReadChangesNothing(String contents) {
        assertThatThrownBy(() -> host.remote(claims, contents)).isInstanceOf(ProtocolException.class);
        assertThat(claims.keys()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"claims\":[{\"key\":\"k\",\"sequenceNumber\":0,\"value\":null}],\"version\":1}",
        "{\"claims\":[{\"key\":\"k\",\"sequenceNumber\":0,\"value\":1},{\"key\":\"k\",\"sequenceNumber\":0,\"value\":1}],\"version\":1}",
        "{\"claims\":[],\"version\":2}", "{\"version\":1}"})
    void aSummaryThatCannotBeIsRefused(String header) {
        assertThatThrownBy(() -> SharedClaims.TYPE.load("stations", "a",
                new SummaryBuilder().text("header", header).build())).isInstanceOf(ProtocolException.class);
    }
}
