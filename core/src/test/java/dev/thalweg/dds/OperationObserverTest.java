package dev.thalweg.dds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.dds.counter.CounterOperation;
import dev.thalweg.dds.counter.SharedCounter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OperationObserverTest {
    private final RecordingHost host = new RecordingHost();
    private final SharedCounter counter = SharedCounter.TYPE.create("counter", "r");
    private final List<Object> events = new ArrayList<>();

    OperationObserverTest() {
        counter.bind(host);
        counter.subscribe(events::add);
    }

    /** The one who follows operations fails with everything that comes back. */
    private static final class Failing implements OperationObserver<CounterOperation> {
        @Override
        public void making(CounterOperation operation) {}

        @Override
        public void sequenced(CounterOperation operation, String clientId, boolean own) {
            throw new UnsupportedOperationException("sequenced");
        }

        @Override
        public void rolledBack(CounterOperation operation) {
            throw new UnsupportedOperationException("rolled back");
        }
    }

    @Test
    void whatFailsInAnObserverKeepsNoListenerFromHearing() {
        counter.observe(new Failing());
        assertThatThrownBy(() -> host.remote(counter, "{\"type\":\"increment\",\"incrementAmount\":2}"))
                .isInstanceOf(UnsupportedOperationException.class).hasMessage("sequenced");
        assertThat(counter.value()).isEqualTo(2);
        assertThat(events).hasSize(1);
        counter.increment(1);
        assertThatThrownBy(() -> host.rollback(counter)).hasMessage("rolled back");
        assertThat(counter.value()).isEqualTo(2);
        assertThat(events).hasSize(3);
    }
}
