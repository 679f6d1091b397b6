package dev.thalweg.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that no client of good will sends: each gets its answer, and another client at the same document goes on. */
class BadInputTest {
    private static TestServer server;
    private static String document;
    private static RawClient witness;
    private static int edits;

    @BeforeAll
    static void setUp() throws Exception {
        server = TestServer.start();
        document = server.create();
        witness = RawClient.write(server, document);
    }

    @AfterAll
    static void tearDown() throws Exception {
        witness.close();
        server.close();
    }

    private static void witnessGoesOn() throws Exception {
        int before = witness.operations().size();
        witness.submit(RawClient.sn(witness.operations().get(before - 1)), "edit " + edits++);
        String expected = "edit " + (edits - 1);
        witness.op(op -> expected.equals(RawClient.text(op, "contents")));
        assertThat(witness.unread()).noneMatch(frame -> frame.startsWith("42[\"nack\""));
        assertThat(server.get("/health", "").statusCode()).isEqualTo(200);
    }

    static List<String> framesThatEndTheConnection() {
        return List.of("", "hello", "9", "4", "49", "42", "42{", "42[", "42[7]", "42[]",
                "451-[\"x\"]",
                "40{\"a\":", "40", "0{}", "42[\"x\"]junk", "420000000000[\"x\"]", "42" + "[".repeat(10_000),
                "42[\"unknown\"," + "[".repeat(500) + "]".repeat(500) + "]");
    }

    @ParameterizedTest
    @MethodSource("framesThatEndTheConnection")
    void framesThatAreNotOfTheProtocolEndTheirConnection(String frame) throws Exception {
        try (RawClient bad = RawClient.write(server, document)) {
            bad.send(frame);
            assertThat(bad.closed()).startsWith("1008");
            witness.frame(text -> text.contains("leave") && text.contains(bad.clientId()));
        }
        witnessGoesOn();
    }

    static Stream<String> submissionsThatAreRefused() {
        String id = "\"ID\"";
        String good = "\"type\":\"op\",\"clientSequenceNumber\":1,\"referenceSequenceNumber\":1,\"contents\":\"x\"";
        return Stream.of("", "," + id, "," + id + ",7", "," + id + ",[[{\"contents\":\"cut of", "," + id + ",\"x\"",
                "," + id + ",{}", "," + id + ",[7]",
                "," + id + ",[[7]]", "," + id + ",[[\"x\"]]", "," + id + ",[[[{}]]]", "," + id + ",[[{}]]",
                "," + id + ",[[null]]", ",7,[[{" + good + "}]]", ",null,[[{" + good + "}]]",
                "," + id + ",[[{" + good.replace("1,\"ref", "\"1\",\"ref") + "}]]",
                "," + id + ",[[{" + good.replace("1,\"ref", "1.5,\"ref") + "}]]",
                "," + id + ",[[{" + good.replace("1,\"ref", "1e300,\"ref") + "}]]",
                "," + id + ",[[{" + good.replace("1,\"ref", "99999999999999999999,\"ref") + "}]]",
                "," + id + ",[[{" + good.replace("1,\"ref", "-1,\"ref") + "}]]",
                "," + id + ",[[{" + good.replace("Number\":1,\"con", "Number\":-7,\"con") + "}]]",
                "," + id + ",[[{" + good.replace("\"op\"", "7") + "}]]",
                "," + id + ",[[{" + good.replace("\"op\"", "\"nonsense\"") + "}]]",
                "," + id + ",[[{" + good.replace("\"op\"", "\"join\"") + "}]]",
                "," + id + ",[[{" + good.replace("\"op\"", "\"summaryAck\"") + "}]]",
                "," + id + ",[[{" + good.replace("\"x\"", "[".repeat(300) + "]".repeat(300)) + "}]]",
                ",\"somebody else\",[[{" + good + "}]]");
    }

    @ParameterizedTest
    @MethodSource("submissionsThatAreRefused")
    void submissionsThatCannotBeTakenGetANackAndTheConnectionLives(String rest) throws Exception {
        try (RawClient bad = RawClient.write(server, document)) {
            bad.send("42[\"submitOp\"" + rest.replace("ID", bad.clientId()) + "]");
            assertThat(RawClient.number(bad.nack(), "code")).isEqualTo(400);
            bad.submit(RawClient.sn(bad.operations().get(0)), "good after all");
            bad.op(op -> bad.clientId().equals(RawClient.text(op, "clientId")));
        }
        witnessGoesOn();
    }

