package dev.thalweg.server;

import static dev.thalweg.server.RawClient.isType;
import static dev.thalweg.server.RawClient.message;
import static dev.thalweg.server.RawClient.number;
import static dev.thalweg.server.RawClient.sn;
import static dev.thalweg.server.RawClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The cycle of a summary by hand: upload, summarize, acknowledgement, and what the next reader loads. */
class SummaryTest extends OneDocument {
    private JsonObject latest() throws Exception {
        HttpResponse<String> response = server.get("/repos/tinylicious/commits?count=1&sha=" + document, token);
        assertThat(response.statusCode()).isEqualTo(200);
        return (JsonObject) ((JsonArray) JsonValue.parse(response.body())).get(0);
    }

    private String blob(String content) throws Exception {
        HttpResponse<String> response = server.post("/repos/tinylicious/git/blobs", token,
                JsonObject.builder().put("content", content).put("encoding", "utf-8").build().toJson());
        assertThat(response.statusCode()).isEqualTo(201);
        return ((JsonObject) JsonValue.parse(response.body())).string("sha");
    }

    private HttpResponse<String> tree(String... entries) throws Exception {
        return server.post("/repos/tinylicious/git/trees", token,
                "{\"tree\":[" + String.join(",", entries) + "]}");
    }

    private String treeId(String... entries) throws Exception {
        HttpResponse<String> response = tree(entries);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return ((JsonObject) JsonValue.parse(response.body())).string("sha");
    }

    private static String entry(String path, String type, String sha) {
        return JsonObject.builder().put("mode", type.equals("tree") ? "040000" : "100644").put("path", path)
                .put("type", type).put("sha", sha).build().toJson();
    }

    private static JsonValue contents(String handle, String head) {
        return JsonValue.of(JsonObject.builder().put("handle", handle).put("head", head).put("message", "by hand")
                .put("parents", JsonArray.of(JsonValue.of(head)))
                .put("details", JsonObject.of("includesProtocolTree", JsonValue.of(false))).build().toJson());
    }

    /** The texts of a stored tree by path. */
    private Map<String, String> texts(String tree) throws Exception {
        JsonObject listed = (JsonObject) JsonValue
                .parse(server.get("/repos/tinylicious/git/trees/" + tree + "?recursive=1", token).body());
        Map<String, String> texts = new TreeMap<>();
        for (JsonValue value : listed.array("tree").values()) {
            JsonObject part = (JsonObject) value;
            if (part.string("type").equals("blob")) {
                JsonObject blob = (JsonObject) JsonValue
                        .parse(server.get("/repos/tinylicious/git/blobs/" + part.string("sha"), token).body());
                texts.put(part.string("path"), new String(java.util.Base64.getDecoder().decode(blob.string("content")),
                        java.nio.charset.StandardCharsets.UTF_8));
            }
        }
        return texts;
    }

    @Test
    void aNewDocumentHasASummaryWithTheStateOfTheProtocol() throws Exception {
        JsonObject commit = latest();
        assertThat(texts(commit.object("commit").object("tree").string("sha"))).containsEntry("note", "hello")
                .containsEntry(".protocol/attributes", "{\"minimumSequenceNumber\":0,\"sequenceNumber\":0}")
                .containsEntry(".protocol/quorumMembers", "[]").containsKey(".protocol/quorumValues");
    }

    @Test
    void aTreeBringsItsSmallBlobsAlongWhenAskedTo() throws Exception {
        String tree = latest().object("commit").object("tree").string("sha");
        JsonObject bare = (JsonObject) JsonValue
                .parse(server.get("/repos/tinylicious/git/trees/" + tree + "?recursive=1", token).body());
        JsonObject full = (JsonObject) JsonValue
                .parse(server.get("/repos/tinylicious/git/trees/" + tree + "?recursive=1&blobs=1", token).body());
        assertThat(full.array("tree").size()).isEqualTo(bare.array("tree").size());
        JsonObject note = (JsonObject) full.array("tree").values().stream()
                .filter(part -> "note".equals(text((JsonObject) part, "path"))).findFirst().get();
        assertThat(note.string("content")).isEqualTo("hello");
        assertThat(note.string("encoding")).isEqualTo("utf-8");
        assertThat(bare.toJson()).doesNotContain("\"content\"");
    }

