package dev.thalweg.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.json.JsonLimits;
import dev.thalweg.json.RawJson;
import dev.thalweg.protocol.ConnectError;
import dev.thalweg.protocol.MessageType;
import dev.thalweg.protocol.Nack;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.protocol.Signal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketIoClientSessionTest {
    private static final String OPEN = "0{\"sid\":\"s\",\"upgrades\":[],\"pingInterval\":250,\"pingTimeout\":200,\"maxPayload\":1000}";

    private final SocketIoClientSession session = new SocketIoClientSession(JsonLimits.DEFAULT);

    @Test
    void theHandshakeEndsInReady() {
        assertThat(session.deadline()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(session.received(OPEN, 10)).containsExactly(new SessionStep.Send<>("40"));
        assertThat(session.timing()).isEqualTo(new SocketIoTiming(250, 200, 1000));
        assertThat(session.received("40{\"sid\":\"t\"}", 20))
                .containsExactly(new SessionStep.Deliver<>(new ServerEvent.Ready()));
    }

    @Test
    void pingsAreAnsweredAndSilenceEndsTheConnection() {
        enter();
        assertThat(session.received("2", 1_000)).containsExactly(new SessionStep.Send<>("3"));
        assertThat(session.received("2probe", 1_000)).containsExactly(new SessionStep.Send<>("3probe"));
        assertThat(session.deadline()).isEqualTo(1_450);
        assertThat(session.tick(1_449)).isEmpty();
        assertThat(session.tick(1_450))
                .containsExactly(new SessionStep.Close<>(false, "the server was silent for 450 ms"));
        assertThat(session.received("2", 1_451)).isEmpty();
    }

    @Test
    void theServersEventsAreRead() {
        enter();
        assertThat(
                only("42[\"op\",\"doc\",[{\"clientId\":\"c\",\"clientSequenceNumber\":1,\"contents\":\"{\\\"n\\\":1}\","
                        + "\"minimumSequenceNumber\":1,\"referenceSequenceNumber\":1,\"sequenceNumber\":2,"
                        + "\"timestamp\":1795199257933,\"type\":\"op\",\"expHash1\":\"593b6ee8\"},{\"clientId\":null,"
                        + "\"clientSequenceNumber\":-1,\"contents\":null,\"minimumSequenceNumber\":1,"
                        + "\"referenceSequenceNumber\":-1,\"sequenceNumber\":3,\"timestamp\":1,\"traces\":[],\"type\":\"leave\","
                        + "\"data\":\"\\\"c\\\"\"}]]"))
                .isEqualTo(new ServerEvent.Operations("doc", List.of(
                        new SequencedMessage("c", 2, 1, 1, 1, MessageType.OP, new RawJson("\"{\\\"n\\\":1}\""), null,
                                null,
                                null, 1795199257933d),
                        new SequencedMessage(null, 3, 1, -1, -1, MessageType.LEAVE, null, null, null,
                                new RawJson("\"\\\"c\\\"\""), 1))));
        assertThat(only("42[\"signal\",{\"clientId\":null,\"content\":\"{}\"}]"))
                .isEqualTo(new ServerEvent.Signalled(new Signal(null, "{}", null)));
        assertThat(only("42[\"connect_document_error\",{\"code\":401,\"message\":\"Invalid token\"}]"))
                .isEqualTo(new ServerEvent.Refused(new ConnectError(401, "Invalid token")));
        assertThat(only("42[\"pong\",5]")).isEqualTo(new ServerEvent.Unknown("pong"));
        assertThat(only("430[]")).isEqualTo(new ServerEvent.Acknowledged(0));
    }

    @Test
    void nacksOfTheFrontEndAndOfTheSequencerAreRead() {
        enter();
        assertThat(
                only("42[\"nack\",\"\",[{\"sequenceNumber\":-1,\"content\":{\"code\":400,\"type\":\"BadRequestError\","
                        + "\"message\":\"Readonly client\"}}]]"))
                .isEqualTo(new ServerEvent.Nacks("", List.of(Nack.badRequest("Readonly client", -1, null))));
        assertThat(only("42[\"nack\",\"doc\",[{\"content\":{\"code\":429,\"type\":\"ThrottlingError\","
                + "\"message\":\"slow down\",\"retryAfter\":2.5},\"operation\":{\"clientSequenceNumber\":9,"
                + "\"contents\":\"{}\",\"referenceSequenceNumber\":3,\"type\":\"op\"},\"sequenceNumber\":1}]]"))
                .isEqualTo(new ServerEvent.Nacks("doc",
                        List.of(new Nack(1, 429, Nack.Type.THROTTLING, "slow down", 2.5, null))));
    }

    @Test
    void theServerMayEndItInSeveralWays() {
        for (String frame : List.of("1", "41", "44{\"message\":\"no\"}", "44\"no\"")) {
            SocketIoClientSession one = new SocketIoClientSession(JsonLimits.DEFAULT);
            one.received(OPEN, 0);
            assertThat(one.received(frame, 0)).singleElement()
                    .isInstanceOfSatisfying(SessionStep.Close.class, it -> assertThat(it.orderly()).isTrue());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "9", "42[\"op\",\"doc\"]", "42[\"op\",\"doc\",[{}]]", "42[\"op\",\"doc\",[",
        "42[\"signal\"]",
        "42[\"signal\",{}]", "42[\"nack\",\"d\",[{}]]", "42[\"connect_document_success\",{}]", "43[]", "4x", "b==",
        "0{\"sid\":\"s\",\"pingInterval\":250,\"pingTimeout\":200}"})
    void whatCannotBeReadEndsTheConnectionWithAReason(String frame) {
        enter();
        assertThat(session.received(frame, 50)).singleElement()
                .isInstanceOfSatisfying(SessionStep.Close.class, it -> {
                    assertThat(it.orderly()).isFalse();
                    assertThat(it.reason()).isNotEmpty();
                });
    }

    @Test
    void aMessageBeforeTheOpeningEndsTheConnection() {
        assertThat(session.received("40{\"sid\":\"t\"}", 0)).singleElement().isInstanceOf(SessionStep.Close.class);
    }

    private void enter() {
        session.received(OPEN, 10);
        session.received("40{\"sid\":\"t\"}", 20);
    }

    private ServerEvent only(String frame) {
        List<SessionStep<ServerEvent>> steps = session.received(frame, 30);
        assertThat(steps).hasSize(1);
        return ((SessionStep.Deliver<ServerEvent>) steps.get(0)).event();
    }
}
