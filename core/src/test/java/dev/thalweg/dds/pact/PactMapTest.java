package dev.thalweg.dds.pact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.dds.RecordingHost;
import dev.thalweg.dds.pact.PactOutcome.Aborted;
import dev.thalweg.dds.pact.PactOutcome.Accepted;
import dev.thalweg.dds.pact.PactOutcome.Refused;
import dev.thalweg.dds.pact.PactOutcome.Unknown;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryBuilder;
import dev.thalweg.storage.SummaryNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PactMapTest {
    private static final String SELF = RecordingHost.SELF;
    private static final String OTHER = RecordingHost.OTHER;
    private static final JsonValue A = JsonValue.of("A");
    private static final JsonValue B = JsonValue.of("B");
    private static final String ACCEPT = "{\"type\":\"accept\",\"key\":\"tempo\"}";

    private final RecordingHost host = new RecordingHost();
    private final PactMap pacts = PactMap.TYPE.create("pacts", "a");
    private final List<PactOutcome> outcomes = new ArrayList<>();
    private final List<PactEvent> events = new ArrayList<>();

    PactMapTest() {
        pacts.bind(host);
        pacts.subscribe(events::add);
        host.join(SELF);
        host.join(OTHER);
        pacts.connectionChanged(true, SELF);
    }

    private static String set(String key, String value, int reference) {
        return "{\"type\":\"set\",\"key\":\"" + key + "\"," + (value.isEmpty() ? "" : "\"value\":" + value + ",")
                + "\"refSeq\":" + reference + "}";
    }

    @Test
    void aValueCountsWhenEverybodyWhoWasThereHasSignedItOff() throws Exception {
        pacts.set("tempo", A, outcomes::add);
        assertThat(host.sent).containsExactly(set("tempo", "\"A\"", 2));
        assertThat(pacts.isPending("tempo")).isFalse();
        host.acknowledge(pacts);
        assertThat(pacts.get("tempo")).isNull();
        assertThat(pacts.isPending("tempo")).isTrue();
        assertThat(pacts.getPending("tempo")).isEqualTo(A);
        assertThat(pacts.expectedSignoffs("tempo")).containsExactly(SELF, OTHER);
        assertThat(host.sent).hasSize(1);
        host.messageOver();
        assertThat(host.sent).last().isEqualTo(ACCEPT);
        host.join("late");
        host.remote(pacts, ACCEPT);
        assertThat(pacts.expectedSignoffs("tempo")).containsExactly(SELF);
        assertThat(outcomes).isEmpty();
        host.acknowledge(pacts);
        assertThat(pacts.get("tempo")).isEqualTo(A);
        assertThat(pacts.getWithDetails("tempo")).isEqualTo(new AcceptedPact(A, 6));
        assertThat(pacts.isPending("tempo")).isFalse();
        assertThat(outcomes).containsExactly(new Accepted());
        assertThat(events).containsExactly(new PactEvent.Pending("tempo", A, true),
                new PactEvent.SignedOff("tempo", OTHER, false), new PactEvent.SignedOff("tempo", SELF, true),
                new PactEvent.Accepted("tempo", A, null, true));
        pacts.check();
    }

    @Test
    void oneProposalStandsAtATimeAndTheFirstOnTheLineIsIt() throws Exception {
        pacts.set("tempo", A, outcomes::add);
        pacts.set("tempo", B, outcomes::add);
        host.remote(pacts, set("tempo", "\"B\"", 0));
        pacts.set("tempo", A, outcomes::add);
        assertThat(outcomes).containsExactly(new Refused());
        host.acknowledge(pacts);
        host.acknowledge(pacts);
        assertThat(outcomes).containsExactly(new Refused(), new Refused(), new Refused());
        assertThat(pacts.getPending("tempo")).isEqualTo(B);
        assertThat(events).hasSize(3).last().isEqualTo(new PactEvent.Refused("tempo", B));
    }

    @Test
    void aProposalOfWhoDidNotKnowWhatCountsFalls() throws Exception {
        host.remote(pacts, set("tempo", "\"B\"", 2));
        host.remote(pacts, ACCEPT);
        host.leave(pacts, SELF);
        assertThat(pacts.getWithDetails("tempo")).isEqualTo(new AcceptedPact(B, 5));
        host.remote(pacts, set("tempo", "1", 4));
        assertThat(pacts.isPending("tempo")).isFalse();
        host.remote(pacts, set("tempo", "1", 5));
        assertThat(pacts.isPending("tempo")).isTrue();
        assertThat(pacts.get("tempo")).isEqualTo(B);
    }

    @Test
    void deletingLeavesATombstone() throws Exception {
        pacts.delete("tempo", outcomes::add);
        assertThat(outcomes).containsExactly(new Accepted());
        assertThat(host.sent).isEmpty();
        host.leave(pacts, OTHER);
        pacts.set("tempo", JsonNull.NULL);
        host.acknowledge(pacts);
        host.messageOver();
        host.acknowledge(pacts);
        assertThat(pacts.get("tempo")).isEqualTo(JsonNull.NULL);
        pacts.delete("tempo", outcomes::add);
        assertThat(host.sent).last().isEqualTo(set("tempo", "", 5));
        host.acknowledge(pacts);
        assertThat(pacts.isPending("tempo")).isTrue();
        assertThat(pacts.getPending("tempo")).isNull();
        assertThat(pacts.summarize().text("header")).isEqualTo("[[\"tempo\",{\"accepted\":{\"value\":null,"
                + "\"sequenceNumber\":5},\"pending\":{\"expectedSignoffs\":[\"self\"]}}]]");
        host.messageOver();
        host.acknowledge(pacts);
        assertThat(outcomes).hasSize(2).last().isEqualTo(new Accepted());
        assertThat(pacts.get("tempo")).isNull();
        assertThat(pacts.getWithDetails("tempo")).isEqualTo(new AcceptedPact(null, 7));
        assertThat(pacts.keys()).containsExactly("tempo");
        pacts.delete("tempo", outcomes::add);
        assertThat(outcomes).hasSize(3);
        assertThat(pacts.summarize().text("header")).isEqualTo("[[\"tempo\",{\"accepted\":{\"sequenceNumber\":7}}]]");
    }

    @Test
    void aLeaveSettlesWhatWaitsForNobodyElseInTheOrderOfTheKeys() throws Exception {
        host.remote(pacts, set("tempo", "1", 2));
        host.remote(pacts, set("key", "2", 2));
        host.remote(pacts, set("bar", "3", 2));
        host.messageOver();
        host.acknowledge(pacts);
        host.acknowledge(pacts);
        events.clear();
        host.leave(pacts, OTHER);
        assertThat(host.changed).isTrue();
        assertThat(events).containsExactly(new PactEvent.SignedOff("tempo", OTHER, false),
                new PactEvent.Accepted("tempo", JsonValue.of(1), null, false),
                new PactEvent.SignedOff("key", OTHER, false),
                new PactEvent.Accepted("key", JsonValue.of(2), null, false),
                new PactEvent.SignedOff("bar", OTHER, false));
        assertThat(pacts.expectedSignoffs("bar")).containsExactly(SELF);
        pacts.check();
    }

    @Test
    void aConsentNobodyWaitsForIsPassedOver() throws Exception {
        host.remote(pacts, ACCEPT);
        host.remote(pacts, set("tempo", "1", 2));
        host.remote(pacts, ACCEPT, "stranger");
        host.remote(pacts, ACCEPT);
        host.remote(pacts, ACCEPT);
        assertThat(pacts.expectedSignoffs("tempo")).containsExactly(SELF);
        assertThat(events).hasSize(2);
    }

    @Test
    void aConsentIsGivenOnceAndNotSentAgain() throws Exception {
        host.remote(pacts, set("tempo", "1", 2));
        pacts.connectionChanged(true, SELF);
        assertThat(host.sent).containsExactly(ACCEPT);
        host.messageOver();
        assertThat(host.sent).hasSize(1);
        host.disconnect(pacts);
        host.leave(pacts, SELF);
        host.join("again");
        host.sent.clear();
        host.reconnect(pacts, "again");
        assertThat(host.sent).isEmpty();
        pacts.check();
    }

    @Test
    void whatIsProposedBetweenTheJoinAndTheConnectionIsSignedOffThen() throws Exception {
        host.disconnect(pacts);
        host.leave(pacts, SELF);
        host.join("again");
        host.remote(pacts, set("tempo", "1", 2));
        host.messageOver();
        assertThat(host.sent).isEmpty();
        host.reconnect(pacts, "again");
        assertThat(host.sent).containsExactly(ACCEPT);
    }

    @Test
    void aProposalIsSentAgainAsItWasUnlessItHasNoChance() throws Exception {
        host.disconnect(pacts);
        pacts.set("tempo", A, outcomes::add);
        pacts.set("key", A, outcomes::add);
        pacts.set("bar", A, outcomes::add);
        host.leave(pacts, SELF);
        host.remote(pacts, set("key", "1", 2));
        host.remote(pacts, set("bar", "1", 2));
        host.remote(pacts, "{\"type\":\"accept\",\"key\":\"bar\"}");
        host.sent.clear();
        host.join("again");
        host.reconnect(pacts, "again");
        assertThat(host.sent).containsExactly(set("tempo", "\"A\"", 2));
        assertThat(outcomes).containsExactly(new Refused(), new Refused());
        assertThat(host.pending).hasSize(1);
        pacts.check();
    }

    @Test
    void whatIsTakenBackIsAborted() {
        pacts.set("tempo", A, outcomes::add);
        pacts.set("tempo", B, outcomes::add);
        host.rollback(pacts);
        host.rollback(pacts);
        assertThat(outcomes).containsExactly(new Aborted(), new Aborted());
        assertThat(events).containsExactly(new PactEvent.Aborted("tempo", B), new PactEvent.Aborted("tempo", A));
        pacts.check();
    }

    @Test
    void aClosedChannelTellsEverybodyOnce() throws Exception {
        pacts.set("tempo", A, outcomes::add);
        host.acknowledge(pacts);
        pacts.set("key", A, outcomes::add);
        pacts.close("the container was disposed");
        host.acknowledge(pacts);
        assertThat(outcomes).containsExactly(new Unknown("the container was disposed"),
                new Unknown("the container was disposed"));
    }

    @Test
    void aloneWithTheDocumentAProposalCountsAtOnce() throws Exception {
        RecordingHost alone = RecordingHost.detached();
        PactMap map = PactMap.TYPE.create("pacts", "a");
        map.bind(alone);
        map.set("tempo", A, outcomes::add);
        map.set("tempo", B, outcomes::add);
        assertThat(outcomes).containsExactly(new Accepted(), new Accepted());
        assertThat(map.getWithDetails("tempo")).isEqualTo(new AcceptedPact(B, 0));
        alone.attach(map);
        assertThat(map.summarize().text("header"))
                .isEqualTo("[[\"tempo\",{\"accepted\":{\"value\":\"B\",\"sequenceNumber\":0}}]]");
    }

    @Test
    void aSummaryKeepsWhoseConsentIsMissing() throws Exception {
        host.remote(pacts, set("tempo", "{\"n\":1}", 2));
        SummaryNode.Tree summary = pacts.summarize();
        assertThat(summary.text("header")).isEqualTo(
                "[[\"tempo\",{\"pending\":{\"value\":{\"n\":1},\"expectedSignoffs\":[\"self\",\"other\"]}}]]");
        PactMap loaded = PactMap.TYPE.load("pacts", "b", summary);
        assertThat(loaded.snapshot()).isEqualTo(pacts.snapshot());
        assertThat(loaded.summarize()).isEqualTo(summary);
        RecordingHost place = new RecordingHost();
        loaded.bind(place);
        place.leave(loaded, SELF);
        place.leave(loaded, OTHER);
        assertThat(loaded.get("tempo")).isNotNull();
        loaded.check();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[1]", "[[\"a\"]]", "[[1,{}]]", "[[\"a\",{}]]", "[[\"a\",{\"accepted\":{}}]]",
        "[[\"a\",{\"pending\":{}}]]", "[[\"a\",{\"pending\":{\"expectedSignoffs\":[]}}]]",
        "[[\"a\",{\"pending\":{\"expectedSignoffs\":[1]}}]]",
        "[[\"a\",{\"accepted\":{\"sequenceNumber\":1}}],[\"a\",{\"accepted\":{\"sequenceNumber\":1}}]]"})
    void aSummaryThatIsNotOneIsRefused(String header) {
        SummaryNode.Tree summary = new SummaryBuilder().text("header", header).build();
        assertThatThrownBy(() -> PactMap.TYPE.load("pacts", "a", summary)).isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "{}", "{\"type\":\"set\"}", "{\"type\":\"set\",\"key\":\"a\",\"value\":1}",
        "{\"type\":\"set\",\"key\":\"a\",\"value\":1,\"refSeq\":-1}", "{\"type\":\"accept\",\"key\":1}",
        "{\"type\":\"veto\",\"key\":\"a\"}"})
    void anOperationThatIsNotOneIsRefusedAndChangesNothing(String contents) {
        assertThatThrownBy(() -> host.remote(pacts, contents)).isInstanceOf(ProtocolException.class);
        assertThat(pacts.keys()).isEmpty();
    }
}