    @Test
    void aSummaryBecomesTheLatestWhenItIsAcknowledgedInTheStream() throws Exception {
        try (RawClient writer = RawClient.write(server, document);
                RawClient summarizer = RawClient.summarizer(server, document)) {
            writer.submit(2, "\"edit\"");
            summarizer.ops(3);
            String before = latest().string("sha");
            // What did not change is taken over from the summary before, by its id and by its path.
            String note = ((JsonObject) ((JsonObject) JsonValue.parse(server
                    .get("/repos/tinylicious/git/trees/" + latest().object("commit").object("tree").string("sha"),
                            token)
                    .body())).array("tree").values().stream()
                    .filter(part -> "note".equals(text((JsonObject) part, "path"))).findFirst().get())
                    .string("sha");
            String tree = treeId(entry("note", "blob", note), entry("again", "blob", "/note"),
                    entry("new", "blob", blob("world")));
            assertThat(latest().string("sha")).isEqualTo(before);

            summarizer.submit(message("summarize", 1, 3, contents(tree, before)));
            JsonObject ack = writer.op(op -> isType(op, "summaryAck"));
            JsonObject contents = ack.object("contents");
            assertThat(JsonValue.parse(ack.string("data"))).isEqualTo(contents);
            assertThat(text(ack, "clientId")).isNull();
            int asked = sn(writer.op(op -> isType(op, "summarize")));
            assertThat(number(contents.object("summaryProposal"), "summarySequenceNumber")).isEqualTo(asked);
            assertThat(sn(ack)).isEqualTo(asked + 1);

            JsonObject after = latest();
            assertThat(after.string("sha")).isEqualTo(contents.string("handle"));
            assertThat(((JsonObject) after.array("parents").get(0)).string("sha")).isEqualTo(before);
            Map<String, String> texts = texts(after.object("commit").object("tree").string("sha"));
            assertThat(texts).containsEntry("note", "hello").containsEntry("again", "hello").containsEntry("new",
                    "world").containsEntry(".protocol/attributes",
                            "{\"minimumSequenceNumber\":0,\"sequenceNumber\":3}");
            assertThat(texts.get(".protocol/quorumMembers")).contains(writer.clientId(), summarizer.clientId());

            writer.submit(5, "\"later\"");
            assertThat(writer.ops(6)).extracting(RawClient::sn).containsExactly(1, 2, 3, 4, 5, 6);
            assertThat(server.deltas(document, 0, 7)).isEqualTo(writer.operations());

            String next = treeId(entry("note", "blob", blob("2")));
            summarizer.submit(message("summarize", 2, 6, contents(next, contents.string("handle"))));
            assertThat(sn(writer.op(op -> isType(op, "summaryAck") && sn(op) > 6))).isEqualTo(8);
        }
    }

    @Test
    void aSummaryOnAnotherHeadOrOfNoTreeIsRefusedInTheStream() throws Exception {
        try (RawClient summarizer = RawClient.summarizer(server, document)) {
            String before = latest().string("sha");
            String tree = treeId(entry("note", "blob", blob("x")));
            summarizer.submit(message("summarize", 1, 1, contents(tree, "0".repeat(40))));
            JsonObject nack = summarizer.op(op -> isType(op, "summaryNack"));
            assertThat(nack.object("contents").string("message")).contains("0".repeat(40)).contains(before);
            assertThat(number(nack.object("contents").object("summaryProposal"), "summarySequenceNumber"))
                    .isEqualTo(2);
            summarizer.submit(message("summarize", 2, 3, contents("1".repeat(40), before)));
            assertThat(summarizer.op(op -> isType(op, "summaryNack") && sn(op) == 5).object("contents")
                    .string("message")).contains("1".repeat(40));
            summarizer.submit(message("summarize", 3, 5, JsonValue.of("{not json")),
                    message("summarize", 4, 5, JsonValue.parse("[1,2]")));
            summarizer.ops(9);
            assertThat(summarizer.operations()).filteredOn(op -> isType(op, "summaryNack")).hasSize(4);
            assertThat(latest().string("sha")).isEqualTo(before);
        }
    }

    @Test
    void onlySummarizersMaySummarize() throws Exception {
        try (RawClient writer = RawClient.write(server, document)) {
            writer.submit(message("summarize", 1, 1, contents("1".repeat(40), latest().string("sha"))));
            JsonObject nack = writer.nack();
            assertThat(nack.string("type")).isEqualTo("InvalidScopeError");
            assertThat(number(nack, "code")).isEqualTo(403);
        }
    }

    @Test
    void aDriverCannotMoveTheLatestItself() throws Exception {
        String before = latest().string("sha");
        HttpResponse<String> response = TestServer.HTTP.send(java.net.http.HttpRequest
                .newBuilder(server.uri("/repos/tinylicious/git/refs/heads/" + document))
                .header("Authorization", "Basic " + token)
                .method("PATCH", java.net.http.HttpRequest.BodyPublishers
                        .ofString("{\"sha\":\"" + before + "\",\"force\":true}"))
                .build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(latest().string("sha")).isEqualTo(before);
        JsonObject ref = (JsonObject) JsonValue
                .parse(server.get("/repos/tinylicious/git/refs/heads/" + document, token).body());
        assertThat(ref.object("object").string("sha")).isEqualTo(before);
    }

    @Test
    void anUploadThatLeadsNowhereIsRefused() throws Exception {
        assertThat(tree(entry("a", "blob", "1".repeat(40))).statusCode()).isEqualTo(400);
        assertThat(tree(entry("a", "blob", "/no/such")).statusCode()).isEqualTo(400);
        assertThat(tree(entry("a/b", "blob", blob("x"))).statusCode()).isEqualTo(400);
        assertThat(tree("7").statusCode()).isEqualTo(400);
    }
}
