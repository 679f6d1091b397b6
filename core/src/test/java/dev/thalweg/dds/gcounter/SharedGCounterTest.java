package dev.thalweg.dds.gcounter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.dds.RecordingHost;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryBuilder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedGCounterTest {
    private static final String OTHER_ADDS_30 = "{\"type\":\"increment\",\"amount\":30,\"delta\":{\"b\":30}}";

    private final RecordingHost host = new RecordingHost();
    private final SharedGCounter counter = SharedGCounter.TYPE.create("counter", "a");
    private final List<GCounterEvent> events = new ArrayList<>();

    SharedGCounterTest() {
        counter.bind(host);
        counter.subscribe(events::add);
    }

    @Test
    void anOwnIncrementShowsAtOnceAndCountsOnce() throws Exception {
        counter.increment(5);
        assertThat(host.sent).containsExactly("{\"type\":\"increment\",\"amount\":5,\"delta\":{\"a\":5}}");
        assertThat(counter.value()).isEqualTo(5);
        assertThat(counter.sequencedValue()).isZero();
        host.acknowledge(counter);
        host.remote(counter, host.sent.get(0));
        host.remote(counter, OTHER_ADDS_30);
        assertThat(counter.absorb(JsonValue.parse(OTHER_ADDS_30))).isFalse();
        assertThat(counter.sequencedValue()).isEqualTo(35);
        assertThat(events).containsExactly(new GCounterEvent.Incremented(5, 5, true),
                new GCounterEvent.Incremented(30, 35, false));
        assertThat(counter.snapshot()).hasToString("35");
    }

    @Test
    void rollbackTakesBackTheNewestAndNothingElse() throws Exception {
        counter.increment(5);
        counter.increment(2);
        host.remote(counter, OTHER_ADDS_30);
        host.rollback(counter);
        assertThat(counter.value()).isEqualTo(35);
        assertThat(events).last().isEqualTo(new GCounterEvent.Incremented(-2, 35, true));
        counter.check();
    }

    @Test
    void aSecondClientGoesOnFromTheSummary() throws Exception {
        host.remote(counter, OTHER_ADDS_30);
        counter.increment(7);
        assertThat(counter.summarize().text("header")).isEqualTo("{\"state\":{\"b\":30},\"version\":1}");
        SharedGCounter loaded = SharedGCounter.TYPE.load("counter", "c", counter.summarize());
        loaded.bind(RecordingHost.detached());
        loaded.increment(1);
        assertThat(loaded.sequencedValue()).isEqualTo(31);
        assertThat(loaded.absorb(JsonValue.parse(host.sent.get(0)))).isTrue();
        assertThat(loaded.value()).isEqualTo(38);
    }

    @Test
    void nothingIsNotSentAndTooMuchIsRefused() {
        counter.increment(0);
        assertThat(host.sent).isEmpty();
        assertThatThrownBy(() -> counter.increment(-1)).isInstanceOf(IllegalArgumentException.class);
        counter.increment(9007199254740991L);
        assertThatThrownBy(() -> counter.increment(1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2^53 - 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1",
        "{}",
        "{\"type\":\"add\",\"amount\":1,\"delta\":{\"b\":1}}",
        "{\"type\":\"increment\",\"amount\":0,\"delta\":{\"b\":1}}",
        "{\"type\":\"increment\",\"amount\":1.5,\"delta\":{\"b\":1}}",
        "{\"type\":\"increment\",\"amount\":1,\"delta\":{\"b\":-1}}",
        "{\"type\":\"increment\",\"amount\":1,\"delta\":[]}",
        "{\"type\":\"increment\",\"amount\":1}"})
    void whatCannotBeReadChangesNothing(String contents) {
        String before = counter.summarize().toString();
        assertThatThrownBy(() -> host.remote(counter, contents)).isInstanceOf(ProtocolException.class);
        assertThat(counter.summarize()).hasToString(before);
        assertThat(events).isEmpty();
    }

    @Test
    void aSummaryOfAnotherVersionIsRefused() {
        assertThatThrownBy(() -> SharedGCounter.TYPE.load("counter", "a",
                new SummaryBuilder().text("header", "{\"state\":{},\"version\":2}").build()))
                .isInstanceOf(ProtocolException.class).hasMessageContaining("version");
        assertThatThrownBy(() -> SharedGCounter.TYPE.load("counter", "a", new SummaryBuilder().build()))
                .isInstanceOf(ProtocolException.class).hasMessageContaining("G-counter").hasMessageContaining("header");
    }
}
