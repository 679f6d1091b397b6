package dev.thalweg.web.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.loopback.LoopbackIds;
import dev.thalweg.loopback.LoopbackTimers;
import dev.thalweg.platform.TextSocket;
import dev.thalweg.protocol.DocumentMessage;
import dev.thalweg.protocol.SequencedMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Frames are held back in order; a cut loses what is on the way and lets nothing new through. */
class LinkConditionerTest {
    private final LoopbackTimers clock = new LoopbackTimers();
    private final Link link = new Link(clock, new LoopbackIds(3));
    private final Wire wire = new Wire();
    private final Heard heard = new Heard();
    private final Seen seen = new Seen();
    private final LinkConditioner conditioner = new LinkConditioner(wire, link, seen);

    @Test
    void withoutDelayEverythingPassesAtOnce() {
        TextSocket socket = conditioner.open("ws://x", heard);
        wire.listener.opened();
        socket.send(submit(1));
        wire.listener.received(operation(1));
        assertThat(wire.sent).containsExactly(submit(1));
        assertThat(heard.log).containsExactly("opened", operation(1));
    }

    @Test
    void operationsAreHeldBackForTheLatencyEachWay() {
        link.latency(300);
        TextSocket socket = conditioner.open("ws://x", heard);
        socket.send(submit(1));
        wire.listener.received(operation(1));
        clock.advance(299);
        assertThat(wire.sent).isEmpty();
        assertThat(heard.log).isEmpty();
        assertThat(link.travellingUp()).isEqualTo(1);
        assertThat(link.travellingDown()).isEqualTo(1);
        clock.advance(1);
        assertThat(wire.sent).containsExactly(submit(1));
        assertThat(heard.log).containsExactly(operation(1));
        assertThat(link.travellingUp() + link.travellingDown()).isZero();
        assertThat(seen.log).containsExactly("submitted 1 in 300", "sequenced 1 in 300");
    }

    @Test
    void theBeginningOfAConnectionIsNotDelayed() {
        link.latency(2000);
        TextSocket socket = conditioner.open("ws://x", heard);
        wire.listener.opened();
        wire.listener.received("0{\"sid\":\"1\"}");
        socket.send("40");
        assertThat(heard.log).containsExactly("opened", "0{\"sid\":\"1\"}");
        assertThat(wire.sent).containsExactly("40");
    }

    @Test
    void nothingOvertakesWhenTheLatencyFalls() {
        link.latency(1000);
        TextSocket socket = conditioner.open("ws://x", heard);
        socket.send(submit(1));
        clock.advance(100);
        link.latency(0);
        socket.send(submit(2));
        socket.send("2probe");
        clock.advance(899);
        assertThat(wire.sent).isEmpty();
        clock.advance(1);
        assertThat(wire.sent).containsExactly(submit(1), submit(2), "2probe");
    }

    @Test
    void jitterVariesDelaysAndKeepsTheOrder() {
        link.latency(200);
        link.jitter(true);
        TextSocket socket = conditioner.open("ws://x", heard);
        List<String> frames = new ArrayList<>();
        for (int i = 1; i <= 50; i++) {
            frames.add(submit(i));
            socket.send(submit(i));
            clock.advance(10);
        }
        clock.advance(300);
        assertThat(wire.sent).isEqualTo(frames);
        assertThat(seen.log).doesNotHaveDuplicates().hasSize(50);
    }

    @Test
    void aCutClosesTheSocketAndLosesWhatIsOnTheWay() {
        link.latency(300);
        TextSocket socket = conditioner.open("ws://x", heard);
        wire.listener.opened();
        socket.send(submit(1));
        wire.listener.received(operation(1));
        link.cut();
        clock.advance(1000);
        assertThat(wire.closed).isTrue();
        assertThat(wire.sent).isEmpty();
        assertThat(heard.log).containsExactly("opened", "closed 1006");
        assertThat(link.travellingUp() + link.travellingDown()).isZero();
        socket.send(submit(2));
        wire.listener.received(operation(2));
        wire.listener.closed(1000, "");
        clock.advance(1000);
        assertThat(wire.sent).isEmpty();
        assertThat(heard.log).containsExactly("opened", "closed 1006");
    }

    @Test
    void aCutLinkRefusesNewSocketsUntilItIsRestored() {
        link.cut();
        conditioner.open("ws://x", heard);
        assertThat(heard.log).isEmpty();
        clock.advance(0);
        assertThat(heard.log).containsExactly("closed 1006");
        assertThat(wire.opened).isZero();
        link.restore();
        conditioner.open("ws://x", heard);
        assertThat(wire.opened).isEqualTo(1);
    }

    @Test
    void theEndOfAConnectionComesAfterWhatWasSentBeforeIt() {
        link.latency(100);
        conditioner.open("ws://x", heard);
        wire.listener.received(operation(1));
        wire.listener.closed(1001, "going away");
        assertThat(heard.log).isEmpty();
        clock.advance(100);
        assertThat(heard.log).containsExactly(operation(1), "closed 1001");
    }

    @Test
    void frameThatCannotBeReadPassesAsItIs() {
        link.latency(100);
        TextSocket socket = conditioner.open("ws://x", heard);
        socket.send("42[\"submitOp\",\"c\",[[{\"type\":");
        assertThat(wire.sent).containsExactly("42[\"submitOp\",\"c\",[[{\"type\":");
    }

    private static String submit(int csn) {
        return "42[\"submitOp\",\"c\",[[{\"clientSequenceNumber\":" + csn
                + ",\"referenceSequenceNumber\":0,\"type\":\"op\",\"contents\":\"{}\"}]]]";
    }

    private static String operation(int sn) {
        return "42[\"op\",\"doc\",[{\"clientId\":\"c\",\"clientSequenceNumber\":" + sn
                + ",\"contents\":\"{}\",\"minimumSequenceNumber\":0,\"referenceSequenceNumber\":0,\"sequenceNumber\":"
                + sn + ",\"timestamp\":1,\"type\":\"op\"}]]";
    }

    /** The network: keeps what was sent. */
    private static final class Wire implements TextSocket.Factory, TextSocket {
        final List<String> sent = new ArrayList<>();
        TextSocket.Listener listener;
        boolean closed;
        int opened;

        @Override
        public TextSocket open(String url, TextSocket.Listener to) {
            opened++;
            listener = to;
            return this;
        }

        @Override
        public void send(String text) {
            sent.add(text);
        }

        @Override
        public int buffered() {
            return 0;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static final class Heard implements TextSocket.Listener {
        final List<String> log = new ArrayList<>();

        @Override
        public void opened() {
            log.add("opened");
        }

        @Override
        public void received(String text) {
            log.add(text);
        }

        @Override
        public void closed(int code, String reason) {
            log.add("closed " + code);
        }
    }

    private static final class Seen implements LinkObserver {
        final List<String> log = new ArrayList<>();

        @Override
        public void submitted(List<DocumentMessage> messages, String frame, double travelMillis) {
            messages.forEach(message -> log.add("submitted " + message.clientSequenceNumber() + " in "
                    + Math.round(travelMillis)));
        }

        @Override
        public void sequenced(List<SequencedMessage> messages, String frame, double travelMillis) {
            messages.forEach(message -> log.add("sequenced " + message.sequenceNumber() + " in "
                    + Math.round(travelMillis)));
        }
    }
}
