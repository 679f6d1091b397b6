package dev.thalweg.server;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.protocol.Scopes;
import dev.thalweg.server.auth.TestTokens;
import dev.thalweg.server.session.SessionLimits;
import dev.thalweg.server.storage.DocumentStore;
import dev.thalweg.server.storage.MemoryStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/** A server on a free port, and what tests ask of it over real connections. */
public final class TestServer implements AutoCloseable {
    public static final String TENANT = "tinylicious";
    public static final HttpClient HTTP = HttpClient.newHttpClient();

    private final ThalwegServer server;

    private TestServer(ThalwegServer server) {
        this.server = server;
    }

    public static TestServer start() throws Exception {
        return start(new MemoryStore(), ServerLimits.DEFAULT);
    }

    public static TestServer start(DocumentStore store, ServerLimits limits) throws Exception {
        return start(store, ServerOptions.DEFAULT.withLimits(limits));
    }

    public static TestServer start(DocumentStore store, ServerOptions options) throws Exception {
        return new TestServer(ThalwegServer.start(options.withAddress("127.0.0.1", 0).withEventLoops(2), store));
    }

    public static TestServer start(SessionLimits limits) throws Exception {
        return start(new MemoryStore(), ServerLimits.DEFAULT.with(limits));
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    public URI socketUri() {
        return URI.create("ws://127.0.0.1:" + server.port() + "/socket.io/?EIO=4&transport=websocket");
    }

    /** Makes a document with one leaf {@code note} and gives its id. */
    public String create() throws Exception {
        return create("");
    }

    public String create(String id) throws Exception {
        JsonObject body = JsonObject.builder().put("id", id).put("sequenceNumber", 0).put("values", JsonArray.EMPTY)
                .put("summary", JsonValue.parse("""
                        {"type":"tree","entries":[{"path":"note","type":"blob",
                        "value":{"type":"blob","content":"hello","encoding":"utf-8"}}]}""")).build();
        HttpResponse<String> response = post("/documents/" + TENANT, TestTokens.of("", Scopes.ALL), body.toJson());
        if (response.statusCode() != 201) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return ((dev.thalweg.json.JsonString) JsonValue.parse(response.body())).value();
    }

    public HttpResponse<String> get(String path, String token) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(uri(path)).header("Authorization", "Basic " + token).build(),
                BodyHandlers.ofString());
    }

    public HttpResponse<String> post(String path, String token, String body) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(uri(path)).header("Authorization", "Basic " + token)
                .header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)).build(),
                BodyHandlers.ofString());
    }

    /** The sequenced messages on record in a range, both ends exclusive. */
    public List<JsonObject> deltas(String id, int from, int to) throws Exception {
        HttpResponse<String> response = get("/deltas/" + TENANT + "/" + id + "?from=" + from + "&to=" + to,
                TestTokens.of(id, Scopes.ALL));
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return ((JsonArray) JsonValue.parse(response.body())).values().stream().map(JsonObject.class::cast).toList();
    }

    @Override
    public void close() throws Exception {
        server.close();
    }
}
