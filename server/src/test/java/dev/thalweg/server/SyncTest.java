package dev.thalweg.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.ephemeral.EphemeralStore;
import dev.thalweg.eventgraph.DocumentKind;
import dev.thalweg.eventgraph.EventId;
import dev.thalweg.eventgraph.EventRun;
import dev.thalweg.eventgraph.RowOperation;
import dev.thalweg.eventgraph.TableDocument;
import dev.thalweg.eventgraph.TableJson;
import dev.thalweg.eventgraph.TableRun;
import dev.thalweg.eventgraph.TextDocument;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.protocol.Scopes;
import dev.thalweg.server.auth.TestTokens;
import dev.thalweg.server.storage.MemoryStore;
import dev.thalweg.sync.HubMessages;
import dev.thalweg.sync.SyncJson;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The routes and the socket by which replicas of tables meet. */
class SyncTest {
    private static final DocumentKind TABLES = DocumentKind.TABLES;

    private TestServer server;
    private final String token = TestTokens.of("doc", Scopes.ALL);
    private final TableDocument alice = new TableDocument("alice");

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private TableRun write(String row, int value) {
        return alice.insert("t", row, JsonObject.of("v", JsonValue.of(value)));
    }

    private HttpResponse<String> push(String credentials, List<TableRun> runs) throws Exception {
        return server.post("/api/push", credentials, SyncJson.push(TABLES, "alice", events(runs)).toJson());
    }

    private static List<EventRun> events(List<TableRun> runs) throws ProtocolException {
        return EventRun.read(TABLES, TableJson.runs(runs));
    }

