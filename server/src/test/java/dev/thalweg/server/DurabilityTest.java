package dev.thalweg.server;

import static dev.thalweg.server.RawClient.isType;
import static dev.thalweg.server.RawClient.message;
import static dev.thalweg.server.RawClient.sn;
import static dev.thalweg.server.RawClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.protocol.Scopes;
import dev.thalweg.server.auth.TestTokens;
import dev.thalweg.server.storage.DocumentStore;
import dev.thalweg.server.storage.SqliteStore;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is heard before it is on record, and everything heard is there after a restart. */
class DurabilityTest {
    @TempDir
    Path directory;

    private TestServer restart() throws Exception {
        return TestServer.start(SqliteStore.open(directory), ServerLimits.DEFAULT);
    }

    @Test
    void nobodyHearsOfAMessageBeforeItIsWritten() throws Exception {
        HeldStore store = new HeldStore(SqliteStore.open(directory));
        try (TestServer server = TestServer.start(store, ServerLimits.DEFAULT)) {
            String id = server.create();
            try (RawClient a = RawClient.write(server, id); RawClient b = RawClient.write(server, id)) {
                b.ops(2);
                a.ops(2);
                store.hold();
                a.submit(2, "1");
                store.awaitHeld();
                for (int i = 2; i <= 20; i++) {
                    a.submit(2, "" + i);
                }
                a.ping();
                b.ping();
                assertThat(a.operations()).hasSize(2);
                assertThat(b.operations()).hasSize(1);
                assertThat(server.deltas(id, 2, 100)).isEmpty();
                int writes = store.writes();
                store.release();
                assertThat(a.ops(22)).hasSize(22);
                assertThat(b.ops(22)).hasSize(21);
                // The one that was held, and one for all that gathered meanwhile.
                assertThat(store.writes() - writes).isLessThanOrEqualTo(2);
            }
        }
    }

    @Test
    void whenAWriteFailsItsMessagesNeverWereAndTheDocumentGoesOnFromTheRecord() throws Exception {
        // The failure is meant; its report need not be in every build's output.
        Logger reports = Logger.getLogger("dev.thalweg.server.session.DocumentSession");
        reports.setLevel(Level.OFF);
        HeldStore store = new HeldStore(SqliteStore.open(directory));
        try (TestServer server = TestServer.start(store, ServerLimits.DEFAULT)) {
            String id = server.create();
            String other = server.create();
            try (RawClient a = RawClient.write(server, id); RawClient c = RawClient.write(server, other)) {
                a.submit(1, "kept");
                a.ops(2);
                c.ops(1);
                store.failNextAppend();
                a.submit(2, "lost");
                assertThat(a.closed()).contains("could not be written");
                assertThat(a.operations()).hasSize(2);
                c.submit(1, "unharmed");
                c.ops(2);
                try (RawClient again = RawClient.write(server, id)) {
                    again.op(op -> isType(op, "join") && sn(op) == 4);
                    assertThat(server.deltas(id, 0, 100)).extracting(op -> text(op, "type")).containsExactly("join",
                            "op", "leave", "join");
                    assertThat(server.deltas(id, 0, 100)).extracting(RawClient::sn).containsExactly(1, 2, 3, 4);
                }
            }
        } finally {
            reports.setLevel(null);
        }
    }

    @Test
    void aDocumentGoesOnAtItsNextNumberAfterARestart() throws Exception {
        String id;
        List<JsonObject> heard;
        try (TestServer server = restart()) {
            id = server.create();
            RawClient a = RawClient.write(server, id);
            for (int i = 0; i < 1500; i++) {
                a.submit(1, "" + i);
            }
            heard = a.ops(1501);
        }
        try (TestServer server = restart()) {
            RawClient b = RawClient.write(server, id);
            // The old client left with the old process, or the stop took leave of it; either way once.
            b.op(op -> isType(op, "join"));
            List<JsonObject> record = server.deltas(id, 0, 5000);
            assertThat(record.subList(0, heard.size())).isEqualTo(heard);
            assertThat(record).extracting(RawClient::sn)
                    .isEqualTo(java.util.stream.IntStream.rangeClosed(1, record.size()).boxed().toList());
            assertThat(record).filteredOn(op -> isType(op, "leave")).hasSize(1);
            assertThat(record.get(record.size() - 1).string("data")).contains(b.clientId());
            b.submit(record.size(), "on");
            assertThat(sn(b.op(op -> "on".equals(text(op, "contents"))))).isEqualTo(record.size() + 1);
            b.close();
        }
    }

