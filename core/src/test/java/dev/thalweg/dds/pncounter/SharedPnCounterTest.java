package dev.thalweg.dds.pncounter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.dds.RecordingHost;
import dev.thalweg.dds.pncounter.PnCounterEvent.Updated;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryBuilder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedPnCounterTest {
    private static final String OTHER_TAKES_30 = "{\"type\":\"update\",\"amount\":-30,"
            + "\"delta\":{\"n\":{\"b\":30},\"p\":{}}}";

    private final RecordingHost host = new RecordingHost();
    private final SharedPnCounter counter = SharedPnCounter.TYPE.create("balance", "a");
    private final List<PnCounterEvent> events = new ArrayList<>();

    SharedPnCounterTest() {
        counter.bind(host);
        counter.subscribe(events::add);
    }

    @Test
    void anOwnUpdateShowsAtOnceAndIsSequencedLater() throws Exception {
        counter.update(74);
        assertThat(counter.value()).isEqualTo(74);
        assertThat(counter.sequencedValue()).isZero();
        assertThat(host.sent)
                .containsExactly("{\"type\":\"update\",\"amount\":74,\"delta\":{\"n\":{},\"p\":{\"a\":74}}}");
        host.acknowledge(counter);
        assertThat(counter.sequencedValue()).isEqualTo(74);
        assertThat(counter.sequencedIncrements()).isEqualTo(74);
        assertThat(events).containsExactly(new Updated(74, 74, true));
    }

    @Test
    void bothSumsAreOnRecord() throws Exception {
        counter.update(74);
        host.acknowledge(counter);
        host.remote(counter, OTHER_TAKES_30);
        assertThat(counter.value()).isEqualTo(44);
        assertThat(counter.increments()).isEqualTo(74);
        assertThat(counter.decrements()).isEqualTo(30);
        assertThat(counter.sequencedDecrements()).isEqualTo(30);
        assertThat(counter.snapshot()).hasToString("{\"decrements\":30,\"increments\":74,\"value\":44}");
        assertThat(events).last().isEqualTo(new Updated(-30, 44, false));
    }

    @Test
    void whatComesTwiceCountsOnce() throws Exception {
        host.remote(counter, OTHER_TAKES_30);
        host.remote(counter, OTHER_TAKES_30);
        assertThat(counter.absorb(JsonValue.parse(OTHER_TAKES_30))).isFalse();
        assertThat(counter.value()).isEqualTo(-30);
        assertThat(events).hasSize(1);
    }

    @Test
    void anOperationThatComesAnotherWayIsTakenOnce() throws Exception {
        assertThat(counter.absorb(JsonValue.parse(OTHER_TAKES_30))).isTrue();
        host.remote(counter, OTHER_TAKES_30);
        assertThat(counter.sequencedValue()).isEqualTo(-30);
        assertThat(events).containsExactly(new Updated(-30, -30, false));
    }

    @Test
    void anOwnPendingOperationThatComesAnotherWayWaitsForItsAcknowledgement() throws Exception {
        counter.update(5);
        assertThat(counter.absorb(JsonValue.parse(host.sent.get(0)))).isFalse();
        assertThat(counter.sequencedValue()).isZero();
        host.rollback(counter);
        assertThat(counter.value()).isZero();
    }

    @Test
    void anAcknowledgementAfterAReconnectCountsOnce() throws Exception {
        counter.update(5);
        counter.resubmit(host.pending.removeFirst());
        assertThat(host.sent.get(1)).isEqualTo(host.sent.get(0));
        host.acknowledge(counter);
        // The first connection had got it through after all.
        host.remote(counter, host.sent.get(0));
        assertThat(counter.value()).isEqualTo(5);
    }

    @Test
    void rollbackTakesBackTheNewestAndNothingElse() throws Exception {
        counter.update(5);
        host.acknowledge(counter);
        counter.update(-3);
        counter.update(10);
        host.remote(counter, OTHER_TAKES_30);
        host.rollback(counter);
        assertThat(counter.value()).isEqualTo(-28);
        host.rollback(counter);
        assertThat(counter.value()).isEqualTo(-25);
        assertThat(counter.decrements()).isEqualTo(30);
        assertThat(events).last().isEqualTo(new Updated(3, -25, true));
        counter.check();
    }

    @Test
    void aSummaryHoldsWhatIsSequencedAndASecondClientGoesOnFromThere() throws Exception {
        counter.update(5);
        host.acknowledge(counter);
        counter.update(100);
        assertThat(counter.summarize().text("header"))
                .isEqualTo("{\"state\":{\"n\":{},\"p\":{\"a\":5}},\"version\":1}");
        SharedPnCounter loaded = SharedPnCounter.TYPE.load("balance", "b", counter.summarize());
        loaded.bind(new RecordingHost());
        loaded.update(1);
        assertThat(loaded.value()).isEqualTo(6);
        assertThat(loaded.sequencedValue()).isEqualTo(5);
    }

    @Test
    void beforeItIsAttachedAnUpdateIsStateAndNoOperation() {
        SharedPnCounter detached = SharedPnCounter.TYPE.create("balance", "a");
        RecordingHost nobody = RecordingHost.detached();
        detached.bind(nobody);
        detached.update(7);
        assertThat(nobody.sent).isEmpty();
        assertThat(detached.sequencedValue()).isEqualTo(7);
    }

    @Test
    void zeroIsNotSentAndTooMuchIsRefused() {
        counter.update(0);
        counter.update(9007199254740991L);
        assertThat(host.sent).hasSize(1);
        assertThatThrownBy(() -> counter.update(1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2^53 - 1");
        assertThatThrownBy(() -> counter.update(Long.MIN_VALUE)).isInstanceOf(IllegalArgumentException.class);
        assertThat(counter.value()).isEqualTo(9007199254740991L);
        counter.update(-1);
        assertThat(counter.value()).isEqualTo(9007199254740990L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "{}", "{\"type\":\"add\"}", "{\"type\":\"update\",\"amount\":1}",
        "{\"type\":\"update\",\"amount\":1.5,\"delta\":{\"n\":{},\"p\":{}}}",
        "{\"type\":\"update\",\"amount\":1,\"delta\":{\"n\":{},\"p\":{\"b\":-1}}}",
        "{\"type\":\"update\",\"amount\":1,\"delta\":{\"n\":{},\"p\":{\"b\":1e300}}}",
        "{\"type\":\"update\",\"amount\":1,\"delta\":\"{}\"}"})
    void whatCannotBeReadChangesNothing(String contents) {
        assertThatThrownBy(() -> host.remote(counter, contents)).isInstanceOf(ProtocolException.class);
        assertThat(counter.value()).isZero();
    }

    @Test
    void aSummaryOfAnotherVersionIsRefused() {
        String header = "{\"state\":{\"n\":{},\"p\":{}},\"version\":2}";
        assertThatThrownBy(() -> SharedPnCounter.TYPE.load("balance", "a",
                new SummaryBuilder().text("header", header).build())).isInstanceOf(ProtocolException.class)
                .hasMessageContaining("version");
        assertThatThrownBy(() -> SharedPnCounter.TYPE.load("balance", "a", new SummaryBuilder().build()))
                .isInstanceOf(ProtocolException.class).hasMessageContaining("header");
    }
}
