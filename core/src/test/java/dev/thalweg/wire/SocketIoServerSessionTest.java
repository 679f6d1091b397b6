package dev.thalweg.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.json.RawJson;
import dev.thalweg.protocol.ConnectionMode;
import dev.thalweg.protocol.DocumentMessage;
import dev.thalweg.protocol.MessageType;
import dev.thalweg.wire.ClientEvent.Kind;
import dev.thalweg.wire.ClientEvent.SubmittedSignal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketIoServerSessionTest {
    private static final String CONNECT = "42[\"connect_document\",{\"client\":{\"details\":{\"capabilities\":"
            + "{\"interactive\":true},\"environment\":\"; loaderVersion:2.111.0\"},\"permission\":[],\"scopes\":[],"
            + "\"user\":{\"id\":\"\"},\"mode\":\"write\"},\"id\":\"doc\",\"mode\":\"write\",\"tenantId\":"
            + "\"tinylicious\",\"token\":\"a.b.c\",\"versions\":[\"^0.4.0\"],\"relayUserAgent\":\"x\","
            + "\"supportedFeatures\":{\"submit_signals_v2\":true}}]";

    private final SocketIoServerSession session = new SocketIoServerSession("abc", SocketIoTiming.DEFAULT, 1_000);

    @Test
    void aStockClientGetsItsHandshake() {
        assertThat(session.open()).isEqualTo("0{\"sid\":\"abc\",\"upgrades\":[],\"pingInterval\":25000,"
                + "\"pingTimeout\":20000,\"maxPayload\":1000000}");
        assertThat(session.received("40", 1_001)).containsExactly(new SessionStep.Send<>("40{\"sid\":\"abc\"}"));
        assertThat(session.received("420[\"ping\"]", 1_002)).containsExactly(new SessionStep.Send<>("430[]"));
        assertThat(session.received("42[\"ping\"]", 1_002)).isEmpty();
        assertThat(only(session.received(CONNECT, 1_003))).isInstanceOfSatisfying(ClientEvent.Connect.class, it -> {
            assertThat(it.request().documentId()).isEqualTo("doc");
            assertThat(it.request().token()).isEqualTo("a.b.c");
            assertThat(it.request().mode()).isEqualTo(ConnectionMode.WRITE);
            assertThat(it.request().signalsV2()).isTrue();
        });
        assertThat(session.received("41", 1_004))
                .containsExactly(new SessionStep.Close<>(true, "the client disconnected"));
        assertThat(session.closed()).isTrue();
        assertThat(session.received("40", 1_005)).isEmpty();
        assertThat(session.tick(1e9)).isEmpty();
        assertThat(session.deadline()).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void submittedMessagesKeepTheirSpellingInBatchesAndBare() {
        enter();
        ClientEvent event = only(session.received("42[\"submitOp\",\"c1\",[[{\"contents\":\"{ \\\"n\\\":1}\","
                + "\"metadata\":{ \"batch\": true},\"referenceSequenceNumber\":1,\"type\":\"op\","
                + "\"clientSequenceNumber\":1},{\"referenceSequenceNumber\":-1,\"type\":\"noop\","
                + "\"clientSequenceNumber\":2}],{\"type\":\"op\",\"contents\":{\"a\" : 1e2},\"traces\":[{}],"
                + "\"referenceSequenceNumber\":0,\"clientSequenceNumber\":3,\"compression\":\"lz4\"},[]],7]", 2_000));
        assertThat(event).isEqualTo(new ClientEvent.Submit("c1", List.of(
                new DocumentMessage(1, 1, MessageType.OP, new RawJson("\"{ \\\"n\\\":1}\""),
                        new RawJson("{ \"batch\": true}"), null),
                new DocumentMessage(2, -1, MessageType.NOOP, null, null, null),
                new DocumentMessage(3, 0, MessageType.OP, new RawJson("{\"a\" : 1e2}"), null, "lz4"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"submitOp\"]", "[\"submitOp\",1,[]]", "[\"submitOp\",\"c\"]", "[\"submitOp\",\"c\",{}]",
        "[\"submitOp\",\"c\",[[{}]]]", "[\"submitOp\",\"c\",[[[]]]]", "[\"submitOp\",\"c\",[\"x\"]]",
        "[\"submitOp\",\"c\",[[", "[\"submitOp\",\"c\",[]", "[\"submitOp\",\"c\",[]]]",
        "[\"submitOp\",\"c\",[{\"type\":\"weird\",\"clientSequenceNumber\":1,\"referenceSequenceNumber\":1}]]",
        "[\"submitOp\",\"c\",[{\"type\":\"op\",\"clientSequenceNumber\":1e30,\"referenceSequenceNumber\":1}]]",
        "[\"submitOp\",\"c\",[{\"type\":\"op\",\"clientSequenceNumber\":1.5,\"referenceSequenceNumber\":1}]]",
        "[\"submitOp\",\"c\",[{\"type\":\"op\",\"clientSequenceNumber\":\"1\",\"referenceSequenceNumber\":1}]]",
        "[\"submitOp\",\"c\",[{\"type\":\"op\",\"clientSequenceNumber\":1,\"referenceSequenceNumber\":-2}]]"})
    void aSubmissionThatCannotBeReadIsToldAndTheConnectionGoesOn(String arguments) {
        enter();
        assertThat(only(session.received("42" + arguments, 2_000)))
                .isInstanceOfSatisfying(ClientEvent.Malformed.class, it -> {
                    assertThat(it.kind()).isEqualTo(Kind.SUBMIT);
                    assertThat(it.message()).isNotEmpty();
                });
        assertThat(session.closed()).isFalse();
    }

    @Test
    void contentsNestedTooDeepAreRefusedWithoutHarm() {
        enter();
        String deep = "[".repeat(5_000) + "]".repeat(5_000);
        assertThat(only(session.received("42[\"submitOp\",\"c\",[{\"contents\":" + deep + "}]]", 2_000)))
                .isInstanceOfSatisfying(ClientEvent.Malformed.class,
                        it -> assertThat(it.message()).contains("64"));
    }

    @Test
    void aConnectMessageThatCannotBeReadIsTold() {
        enter();
        for (String arguments : List.of("[\"connect_document\"]", "[\"connect_document\",null]",
                "[\"connect_document\",{\"id\":\"d\"}]", "[\"connect_document\",{\"id\":5,\"tenantId\":\"t\"}]")) {
            assertThat(only(session.received("42" + arguments, 2_000)))
                    .isInstanceOfSatisfying(ClientEvent.Malformed.class,
                            it -> assertThat(it.kind()).isEqualTo(Kind.CONNECT));
        }
    }

    @Test
    void signalsOfTheFirstKindAreTextsInListsOrBare() {
        enter();
        assertThat(only(session.received("42[\"submitSignal\",\"c\",[[\"one\",\"two\"],\"three\",{\"content\":\"x\"}]]",
                2_000))).isEqualTo(new ClientEvent.Signals("c", List.of(new SubmittedSignal("one", null),
                        new SubmittedSignal("two", null), new SubmittedSignal("three", null),
                        new SubmittedSignal("{\"content\":\"x\"}", null))));
    }

    @Test
    void signalsOfTheSecondKindMayHaveATarget() {
        enter();
        session.received(CONNECT, 1_500);
        assertThat(only(session.received("42[\"submitSignal\",\"c\",[{\"content\":\"x\"},"
                + "{\"content\":{\"any\":\"json\"},\"targetClientId\":\"d\"},{\"content\":\"y\","
                + "\"targetClientId\":null}]]", 2_000)))
                .isEqualTo(new ClientEvent.Signals("c", List.of(new SubmittedSignal("x", null),
                        new SubmittedSignal("{\"any\":\"json\"}", "d"), new SubmittedSignal("y", null))));
        for (String signals : List.of("[{\"nocontent\":1}]", "\"bad\"", "[\"v1\"]",
                "[{\"content\":\"x\",\"targetClientId\":5}]")) {
            assertThat(only(session.received("42[\"submitSignal\",\"c\"," + signals + "]", 2_000)))
                    .isInstanceOfSatisfying(ClientEvent.Malformed.class,
                            it -> assertThat(it.kind()).isEqualTo(Kind.SIGNALS));
        }
    }

    @Test
    void eventsOfOtherNamesAreToldByName() {
        enter();
        assertThat(only(session.received("427[\"get_secret\",{\"a\":[1]},2]", 2_000)))
                .isEqualTo(new ClientEvent.Unknown("get_secret"));
    }

    @Test
    void otherNamespacesAreRefusedAndTheMainOneGoesOn() {
        assertThat(session.received("40/admin,{\"token\":1}", 1_500))
                .containsExactly(new SessionStep.Send<>("44/admin,{\"message\":\"Invalid namespace\"}"));
        assertThat(session.received("42/admin,[\"x\"]", 1_500)).isEmpty();
        enter();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "5", "0{\"sid\":\"a\",\"pingInterval\":1,\"pingTimeout\":1}", "4", "49", "42{}",
        "42[]", "42[1]", "42[\"unterminated", "450-[\"x\"]", "44{}", "42[\"other\",}]", "42[\"ping\""})
    void aFrameThatBreaksTheFramingEndsTheConnection(String frame) {
        enter();
        assertThat(session.received(frame, 2_000)).singleElement()
                .isInstanceOfSatisfying(SessionStep.Close.class, it -> assertThat(it.orderly()).isFalse());
        assertThat(session.closed()).isTrue();
    }

    @Test
    void anEventBeforeTheNamespaceOrAnEntryTooManyEndsTheConnection() {
        SocketIoServerSession early = new SocketIoServerSession("a", SocketIoTiming.DEFAULT, 0);
        assertThat(early.received("42[\"x\"]", 1)).singleElement().isInstanceOf(SessionStep.Close.class);
        enter();
        assertThat(session.received("40", 2_000)).singleElement().isInstanceOf(SessionStep.Close.class);
    }

    @Test
    void aFrameBeyondTheLimitEndsTheConnection() {
        SocketIoServerSession small = new SocketIoServerSession("a", new SocketIoTiming(10, 10, 50), 0);
        small.received("40", 1);
        assertThat(small.received("42[\"x\",\"" + "y".repeat(60) + "\"]", 1)).singleElement()
                .isEqualTo(new SessionStep.Close<>(false, "a frame of 70 characters, the limit is 50"));
    }

    @Test
    void itPingsAfterTheIntervalAndGivesUpAfterTheTimeout() {
        enter();
        assertThat(session.deadline()).isEqualTo(26_001);
        assertThat(session.tick(26_000)).isEmpty();
        assertThat(session.tick(26_001)).containsExactly(new SessionStep.Send<>("2"));
        assertThat(session.deadline()).isEqualTo(46_001);
        assertThat(session.received("3", 30_000)).isEmpty();
        assertThat(session.deadline()).isEqualTo(55_000);
        assertThat(session.tick(55_000)).containsExactly(new SessionStep.Send<>("2"));
        assertThat(session.tick(74_999)).isEmpty();
        assertThat(session.tick(75_000))
                .containsExactly(new SessionStep.Close<>(false, "no answer to a ping within 20000 ms"));
    }

    private void enter() {
        assertThat(session.received("40", 1_001)).containsExactly(new SessionStep.Send<>("40{\"sid\":\"abc\"}"));
    }

    private static ClientEvent only(List<SessionStep<ClientEvent>> steps) {
        assertThat(steps).hasSize(1);
        return ((SessionStep.Deliver<ClientEvent>) steps.get(0)).event();
    }
}
