package dev.thalweg.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.driver.ManualMachine.Line;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.json.RawJson;
import dev.thalweg.platform.Failure;
import dev.thalweg.protocol.Client;
import dev.thalweg.protocol.ConnectError;
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
import dev.thalweg.wire.ServerFrames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class SocketIoConnectionTest {
    private static final String OPEN = "0{\"sid\":\"s\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000}";
    private static final JsonObject USER = JsonObject.of("id", JsonValue.of("u"));
    private static final Client CLIENT = new Client(ConnectionMode.WRITE, true, null, "test", USER, List.of());

    private final ManualMachine machine = new ManualMachine();
    private final List<TokenProvider.Request> asked = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private final List<Failure> ends = new ArrayList<>();
    private TokenProvider tokens = (request, outcome) -> {
        asked.add(request);
        outcome.succeeded("token" + asked.size());
    };

    @Test
    void itJoinsAndPassesOnWhatComes() throws ProtocolException {
        DeltaConnection connection = connect(ConnectionMode.WRITE, false);
        assertThat(machine.lines).isEmpty();
        Line line = handshake();
        assertThat(line.url)
                .isEqualTo("ws://host/socket.io/?documentId=a%20doc&tenantId=t&EIO=4&transport=websocket");
        assertThat(line.sent.get(1)).startsWith("42[\"connect_document\",").contains("\"id\":\"a doc\"",
                "\"token\":\"token1\"", "\"tenantId\":\"t\"", "\"mode\":\"write\"");
        connection.submit(List.of(op(1)));
        line.listener.received(ServerFrames.connectSuccess(connected(ConnectionMode.WRITE)));
        line.listener.received(ServerFrames.operations("a doc", List.of(message(1), message(2))));
        line.listener.received(ServerFrames.signal(new Signal("x", "hi", null)));
        line.listener.received(ServerFrames.nack("", List.of(Nack.badRequest("no", -1, null))));
        line.listener.received("2");
        connection.submit(List.of(op(1), op(2)));
        connection.submit(List.of());
        connection.signal("{}", "y");
        assertThat(heard).containsExactly("connected c1", "operations 1 2", "signal hi", "nack no");
        assertThat(line.sent.subList(2, line.sent.size())).containsExactly("3",
                "42[\"submitOp\",\"c1\",[[{\"contents\":\"x\",\"referenceSequenceNumber\":0,\"type\":\"op\","
                        + "\"clientSequenceNumber\":1},{\"contents\":\"x\",\"referenceSequenceNumber\":0,\"type\":\"op\","
                        + "\"clientSequenceNumber\":2}]]]",
                "42[\"submitSignal\",\"c1\",[{\"content\":\"{}\",\"targetClientId\":\"y\"}]]");
    }

    @Test
    void whatComesBeforeTheAnswerIsToldAfterIt() throws ProtocolException {
        connect(ConnectionMode.WRITE, false);
        Line line = handshake();
        line.listener.received(ServerFrames.signal(new Signal(null, "join", null)));
        line.listener.received(ServerFrames.operations("a doc", List.of(message(1))));
        assertThat(heard).isEmpty();
        line.listener.received(ServerFrames.connectSuccess(connected(ConnectionMode.WRITE)));
        assertThat(heard).containsExactly("connected c1", "signal join", "operations 1");
    }

    @Test
    void aReaderSubmitsNothing() throws ProtocolException {
        DeltaConnection connection = connect(ConnectionMode.READ, false);
        Line line = handshake();
        line.listener.received(ServerFrames.connectSuccess(connected(ConnectionMode.READ)));
        connection.submit(List.of(op(1)));
        connection.signal("s", null);
        assertThat(line.sent).hasSize(3).last().asString().contains("submitSignal");
    }

    @Test
    void closingSaysGoodbyeOnceAndNothingFollows() throws ProtocolException {
        DeltaConnection connection = connect(ConnectionMode.WRITE, false);
        Line line = handshake();
        line.listener.received(ServerFrames.connectSuccess(connected(ConnectionMode.WRITE)));
        connection.close();
        connection.close();
        line.listener.received(ServerFrames.operations("a doc", List.of(message(1))));
        line.listener.closed(1000, "");
        machine.pass(1e7);
        assertThat(line.sent).last().isEqualTo("41");
        assertThat(line.closed).isTrue();
        assertThat(heard).containsExactly("connected c1");
        assertThat(ends).containsExactly(Failure.passing(0, "closed by this client"));
        assertThat(machine.alarms()).isZero();
    }

    @Test
    void closingBeforeAnythingHappenedOpensNoSocket() {
        DeltaConnection connection = connect(ConnectionMode.WRITE, false);
        connection.close();
        machine.pass(100_000);
        assertThat(machine.lines).isEmpty();
        assertThat(asked).isEmpty();
        assertThat(ends).hasSize(1);
    }

    @Test
    void aServiceThatDoesNotAnswerIsGivenUpWithWhatWasMissing() {
        connect(ConnectionMode.WRITE, false);
        machine.pass(15_000);
        assertThat(only().message()).contains("ws://host", "the socket");
        assertThat(only().retryable()).isTrue();
        ends.clear();
        connect(ConnectionMode.WRITE, false);
        handshake();
        machine.pass(14_999);
        assertThat(ends).isEmpty();
        machine.pass(1);
        assertThat(only().message()).contains("connect_document", "no such document");
        assertThat(machine.lines.get(1).closed).isTrue();
    }

    @Test
    void silenceEndsTheConnectionWhenThePingIsOverdue() throws ProtocolException {
        connect(ConnectionMode.WRITE, false);
        Line line = handshake();
        line.listener.received(ServerFrames.connectSuccess(connected(ConnectionMode.WRITE)));
        for (int i = 0; i < 10; i++) {
            machine.pass(25_000);
            line.listener.received("2");
        }
        machine.pass(44_999);
        assertThat(ends).isEmpty();
        machine.pass(1);
        assertThat(only()).isEqualTo(Failure.passing(0, "ws://host: the server was silent for 45000 ms"));
        assertThat(line.closed).isTrue();
    }

    @Test
    void aClosedSocketSaysHowFarItHadCome() throws ProtocolException {
        connect(ConnectionMode.WRITE, false);
        machine.pass(0);
        machine.lines.get(0).listener.closed(1006, "refused");
        assertThat(only().message())
                .isEqualTo("the connection to ws://host was closed while waiting for the socket, code 1006: refused");
        ends.clear();
        connect(ConnectionMode.WRITE, false);
        Line line = handshake();
        line.listener.received(ServerFrames.connectSuccess(connected(ConnectionMode.WRITE)));
        line.listener.closed(1001, "");
        assertThat(only().message()).isEqualTo("the connection to ws://host was closed, code 1001");
    }

    @Test
    void refusalsKeepTheirCodeAndSayWhetherToTryAgain() {
        for (ConnectError error : List.of(new ConnectError(401, "Invalid token"), new ConnectError(403, "not yours"),
                new ConnectError(404, "no document"), new ConnectError(429, "busy", 2.5),
                new ConnectError(503, "starting"))) {
            connect(ConnectionMode.WRITE, false);
            handshake().listener.received(ServerFrames.connectError(error));
        }
        assertThat(ends).extracting(Failure::code).containsExactly(401, 403, 404, 429, 503);
        assertThat(ends).extracting(Failure::retryable).containsExactly(true, false, false, true, true);
        assertThat(ends.get(3).retryAfterMillis()).isEqualTo(2_500);
        assertThat(ends.get(1).message()).isEqualTo("ws://host refused document a doc: not yours");
    }

    @Test
    void framesThatCannotBeReadEndTheConnection() {
        connect(ConnectionMode.WRITE, false);
        handshake().listener.received("42[\"op\",5]");
        assertThat(only().message()).contains("op:");
    }

    @Test
    void aBatchThatTheServiceWouldNotTakeIsNotSent() throws ProtocolException {
        DeltaConnection connection = connect(ConnectionMode.WRITE, false);
        Line line = handshake();
        line.listener.received(ServerFrames.connectSuccess(connected(ConnectionMode.WRITE)));
        int sent = line.sent.size();
        RawJson contents = new RawJson("\"" + "é".repeat(500) + "\"");
        connection.submit(List.of(new DocumentMessage(1, 0, MessageType.OP, contents, null, null)));
        assertThat(only().code()).isEqualTo(413);
        assertThat(only().retryable()).isFalse();
        assertThat(line.sent.subList(sent, line.sent.size())).isEmpty();
    }

    @Test
    void aTokenIsKeptUntilItIsRefusedOrAboutToExpire() {
        DocumentService document = service();
        open(document, false);
        open(document, false);
        assertThat(asked).containsExactly(new TokenProvider.Request("t", "a doc", false));
        open(document, true);
        assertThat(asked).hasSize(2).last().isEqualTo(new TokenProvider.Request("t", "a doc", true));
        double expires = Math.floor(machine.now() / 1000) + 100;
        String claims = Base64.getUrlEncoder().withoutPadding()
                .encodeToString(("{\"exp\":" + (long) expires + "}").getBytes(StandardCharsets.UTF_8));
        tokens = (request, outcome) -> {
            asked.add(request);
            outcome.succeeded("e30." + claims + ".x");
        };
        DocumentService other = service();
        open(other, false);
        machine.pass(60_000);
        open(other, false);
        assertThat(asked).hasSize(3);
        machine.pass(11_000);
        open(other, false);
        assertThat(asked).hasSize(4).last().extracting(TokenProvider.Request::refresh).isEqualTo(true);
    }

    @Test
    void withoutATokenThereIsNoConnection() {
        tokens = (request, outcome) -> outcome.failed(Failure.permanent(403, "not logged in"));
        connect(ConnectionMode.WRITE, false);
        machine.pass(0);
        assertThat(only()).isEqualTo(Failure.permanent(403, "not logged in"));
        assertThat(machine.lines).isEmpty();
    }

    private void open(DocumentService document, boolean refresh) {
        document.connect(new ConnectionRequest(CLIENT, ConnectionMode.WRITE, refresh), new Recorder()).signal("", null);
        machine.pass(0);
    }

    private DocumentService service() {
        return new SocketIoServiceFactory(machine.platform(),
                new ServiceEndpoint("http://host/", "http://host", "ws://host/", "t"),
                (request, outcome) -> tokens.token(request, outcome)).open("a doc");
    }

    private DeltaConnection connect(ConnectionMode mode, boolean refresh) {
        return service().connect(new ConnectionRequest(CLIENT, mode, refresh), new Recorder());
    }

    /** Speaks for the server until the client has asked for the document. */
    private Line handshake() {
        machine.pass(0);
        Line line = machine.lines.get(machine.lines.size() - 1);
        line.listener.opened();
        line.listener.received(OPEN);
        line.listener.received("40{\"sid\":\"x\"}");
        return line;
    }

    private Failure only() {
        assertThat(ends).hasSize(1);
        return ends.get(0);
    }

    private static Connected connected(ConnectionMode mode) {
        return new Connected("c1", new TokenClaims("a doc", "t", Scopes.ALL, USER, 1, 2), mode, 16384,
                ServiceConfiguration.DEFAULT, List.of(), List.of(), List.of(), "^0.4.0", true, 5);
    }

    private static DocumentMessage op(int csn) {
        return new DocumentMessage(csn, 0, MessageType.OP, new RawJson("\"x\""), null, null);
    }

    private static SequencedMessage message(int sn) {
        return new SequencedMessage("c1", sn, 0, sn, 0, MessageType.OP, new RawJson("\"x\""), null, null, null, 1);
    }

    private final class Recorder implements DeltaListener {
        @Override
        public void connected(Connected value) {
            heard.add("connected " + value.clientId());
        }

        @Override
        public void operations(List<SequencedMessage> messages) {
            StringBuilder text = new StringBuilder("operations");
            messages.forEach(message -> text.append(' ').append(message.sequenceNumber()));
            heard.add(text.toString());
        }

        @Override
        public void nacked(List<Nack> nacks) {
            heard.add("nack " + nacks.get(0).message());
        }

        @Override
        public void signalled(Signal signal) {
            heard.add("signal " + signal.content());
        }

        @Override
        public void disconnected(Failure failure) {
            ends.add(failure);
        }
    }
}
