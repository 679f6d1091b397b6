package dev.thalweg.server;

import static dev.thalweg.server.RawClient.isType;
import static dev.thalweg.server.RawClient.message;
import static dev.thalweg.server.RawClient.number;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.server.session.SessionLimits;
import dev.thalweg.server.storage.MemoryStore;
import dev.thalweg.wire.SocketIoTiming;
import org.junit.jupiter.api.Test;

/** What a server takes, and how it says that something is too much. */
class LimitsTest {
    private static TestServer start(ServerLimits limits) throws Exception {
        return TestServer.start(new MemoryStore(), limits);
    }

    @Test
    void aMessageThatIsTooLargeIsRefusedWithItsSizeAndTheLimit() throws Exception {
        try (TestServer server = TestServer.start(SessionLimits.DEFAULT.withMaxMessageSize(1000))) {
            String id = server.create();
            try (RawClient a = RawClient.write(server, id)) {
                a.submit(message("op", 1, 1, JsonValue.of("x".repeat(1000))));
                JsonObject nack = a.nack();
                assertThat(nack.toJson()).isEqualTo("{\"code\":413,\"type\":\"BadRequestError\",\"message\":"
                        + "\"Message of 1002 characters, the limit is 1000\"}");
                a.submit(message("op", 1, 1, JsonValue.of("x".repeat(998))));
                a.ops(2);
                a.signal(JsonObject.of("content", JsonValue.of("x".repeat(1001))));
                assertThat(a.nack().string("message")).isEqualTo("Signal of 1001 characters, the limit is 1000");
            }
        }
    }

    @Test
    void aFrameThatIsTooLargeEndsTheConnectionAndNobodyElseNotices() throws Exception {
        try (TestServer server = start(ServerLimits.DEFAULT.with(new SocketIoTiming(25_000, 20_000, 50_000)))) {
            String id = server.create();
            try (RawClient a = RawClient.write(server, id); RawClient b = RawClient.write(server, id)) {
                a.submit(1, "x".repeat(60_000));
                assertThat(a.closed()).startsWith("1009");
                b.op(op -> isType(op, "leave"));
                b.submit(2, "fine");
                b.ops(4);
            }
        }
    }

    @Test
    void aClientThatSendsTooFastIsToldToWait() throws Exception {
        try (TestServer server = start(ServerLimits.DEFAULT.withRate(10, 30))) {
            String id = server.create();
            try (RawClient a = RawClient.write(server, id); RawClient b = RawClient.write(server, id)) {
                for (int i = 0; i < 60; i++) {
                    a.submit(2, "x");
                }
                JsonObject nack = a.nack();
                assertThat(number(nack, "code")).isEqualTo(429);
                assertThat(nack.string("type")).isEqualTo("ThrottlingError");
                assertThat(nack.string("message"))
                        .isEqualTo("Too many messages: the limit is 10 a second and 30 at once");
                assertThat(nack.number("retryAfter")).isEqualTo(1);
                b.submit(2, "not my fault");
                b.op(op -> b.clientId().equals(RawClient.text(op, "clientId")));
            }
        }
    }

    @Test
    void aClientThatDoesNotReadIsToldWhyAndDroppedAndTheOthersDoNotWaitForIt() throws Exception {
        try (TestServer server = start(ServerLimits.DEFAULT.withMaxQueuedBytes(256 * 1024))) {
            String id = server.create();
            try (RawClient fast = RawClient.write(server, id); MuteClient slow = new MuteClient(server, id)) {
                String large = "x".repeat(100_000);
                // The networks of both sides take some megabytes before the server has to hold anything back.
                for (int n = 1; fast.unread().stream().noneMatch(frame -> frame.contains("leave")); n++) {
                    assertThat(n).isLessThan(500);
                    fast.submit(n, large);
                    fast.ops(n + 1);
                }
                assertThat(slow.readUntil("Too slow: more than 262144 bytes were waiting to be sent")
                        || !slow.readUntil("never")).isTrue();
            }
        }
    }

    @Test
    void stoppingDoesNotWaitForAClientThatDoesNotRead() throws Exception {
        TestServer server = TestServer.start();
        String id = server.create();
        try (RawClient fast = RawClient.write(server, id); MuteClient slow = new MuteClient(server, id)) {
            for (int n = 1; n <= 60; n++) {
                fast.submit(n, "x".repeat(100_000));
                fast.ops(n + 1);
            }
            server.close();
            assertThat(fast.closed()).isEqualTo("1001 The server is stopping");
        }
    }

    @Test
    void aWriterThatIsSilentForLongLeavesTheQuorumAndMayConnectAgain() throws Exception {
        try (TestServer server = TestServer.start(SessionLimits.DEFAULT.withIdle(100, 30_000))) {
            String id = server.create();
            try (RawClient a = RawClient.write(server, id)) {
                JsonObject leave = a.op(op -> isType(op, "leave"));
                assertThat(leave.string("data")).isEqualTo("\"" + a.clientId() + "\"");
                a.submit(2, "late");
                assertThat(a.nack().string("message")).isEqualTo("Nonexistent client");
            }
        }
    }

    @Test
    void aSocketThatNeverAnswersAPingOrNeverAsksForADocumentIsClosed() throws Exception {
        ServerLimits limits = new ServerLimits(SessionLimits.DEFAULT, new SocketIoTiming(60, 60, 100_000), 100, 100,
                1 << 20, 1 << 20, 150, 10);
        try (TestServer server = start(limits)) {
            RawClient idle = RawClient.open(server);
            assertThat(idle.closed()).contains("No document was asked for within 150 ms");
            String id = server.create();
            RawClient dead = RawClient.write(server, id);
            dead.stopReading();
            try (RawClient other = RawClient.write(server, id)) {
                other.frame(frame -> frame.contains("leave") && frame.contains(dead.clientId()));
            }
            dead.cut();
        }
    }

    @Test
    void oneSocketTooManyIsToldSoAndTheOthersStay() throws Exception {
        try (TestServer server = start(ServerLimits.DEFAULT.withMaxSockets(2))) {
            String id = server.create();
            try (RawClient a = RawClient.write(server, id)) {
                RawClient b = RawClient.write(server, id);
                for (int i = 0; i < 3; i++) {
                    assertThat(RawClient.knock(server).closed()).isEqualTo("1013 Too many connections: the limit is 2");
                }
                a.submit(1, "still here");
                a.ops(3);
                b.close();
                a.op(op -> isType(op, "leave"));
                try (RawClient c = RawClient.write(server, id)) {
                    c.submit(4, "in the place that became free");
                    a.ops(6);
                }
            }
        }
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() throws Exception {
        ServerLimits limits = new ServerLimits(SessionLimits.DEFAULT, SocketIoTiming.DEFAULT, 100, 100, 1 << 20, 1000,
                1000, 10);
        try (TestServer server = start(limits)) {
            assertThat(server.post("/documents/tinylicious", "x", "x".repeat(1001)).statusCode()).isEqualTo(413);
            assertThat(server.post("/documents/tinylicious", "x", "x".repeat(1000)).statusCode()).isEqualTo(401);
        }
    }
}
