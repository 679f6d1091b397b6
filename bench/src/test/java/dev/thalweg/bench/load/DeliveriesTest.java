package dev.thalweg.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.json.JsonLimits;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.json.RawJson;
import dev.thalweg.protocol.DocumentMessage;
import dev.thalweg.protocol.MessageType;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.wire.ClientFrames;
import dev.thalweg.wire.ServerFrames;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DeliveriesTest {
    private static final RawJson CONTENTS = RawJson.of(JsonValue.of("{\"sequenceNumber\":99,\"clientId\":\"no\"}"));

    @Test
    void readsWhatAServiceBroadcasts() throws ProtocolException {
        String frame = ServerFrames.operations("doc",
                List.of(new SequencedMessage("a", 7, 5, 3, 6, MessageType.OP, CONTENTS, null, null, null, 1),
                        new SequencedMessage(null, 8, 5, -1, -1, MessageType.NOOP, null, null, null, null, 1)));

        assertThat(Deliveries.in(frame)).isTrue();
        assertThat(read(frame)).containsExactly("a 3 7", "null -1 8");
    }

    @Test
    void readsWhatAnEchoSendsBack() throws ProtocolException {
        String frame = ClientFrames.submit("b",
                List.of(new DocumentMessage(4, 0, MessageType.OP, CONTENTS, null, null),
                        new DocumentMessage(5, 0, MessageType.OP, CONTENTS, null, null)));

        assertThat(Deliveries.in(frame)).isTrue();
        assertThat(read(frame)).containsExactly("b 4 -1", "b 5 -1");
    }

    @Test
    void leavesOtherFramesAlone() {
        assertThat(Deliveries.in("42[\"signal\",{}]")).isFalse();
        assertThat(Deliveries.in("2")).isFalse();
    }

    private static List<String> read(String frame) throws ProtocolException {
        List<String> read = new ArrayList<>();
        Deliveries.visit(frame, JsonLimits.DEFAULT, (client, csn, sn) -> read.add(client + " " + csn + " " + sn));
        return read;
    }
}
