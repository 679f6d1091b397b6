package dev.thalweg.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.json.JsonLimits;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.JsonWriter;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.json.RawJson;
import dev.thalweg.protocol.Client;
import dev.thalweg.protocol.ConnectError;
import dev.thalweg.protocol.ConnectRequest;
import dev.thalweg.protocol.Connected;
import dev.thalweg.protocol.ConnectionMode;
import dev.thalweg.protocol.DocumentMessage;
import dev.thalweg.protocol.MessageType;
import dev.thalweg.protocol.Nack;
import dev.thalweg.protocol.Scopes;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.protocol.ServiceConfiguration;
import dev.thalweg.protocol.Signal;
import dev.thalweg.protocol.TokenClaims;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What one side spells, the other reads; and what is spelled has the characters of captured frames. */
class FramesTest {
    private static final JsonObject USER = JsonObject.of("id", JsonValue.of("u"));
    private static final Client CLIENT = new Client(ConnectionMode.WRITE, true, null, "test", USER, List.of());

    @Test
    void aClientsFramesAreReadByTheServer() {
        SocketIoServerSession server = new SocketIoServerSession("s", SocketIoTiming.DEFAULT, 0);
        server.received("40", 0);
        ConnectRequest request = new ConnectRequest("t", "d", "a.b.c", CLIENT, ConnectionMode.READ,
                ConnectRequest.VERSIONS, true);
        assertThat(server.received(ClientFrames.connectDocument(request), 1))
                .containsExactly(new SessionStep.Deliver<>(new ClientEvent.Connect(request)));
        List<DocumentMessage> batch = List.of(
                new DocumentMessage(1, 0, MessageType.OP, new RawJson("\"{}\""), new RawJson("{\"batch\":true}"), null),
                new DocumentMessage(2, 0, MessageType.NOOP, null, null, "lz4"));
        assertThat(server.received(ClientFrames.submit("c", batch), 2))
                .containsExactly(new SessionStep.Deliver<>(new ClientEvent.Submit("c", batch)));
        assertThat(server.received(ClientFrames.signal("c", "hi", "you", true), 3))
                .containsExactly(new SessionStep.Deliver<>(new ClientEvent.Signals("c",
                        List.of(new ClientEvent.SubmittedSignal("hi", "you")))));
        assertThat(ClientFrames.signal("c", "hi", null, false)).isEqualTo("42[\"submitSignal\",\"c\",[\"hi\"]]");
        assertThatThrownBy(() -> ClientFrames.signal("c", "hi", "you", false)).hasMessageContaining("you");
        assertThat(server.received(ClientFrames.ping(17), 4)).containsExactly(new SessionStep.Send<>("4317[]"));
    }

    @Test
    void aSubmissionHasTheCharactersOfTheStockClient() {
        DocumentMessage message = new DocumentMessage(1, 2, MessageType.OP, new RawJson("\"{\\\"n\\\":1}\""), null,
                null);
        assertThat(ClientFrames.submit("299b8cc9", List.of(message))).isEqualTo(
                "42[\"submitOp\",\"299b8cc9\",[[{\"contents\":\"{\\\"n\\\":1}\",\"referenceSequenceNumber\":2,"
                        + "\"type\":\"op\",\"clientSequenceNumber\":1}]]]");
    }

    @Test
    void aServersFramesAreReadByTheClient() throws ProtocolException {
        SequencedMessage message = new SequencedMessage("c", 3, 1, 1, 2, MessageType.OP, new RawJson("\"{}\""),
                new RawJson("{}"), null, null, 1795198255649d);
        Connected connected = new Connected("c", new TokenClaims("d", "t", Scopes.ALL, USER, 1, 2),
                ConnectionMode.WRITE,
                16384, ServiceConfiguration.DEFAULT, List.of(new Connected.Member("c", CLIENT)), List.of(message),
                List.of(Signal.join("c", CLIENT)), "^0.4.0", true, 1795198255598d);
        assertThat(read(ServerFrames.connectSuccess(connected))).isEqualTo(new ServerEvent.Success(connected));
        ConnectError error = new ConnectError(429, "busy", 3);
        assertThat(read(ServerFrames.connectError(error))).isEqualTo(new ServerEvent.Refused(error));
        assertThat(read(ServerFrames.operations("d", List.of(message, message))))
                .isEqualTo(new ServerEvent.Operations("d", List.of(message, message)));
        Nack nack = new Nack(4, 413, Nack.Type.BAD_REQUEST, "too large", 1, null);
        assertThat(read(ServerFrames.nack("", List.of(nack)))).isEqualTo(new ServerEvent.Nacks("", List.of(nack)));
        Signal signal = new Signal("c", "{}", "e");
        assertThat(read(ServerFrames.signal(signal))).isEqualTo(new ServerEvent.Signalled(signal));
    }

    @Test
    void operationsThatAreSpelledAlreadyMakeTheSameFrame() {
        SequencedMessage message = new SequencedMessage(null, 1, 0, -1, -1, MessageType.JOIN, null, null, null,
                new RawJson("\"{}\""), 1);
        JsonWriter writer = new JsonWriter();
        message.write(writer);
        assertThat(ServerFrames.spelledOperations("d", List.of(writer.toString(), writer.toString())))
                .isEqualTo(ServerFrames.operations("d", List.of(message, message)))
                .startsWith("42[\"op\",\"d\",[{\"clientId\":null,\"clientSequenceNumber\":-1,\"contents\":null,"
                        + "\"minimumSequenceNumber\":0,\"referenceSequenceNumber\":-1,\"sequenceNumber\":1,");
    }

    private static ServerEvent read(String frame) {
        SocketIoClientSession client = new SocketIoClientSession(JsonLimits.DEFAULT);
        client.received(new EngineIoPacket.Open("s", SocketIoTiming.DEFAULT).write(), 0);
        client.received("40{\"sid\":\"t\"}", 0);
        List<SessionStep<ServerEvent>> steps = client.received(frame, 0);
        assertThat(steps).hasSize(1);
        return ((SessionStep.Deliver<ServerEvent>) steps.get(0)).event();
    }
}