    private static void refused(HttpResponse<String> response, int status, String message) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        JsonObject json = (JsonObject) JsonValue.parse(response.body());
        assertThat(json.string("error")).contains(message);
        assertThat(json.string("message")).isEqualTo(json.string("error"));
    }

    @Test
    void whatIsPushedIsPulledInPortions() throws Exception {
        assertThat(server.get("/api/state", token).body()).isEqualTo("{\"frontier\":[],\"versions\":{}}");
        assertThat(push(token, List.of(write("a", 1), write("b", 2), write("c", 3))).body())
                .isEqualTo("{\"ok\":true,\"merge_ops\":3,\"waiting\":0}");
        assertThat(server.get("/api/state", token).body())
                .isEqualTo("{\"frontier\":[[\"alice\",2]],\"versions\":{\"alice\":2}}");
        JsonObject first = (JsonObject) JsonValue
                .parse(server.post("/api/pull", token, "{\"known_peers\":{},\"limit\":2}").body());
        assertThat(first.optionalBool("has_more", false)).isTrue();
        assertThat(first.require("server_frontier").toJson()).isEqualTo("[[\"alice\",2]]");
        TableDocument bob = new TableDocument("bob");
        bob.merge(bob.read(SyncJson.readPullReply(TABLES, first).events()));
        assertThat(bob.rows("t")).containsOnlyKeys("a", "b");
        JsonObject rest = (JsonObject) JsonValue
                .parse(server.post("/api/pull", token, "{\"known_peers\":{\"alice\":1}}").body());
        assertThat(rest.optionalBool("has_more", true)).isFalse();
        bob.merge(bob.read(SyncJson.readPullReply(TABLES, rest).events()));
        assertThat(bob.rows("t")).isEqualTo(alice.rows("t"));
        assertThat(server.get("/api/state", TestTokens.of("other", Scopes.ALL)).body())
                .isEqualTo("{\"frontier\":[],\"versions\":{}}");
    }

    @Test
    void asksForATokenThatAllowsIt() throws Exception {
        refused(server.get("/api/state", ""), 401, "Must provide an authorization token");
        refused(server.get("/api/state", "a.b.c"), 401, "Invalid token");
        refused(server.get("/api/state", TestTokens.of("", Scopes.ALL)), 403, "Token names no document");
        refused(push(TestTokens.of("doc", List.of(Scopes.READ)), List.of(write("a", 1))), 403, "doc:write");
        refused(server.get("/api/state", TestTokens.sign("HS256",
                TestTokens.claims("tinylicious", "doc", Scopes.ALL, 1_000_000_000), "12345")), 401, "expired");
        assertThat(server.post("/api/pull", TestTokens.of("doc", List.of(Scopes.READ)), "{\"known_peers\":{}}")
                .statusCode()).isEqualTo(200);
    }

    @Test
    void refusesWhatCannotBe() throws Exception {
        for (String body : List.of("", "[]", "{}", "{\"events\":1}", "{\"events\":[{\"peer\":\"a\"}]}",
                "{\"events\":[{\"peer\":\"\",\"counter_start\":0,\"deps\":[],\"ops\":[{}]}]}")) {
            assertThat(server.post("/api/push", token, body).statusCode()).as(body).isEqualTo(400);
        }
        refused(server.post("/api/pull", token, "{\"known_peers\":{\"a\":-2}}"), 400, "from -1 to");
        refused(server.post("/api/pull", token, "{\"known_peers\":{},\"limit\":0}"), 400, "limit");
        assertThat(server.get("/api/push", token).statusCode()).isEqualTo(404);
        assertThat(server.get("/api/other", token).statusCode()).isEqualTo(404);
        push(token, List.of(write("a", 1)));
        TableDocument twin = new TableDocument("alice");
        refused(push(token, List.of(twin.insert("t", "a", JsonObject.of("v", JsonValue.of(9))))), 409,
                "agent alice has two histories");
    }

    @Test
    void aMillionEventsAtOnceAreTooMany() throws Exception {
        List<RowOperation> million = Collections.nCopies(1_000_000, new RowOperation.Delete("t", "r"));
        refused(push(token, List.of(new TableRun(new EventId("mallory", 0), List.of(), 1, million))), 413,
                "a push brings at most 100000 events, this one more; bring them in several");
        assertThat(server.get("/api/state", token).body()).isEqualTo("{\"frontier\":[],\"versions\":{}}");
    }

    @Test
    void textsMeetAsTablesDoAndTheKindsDoNotMix() throws Exception {
        TextDocument text = new TextDocument("alice");
        text.insert(0, "a river");
        Socket tables = socket("?peer_id=bob", join(token, "tables"));
        assertThat(tables.next()).startsWith("{\"type\":\"snapshot\"");
        Socket carol = socket("?peer_id=carol", join(token, "text"));
        assertThat(carol.next()).startsWith("{\"type\":\"snapshot\"");
        String body = SyncJson.push(DocumentKind.TEXT, "alice", text.eventsFrom(0)).toJson();
        assertThat(server.post("/api/push", token, body).body())
                .isEqualTo("{\"ok\":true,\"merge_ops\":1,\"waiting\":0}");
        assertThat(tables.next()).isEqualTo("1003 the document is of kind text, not tables");
        assertThat(carol.next()).isEqualTo("{\"type\":\"peer_left\",\"peer_id\":\"bob\",\"clock\":0}");
        assertThat(HubMessages.read(JsonValue.parse(carol.next())))
                .isEqualTo(new HubMessages.Told.Events(DocumentKind.TEXT, text.eventsFrom(0)));
        assertThat(socket("?peer_id=dave", join(token, "list")).next())
                .isEqualTo("1003 the document is of kind text, not list");
        assertThat(socket("?peer_id=dave", join(token, "map")).next())
                .isEqualTo("1007 kind must be tables, text or list, was map");
        assertThat(server.get("/api/state", token).body())
                .isEqualTo("{\"frontier\":[[\"alice\",6]],\"versions\":{\"alice\":6},\"kind\":\"text\"}");
        TextDocument bob = new TextDocument("bob");
        bob.merge(bob.read(SyncJson.readPullReply(DocumentKind.TEXT, JsonValue.parse(
                server.post("/api/pull", token, "{\"known_peers\":{},\"kind\":\"text\"}").body())).events()));
        assertThat(bob.text()).isEqualTo("a river");
        refused(server.post("/api/pull", token, "{\"known_peers\":{}}"), 409,
                "the document is of kind text, not tables");
        refused(push(token, List.of(write("a", 1))), 409, "the document is of kind text, not tables");
        refused(server.post("/api/pull", token, "{\"known_peers\":{},\"kind\":\"map\"}"), 400,
                "kind must be tables, text or list, was map");
        refused(server.post("/api/push", token, body.substring(0, body.length() / 2)), 400, "");
        refused(server.post("/api/push", token, body.replace("\"pos\":0", "\"pos\":3")
                .replace("\"alice\"", "\"mallory\"")), 409, "event 0 of mallory acts on 3 to 3 of a text of 0 units");
        refused(server.post("/api/push", token, "{\"kind\":\"text\",\"events\":[{\"peer\":\"mallory\","
                + "\"counter_start\":0,\"deps\":[],\"ops\":[{\"type\":\"delete\",\"pos\":0,\"len\":1000000}]}]}"), 413,
                "a push brings at most 100000 events");
        assertThat(server.get("/api/state", token).body()).contains("{\"alice\":6}");
    }

    private Socket socket(String query, @Nullable String first) throws Exception {
        Socket socket = new Socket();
        URI uri = URI.create("ws://127.0.0.1:" + server.uri("/").getPort() + "/ws" + query);
        WebSocket open = TestServer.HTTP.newWebSocketBuilder().buildAsync(uri, socket).get(10, TimeUnit.SECONDS);
        socket.open = open;
        if (first != null) {
            open.sendText(first, true).get(10, TimeUnit.SECONDS);
        }
        return socket;
    }

    private Socket joined(String peer) throws Exception {
        Socket socket = socket("?peer_id=" + peer, join(token));
        assertThat(socket.next()).startsWith("{\"type\":\"snapshot\"");
        return socket;
    }

    private static String join(String credentials) {
        return "{\"type\":\"join\",\"token\":\"" + credentials + "\"}";
    }

    private static String join(String credentials, String kind) {
        return "{\"type\":\"join\",\"token\":\"" + credentials + "\",\"kind\":\"" + kind + "\"}";
    }

    private static final class Socket implements WebSocket.Listener {
        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        private final StringBuilder partial = new StringBuilder();
        @Nullable
        private WebSocket open;

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                heard.add(partial.toString());
                partial.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            heard.add(code + " " + reason);
            return null;
        }

        String next() throws InterruptedException {
            String text = heard.poll(20, TimeUnit.SECONDS);
            return text == null ? "nothing" : text;
        }

        void say(String text) throws Exception {
            WebSocket socket = open;
            if (socket != null) {
                socket.sendText(text, true).get(10, TimeUnit.SECONDS);
            }
        }

        void close() throws Exception {
            WebSocket socket = open;
            if (socket != null) {
                socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(10, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void listenersHearOfEventsAndOfEachOther() throws Exception {
        Socket bob = joined("bob");
        Socket carol = joined("carol");
        TableRun run = write("a", 1);
        push(token, List.of(run));
        assertThat(HubMessages.read(JsonValue.parse(bob.next())))
                .isEqualTo(new HubMessages.Told.Events(TABLES, events(List.of(run))));
        assertThat(carol.next()).startsWith("{\"type\":\"events\"");
        EphemeralStore store = new EphemeralStore("bob");
        bob.say(HubMessages.update("cursors", Map.of("bob", store.set("cursors", "bob", JsonValue.of(3),
                System.currentTimeMillis()))).toJson());
        assertThat(carol.next()).startsWith("{\"type\":\"ephemeral_diff\",\"entries\":{\"cursors\":{\"bob\":");
        Socket dave = socket("?peer_id=dave", join(token));
        assertThat(dave.next()).contains("\"cursors\"");
        bob.close();
        assertThat(carol.next()).isEqualTo("{\"type\":\"peer_left\",\"peer_id\":\"bob\",\"clock\":1}");
    }

    @Test
    void socketsThatDoNotBehaveAreClosedWithAReason() throws Exception {
        assertThat(socket("", null).next()).isEqualTo("1008 peer_id must have 1 to 200 characters");
        assertThat(socket("?peer_id=bob", "{}").next()).startsWith("1007 ");
        assertThat(socket("?peer_id=bob", join("a.b.c")).next()).isEqualTo("1008 Invalid token");
        Socket reader = socket("?peer_id=bob", join(TestTokens.of("doc", List.of(Scopes.READ))));
        assertThat(reader.next()).startsWith("{\"type\":\"snapshot\"");
        reader.say("{}");
        assertThat(reader.next()).isEqualTo("1008 Token missing required scope: doc:write");
        Socket forger = joined("bob");
        forger.say(HubMessages.update("n", Map.of("k",
                new EphemeralStore("carol").set("n", "k", JsonValue.of(1), 0))).toJson());
        assertThat(forger.next()).isEqualTo("1007 an entry of carol from bob");
        Socket ahead = joined("bob");
        ahead.say(HubMessages.update("n", Map.of("k",
                new EphemeralStore("bob").set("n", "k", JsonValue.of(1), 1e15))).toJson());
        assertThat(ahead.next()).startsWith("1007 an entry of bob is at 1000000000000000");
    }

    @Test
    void socketsAreCountedAndMeasured() throws Exception {
        try (TestServer small = TestServer.start(new MemoryStore(),
                ServerLimits.DEFAULT.withMaxSockets(1).withRate(1, 3))) {
            TestServer before = server;
            server = small;
            Socket bob = joined("bob");
            assertThat(socket("?peer_id=carol", null).next()).isEqualTo("1013 Too many connections: the limit is 1");
            for (int i = 0; i < 3; i++) {
                bob.say(HubMessages.update("n", Map.of()).toJson());
            }
            assertThat(bob.next()).isEqualTo("1008 Too many messages: the limit is 1 a second");
            server = before;
        }
    }
}
