package dev.thalweg.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.protocol.Scopes;
import dev.thalweg.server.auth.TestTokens;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The REST routes, plain and wrapped, with what they refuse. */
class RestTest extends OneDocument {
    private static JsonObject json(HttpResponse<String> response) throws Exception {
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json; charset=utf-8");
        assertThat(response.headers().firstValue("access-control-allow-origin")).hasValue("*");
        return (JsonObject) JsonValue.parse(response.body());
    }

    private HttpResponse<String> restless(String method, String path, @Nullable String body) throws Exception {
        String form = "method=" + method + "&header=" + encode("Authorization: Basic " + token) + "&header="
                + encode("x-driver-version: 2.111.0") + (body == null ? "" : "&body=" + encode(body));
        return TestServer.HTTP.send(HttpRequest.newBuilder(server.uri(path))
                .header("Content-Type", "Application/x-www-form-urlencoded;restless")
                .POST(BodyPublishers.ofString(form)).build(), BodyHandlers.ofString());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private void refused(HttpResponse<String> response, int status, String message) throws Exception {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(json(response).string("message")).contains(message);
        assertThat(RawClient.number(json(response), "code")).isEqualTo(status);
    }

    @Test
    void makesADocumentOfTheWishedOrOfAFreshName() throws Exception {
        assertThat(document).hasSize(36);
        assertThat(server.create("my-document")).isEqualTo("my-document");
        JsonObject found = json(server.get("/documents/tinylicious/my-document",
                TestTokens.of("my-document", Scopes.ALL)));
        assertThat(found.string("documentId")).isEqualTo("my-document");
        String body = "{\"id\":\"my-document\",\"summary\":{\"type\":\"tree\",\"entries\":[]}}";
        refused(server.post("/documents/tinylicious", TestTokens.of("", Scopes.ALL), body), 409, "exists already");
        refused(server.post("/documents/tinylicious", TestTokens.of("other", Scopes.ALL), body), 403,
                "do not match");
        refused(server.post("/documents/tinylicious", TestTokens.of("", List.of(Scopes.READ)), body), 403,
                "doc:write");
    }

    @Test
    void refusesToMakeADocumentOfWhatItCannotRead() throws Exception {
        String none = TestTokens.of("", Scopes.ALL);
        for (String body : List.of("", "{}", "[]", "{\"summary\":7}", "{\"summary\":{\"entries\":[7]}}",
                "{\"id\":\"a/b\",\"summary\":{\"type\":\"tree\",\"entries\":[]}}",
                "{\"summary\":{\"type\":\"tree\",\"entries\":[]},\"values\":[7]}",
                "{\"summary\":{\"type\":\"tree\",\"entries\":[]},\"sequenceNumber\":7}",
                "{\"summary\":" + "{\"a\":".repeat(1000) + "1" + "}".repeat(1001))) {
            assertThat(server.post("/documents/tinylicious", none, body).statusCode()).as(body).isEqualTo(400);
        }
    }

    @Test
    void readsDeltasWithBothEndsExclusiveAndSoManyAtATime() throws Exception {
        try (RawClient a = RawClient.write(server, document)) {
            for (int i = 2; i <= 2100; i++) {
                a.submit(1, "{\"n\":" + i + "}");
            }
            a.ops(2100);
        }
        assertThat(server.deltas(document, 5, 8)).extracting(RawClient::sn).containsExactly(6, 7);
        assertThat(server.deltas(document, 5, 6)).isEmpty();
        assertThat(server.deltas(document, 0, 1_000_000)).hasSize(2000);
        assertThat(server.deltas(document, 2000, 1_000_000)).hasSizeGreaterThanOrEqualTo(100);
        String path = "/deltas/tinylicious/" + document;
        assertThat(((JsonArray) JsonValue.parse(server.get(path, token).body())).size()).isEqualTo(2000);
        HttpResponse<String> response = server.get(path + "?from=0&to=3&fetchReason=test", token);
        assertThat(response.headers().firstValue("cache-control")).hasValue("no-store");
        assertThat(restless("GET", path + "?from=0&to=3", null).body()).isEqualTo(response.body());
        refused(server.get(path + "?from=x", token), 400, "from must be a whole number");
        refused(server.get("/deltas/tinylicious/nope", TestTokens.of("nope", Scopes.ALL)), 404, "No such document");
    }

    @Test
    void namesBlobsAsGitDoesAndLetsThemBeKept() throws Exception {
        HttpResponse<String> made = restless("POST", "/repos/tinylicious/git/blobs",
                "{\"content\":\"what is up, doc?\",\"encoding\":\"utf-8\"}");
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(json(made).string("sha")).isEqualTo("bd9dbf5aae1a3862dd1526723246b20206e5fc37");
        HttpResponse<String> read = server
                .get("/repos/tinylicious/git/blobs/bd9dbf5aae1a3862dd1526723246b20206e5fc37", token);
        assertThat(json(read).string("content"))
                .isEqualTo(Base64.getEncoder().encodeToString("what is up, doc?".getBytes(StandardCharsets.UTF_8)));
        assertThat(read.headers().firstValue("cache-control")).hasValue("private, max-age=31536000, immutable");
        String tag = read.headers().firstValue("etag").orElseThrow();
        HttpResponse<String> again = TestServer.HTTP.send(HttpRequest.newBuilder(read.uri())
                .header("Authorization", "Basic " + token).header("If-None-Match", tag).build(),
                BodyHandlers.ofString());
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(server.post("/repos/tinylicious/git/blobs", token, "{\"content\":\"!\",\"encoding\":\"base64\"}")
                .statusCode()).isEqualTo(400);
        refused(server.get("/repos/tinylicious/git/blobs/" + "0".repeat(40), token), 404, "No such object");
    }

    @Test
    void keepsTheObjectsOfOneDocumentFromThoseWhoMayReadAnother() throws Exception {
        String other = server.create();
        JsonObject made = json(server.post("/repos/tinylicious/git/blobs", token,
                "{\"content\":\"secret\",\"encoding\":\"utf-8\"}"));
        String path = "/repos/tinylicious/git/blobs/" + made.string("sha");
        assertThat(server.get(path, token).statusCode()).isEqualTo(200);
        refused(server.get(path, TestTokens.of(other, Scopes.ALL)), 404, "No such object");
        refused(server.get("/repos/tinylicious/commits?sha=" + document, TestTokens.of(other, Scopes.ALL)), 404,
                "No version");
        refused(server.post("/repos/tinylicious/git/blobs", TestTokens.of(document, List.of(Scopes.READ)), "{}"), 403,
                "doc:write");
    }

    @Test
    void takesTheTokenInAllItsForms() throws Exception {
        String path = "/repos/tinylicious/commits?count=1&sha=" + document;
        String pair = Base64.getEncoder().encodeToString(("tinylicious:" + token).getBytes(StandardCharsets.UTF_8));
        for (String header : List.of("Basic " + token, "Basic " + pair, "Bearer " + token, "basic " + token)) {
            HttpResponse<String> response = TestServer.HTTP.send(
                    HttpRequest.newBuilder(server.uri(path)).header("Authorization", header).build(),
                    BodyHandlers.ofString());
            assertThat(response.statusCode()).as(header).isEqualTo(200);
        }
        for (String header : List.of("Digest x", "Basic", "Basic !!!")) {
            HttpResponse<String> response = TestServer.HTTP.send(
                    HttpRequest.newBuilder(server.uri(path)).header("Authorization", header).build(),
                    BodyHandlers.ofString());
            assertThat(response.statusCode()).as(header).isEqualTo(401);
        }
        refused(TestServer.HTTP.send(HttpRequest.newBuilder(server.uri(path)).build(), BodyHandlers.ofString()), 401,
                "Must provide an authorization token");
        refused(server.get("/deltas/tinylicious/" + document,
                TestTokens.sign("HS256", TestTokens.claims("tinylicious", document, Scopes.ALL, 1e9), "12345")), 401,
                "expired");
        refused(server.get("/deltas/tinylicious/" + document, TestTokens.of("another", Scopes.ALL)), 403,
                "do not match");
    }

    @Test
    void letsPagesFromElsewhereIn() throws Exception {
        HttpResponse<String> response = TestServer.HTTP.send(HttpRequest
                .newBuilder(server.uri("/deltas/tinylicious/" + document)).header("Origin", "https://example.org")
                .header("Access-Control-Request-Method", "GET")
                .header("Access-Control-Request-Headers", "authorization,x-other")
                .method("OPTIONS", BodyPublishers.noBody()).build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.headers().firstValue("access-control-allow-origin")).hasValue("*");
        assertThat(response.headers().firstValue("access-control-allow-headers")).hasValue("authorization,x-other");
        assertThat(response.headers().firstValue("access-control-allow-methods").orElse("")).contains("PATCH");
    }

    @Test
    void answersWhatItDoesNotKnowInJson() throws Exception {
        for (String path : List.of("/no/such/route", "/documents/tinylicious/session/x", "/repos", "/repos/tinylicious",
                "/repos/tinylicious/git", "/repos/tinylicious/git/tags/x", "/repos/tinylicious/git/summaries")) {
            refused(server.get(path, token), 404, "Not Found");
        }
        refused(restless("GET", "/nowhere", null), 404, "Not Found");
        assertThat(server.get("/socket.io/?EIO=4&transport=polling", token).statusCode()).isEqualTo(400);
    }

    @Test
    void saysHowItIs() throws Exception {
        try (RawClient client = RawClient.write(server, document)) {
            assertThat(json(server.get("/health", "")).toJson())
                    .isEqualTo("{\"status\":\"ok\",\"documents\":1,\"connections\":1}");
            assertThat(client.isOpen()).isTrue();
        }
    }
}
