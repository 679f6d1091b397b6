package dev.thalweg.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.platform.Answer;
import dev.thalweg.storage.SummaryBuilder;
import org.junit.jupiter.api.Test;

/** The service as the static demo runs it: deliveries made by a clock. */
class LoopbackAutomaticTest {
    private final LoopbackTimers clock = new LoopbackTimers();
    private final LoopbackService service = LoopbackService.automatic(clock, new LoopbackIds(2),
            LoopbackOptions.DEFAULT);
    private final LoopbackLink link = service.link();
    private final RecordingClient client = new RecordingClient(link.open("doc"));

    private void connect() {
        service.create("doc", new SummaryBuilder().text("content", "0").build(), new Answer<>());
        clock.advance(0);
        client.connect();
    }

    @Test
    void eachHopTakesTheLatencyOfTheLink() {
        link.latency(300, 0);
        connect();
        clock.advance(599);
        assertThat(client.heard).isEmpty();
        clock.advance(1);
        assertThat(client.heard).containsExactly("connected", "signal", "join 1");
        client.op("x");
        clock.advance(300);
        assertThat(service.sequenceNumber("doc")).isEqualTo(2);
        assertThat(client.last()).isEqualTo(1);
        clock.advance(300);
        assertThat(client.last()).isEqualTo(2);
    }

    @Test
    void jitterDoesNotReorder() {
        link.latency(10, 50);
        connect();
        clock.advance(200);
        for (int i = 0; i < 50; i++) {
            client.op("x");
            clock.advance(3);
        }
        clock.advance(200);
        assertThat(client.operations).hasSize(51);
        for (int i = 0; i < 51; i++) {
            assertThat(client.operations.get(i).sequenceNumber()).isEqualTo(i + 1);
        }
        assertThat(client.nacks).isEmpty();
    }

    @Test
    void pauseHoldsAndCutLosesWhatIsUnderWay() {
        link.latency(100, 0);
        connect();
        clock.advance(200);
        client.op("x");
        link.pause();
        clock.advance(1000);
        assertThat(service.sequenceNumber("doc")).isEqualTo(1);
        link.resume();
        clock.advance(0);
        assertThat(service.sequenceNumber("doc")).isEqualTo(2);
        link.cut();
        clock.advance(0);
        assertThat(client.heard).endsWith("join 1", "disconnected 0");
        assertThat(service.checkpoint("doc").writers()).isEmpty();
        link.restore();
        client.connect();
        clock.advance(200);
        assertThat(client.heard).endsWith("connected", "signal", "join 4");
    }

    @Test
    void stepsAreForServicesByHand() {
        assertThatThrownBy(() -> service.advance(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> link.latency(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