    @Test
    void whoeverWasConnectedWhenTheProcessDiedLeavesWhenTheDocumentIsOpenedAgain() throws Exception {
        HeldStore store = new HeldStore(SqliteStore.open(directory));
        TestServer dying = TestServer.start(store, ServerLimits.DEFAULT);
        String id = dying.create();
        RawClient a = RawClient.write(dying, id);
        RawClient b = RawClient.write(dying, id);
        a.submit(1, "x");
        b.ops(3);
        // From here on nothing reaches the file, as if the process were gone.
        store.lose();
        dying.close();
        try (TestServer server = restart(); RawClient c = RawClient.write(server, id)) {
            c.op(op -> isType(op, "join") && sn(op) == 6);
            List<JsonObject> record = server.deltas(id, 0, 100);
            assertThat(record).extracting(op -> text(op, "type")).containsExactly("join", "join", "op", "leave",
                    "leave", "join");
            assertThat(record.subList(3, 5)).extracting(op -> text(op, "data"))
                    .containsExactly("\"" + a.clientId() + "\"", "\"" + b.clientId() + "\"");
            c.submit(6, "y");
            assertThat(RawClient.number(c.op(op -> sn(op) == 7), "minimumSequenceNumber")).isEqualTo(6);
        }
    }

    @Test
    void aSummaryThatWasNeverAnsweredIsAnsweredWhenTheDocumentIsOpenedAgain() throws Exception {
        HeldStore store = new HeldStore(SqliteStore.open(directory));
        TestServer dying = TestServer.start(store, ServerLimits.DEFAULT);
        String id = dying.create();
        String token = TestTokens.of(id, Scopes.ALL);
        JsonObject commit = (JsonObject) ((JsonArray) JsonValue
                .parse(dying.get("/repos/tinylicious/commits?sha=" + id, token).body())).get(0);
        RawClient s = RawClient.summarizer(dying, id);
        s.ops(1);
        store.loseAfterAppends(1);
        String tree = commit.object("commit").object("tree").string("sha");
        s.submit(message("summarize", 1, 1, JsonValue.of(JsonObject.builder().put("handle", tree)
                .put("head", commit.string("sha")).put("message", "m").put("parents", JsonArray.EMPTY).build()
                .toJson())));
        s.ops(2);
        dying.close();
        try (TestServer server = restart(); RawClient c = RawClient.write(server, id)) {
            JsonObject ack = c.op(op -> isType(op, "summaryAck"));
            JsonObject latest = (JsonObject) ((JsonArray) JsonValue
                    .parse(server.get("/repos/tinylicious/commits?sha=" + id, token).body())).get(0);
            assertThat(latest.string("sha")).isEqualTo(ack.object("contents").string("handle"));
        }
    }

    @Test
    void anIdleDocumentIsForgottenAndComesBack() throws Exception {
        DocumentStore store = SqliteStore.open(directory);
        try (TestServer server = TestServer.start(store, ServerLimits.DEFAULT
                .with(dev.thalweg.server.session.SessionLimits.DEFAULT.withIdle(300_000, 20)))) {
            String id = server.create();
            try (RawClient a = RawClient.write(server, id)) {
                a.submit(1, "x");
                a.ops(2);
            }
            org.awaitility.Awaitility.await().until(() -> server.get("/health", "").body()
                    .contains("\"documents\":0"));
            try (RawClient b = RawClient.write(server, id)) {
                assertThat(sn(b.op(op -> isType(op, "join")))).isEqualTo(4);
            }
        }
    }
}