    static Stream<String> requestsThatAreRefused() {
        return Stream.of("", "7", "null", "[]", "\"x\"", "{}", "{\"id\":7}",
                "{\"id\":\"x\",\"tenantId\":7,\"client\":{}}",
                "{\"id\":\"x\",\"tenantId\":\"y\",\"client\":\"a string\"}",
                "{\"id\":\"x\",\"tenantId\":\"y\",\"client\":{},\"versions\":7}",
                "{\"id\":\"x\",\"tenantId\":\"y\",\"client\":{\"details\":7}}",
                "{\"id\":\"x\",\"tenantId\":\"y\",\"client\":{},\"token\":7}",
                "{\"id\":\"x\",\"tenantId\":\"y\",\"client\":{},\"mode\":7}");
    }

    @ParameterizedTest
    @MethodSource("requestsThatAreRefused")
    void requestsToConnectThatCannotBeReadGetAnError(String request) throws Exception {
        try (RawClient bad = RawClient.open(server)) {
            bad.send("42[\"connect_document\"" + (request.isEmpty() ? "" : "," + request) + "]");
            assertThat(bad.await("connect_document_error").get(1).toJson()).contains("\"code\":400")
                    .contains("Invalid connection message");
            bad.ping();
        }
        witnessGoesOn();
    }

    static Stream<String> eventsThatAreIgnored() {
        return Stream.of("42[\"nonsense\"]", "42[\"nonsense\",{\"deep\":[[[1]]]}]", "42/other,[\"x\"]", "43[]",
                "437[1]",
                "6", "3", "2probe");
    }

    @ParameterizedTest
    @MethodSource("eventsThatAreIgnored")
    void whatNobodyListensToIsPassedOver(String frame) throws Exception {
        try (RawClient client = RawClient.write(server, document)) {
            client.send(frame);
            if (frame.startsWith("43")) {
                // An acknowledgement of nothing; without its number it is no packet at all.
                witnessGoesOn();
                return;
            }
            client.ping();
            assertThat(client.isOpen()).isTrue();
        }
        witnessGoesOn();
    }

    @ParameterizedTest
    @MethodSource("signalsThatAreRefused")
    void signalsThatCannotBeTakenGetANackAndTheConnectionLives(String rest) throws Exception {
        try (RawClient bad = RawClient.write(server, document)) {
            bad.send("42[\"submitSignal\"" + rest.replace("ID", bad.clientId()) + "]");
            assertThat(RawClient.number(bad.nack(), "code")).isEqualTo(400);
            bad.ping();
        }
        witnessGoesOn();
    }

    static Stream<String> signalsThatAreRefused() {
        return Stream.of("", ",\"ID\"", ",\"ID\",7", ",\"ID\",[[\"123\"]]", ",\"ID\",[7]", ",\"ID\",[{}]",
                ",\"ID\",[{\"content\":\"x\",\"targetClientId\":7}]", ",7,[]", ",\"other\",[{\"content\":\"x\"}]");
    }

    @org.junit.jupiter.api.Test
    void binaryFramesEndTheirConnection() throws Exception {
        try (RawClient bad = RawClient.write(server, document)) {
            bad.sendBytes(new byte[] {1, 2, 3});
            assertThat(bad.closed()).startsWith("1008");
        }
        witnessGoesOn();
    }

    @org.junit.jupiter.api.Test
    void otherDoorsAreClosed() {
        for (String path : List.of("/", "/socket.io/?EIO=3&transport=websocket", "/other/?EIO=4")) {
            java.net.URI uri = java.net.URI.create(server.uri(path).toString().replace("http:", "ws:"));
            assertThat(TestServer.HTTP.newWebSocketBuilder().buildAsync(uri, new java.net.http.WebSocket.Listener() {}))
                    .as(path).failsWithin(java.time.Duration.ofSeconds(20));
        }
    }
}
