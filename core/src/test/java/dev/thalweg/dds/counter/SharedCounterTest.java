package dev.thalweg.dds.counter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.dds.RecordingHost;
import dev.thalweg.dds.counter.CounterEvent.Incremented;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryBuilder;
import dev.thalweg.storage.SummaryNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedCounterTest {
    private final RecordingHost host = new RecordingHost();
    private final SharedCounter counter = SharedCounter.TYPE.create("counter", "r");
    private final List<CounterEvent> events = new ArrayList<>();

    SharedCounterTest() {
        counter.bind(host);
        counter.subscribe(events::add);
    }

    @Test
    void ownIncrementsShowAtOnceAndCountOnce() throws Exception {
        counter.increment(4);
        counter.increment(-1);
        assertThat(host.sent).containsExactly("{\"type\":\"increment\",\"incrementAmount\":4}",
                "{\"type\":\"increment\",\"incrementAmount\":-1}");
        assertThat(events).containsExactly(new Incremented(4, 4, true), new Incremented(-1, 3, true));
        assertThat(counter.sequencedValue()).isZero();
        assertThat(counter.pendingAmount()).isEqualTo(3);
        host.acknowledge(counter);
        host.remote(counter, "{\"type\":\"increment\",\"incrementAmount\":10}");
        assertThat(events).endsWith(new Incremented(10, 13, false)).hasSize(3);
        assertThat(counter.sequencedValue()).isEqualTo(14);
        host.acknowledge(counter);
        assertThat(counter.value()).isEqualTo(13).isEqualTo(counter.sequencedValue());
        counter.check();
    }

    @Test
    void rollbackTakesTheNewestBack() {
        counter.increment(5);
        counter.increment(2);
        host.rollback(counter);
        assertThat(events).endsWith(new Incremented(-2, 5, true));
        host.rollback(counter);
        assertThat(counter.value()).isZero();
        counter.check();
    }

    @Test
    void summaryHoldsOnlyWhatWasSequenced() throws Exception {
        counter.increment(7);
        host.acknowledge(counter);
        counter.increment(1);
        assertThat(counter.summarize().text("header")).isEqualTo("{\"value\":7}");
        assertThat(SharedCounter.TYPE.load("counter", "r2", counter.summarize()).value()).isEqualTo(7);
    }

    @Test
    void countsToTheEndOfExactNumbers() throws Exception {
        counter.increment(9007199254740991L);
        assertThat(counter.value()).isEqualTo(9007199254740991L);
        assertThatThrownBy(() -> counter.increment(9007199254740992L)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("9007199254740992");
        assertThat(host.sent).containsExactly("{\"type\":\"increment\",\"incrementAmount\":9007199254740991}");
    }

    @Test
    void refusesWhatItCannotRead() {
        for (String bad : List.of("null", "{}", "{\"type\":\"increment\"}",
                "{\"type\":\"increment\",\"incrementAmount\":1.5}",
                "{\"type\":\"increment\",\"incrementAmount\":1e300}",
                "{\"type\":\"increment\",\"incrementAmount\":\"1\"}",
                "{\"type\":\"decrement\",\"incrementAmount\":1}")) {
            assertThatThrownBy(() -> host.remote(counter, bad)).as(bad).isInstanceOf(ProtocolException.class);
        }
        assertThat(counter.value()).isZero();
        assertThatThrownBy(() -> SharedCounter.TYPE.load("counter", "r", SummaryNode.Tree.EMPTY))
                .isInstanceOf(ProtocolException.class).hasMessageContaining("header");
        assertThatThrownBy(() -> SharedCounter.TYPE.load("counter", "r",
                new SummaryBuilder().text("header", "{\"value\":\"1\"}").build()))
                .isInstanceOf(ProtocolException.class);
    }
}
