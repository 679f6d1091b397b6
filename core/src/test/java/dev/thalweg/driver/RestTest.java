package dev.thalweg.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.driver.DocumentService.StoredSummary;
import dev.thalweg.driver.ManualMachine.Exchange;
import dev.thalweg.json.JsonWriter;
import dev.thalweg.json.RawJson;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.protocol.MessageType;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.storage.Blobs;
import dev.thalweg.storage.SummaryBuilder;
import dev.thalweg.storage.SummaryNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The driver's requests, as they go out and as answers of every kind come back. */
class RestTest {
    private final ManualMachine machine = new ManualMachine();
    private final List<TokenProvider.Request> asked = new ArrayList<>();
    private final SocketIoServiceFactory factory = new SocketIoServiceFactory(machine.platform(),
            new ServiceEndpoint("http://orderer/", "http://storage", "ws://socket", "ten ant"), (request, outcome) -> {
                asked.add(request);
                outcome.succeeded("token" + asked.size());
            });
    private final DocumentService document = factory.open("d/1");

    @Test
    void aDocumentIsCreatedWithItsSummaryInOnePiece() {
        Result<String> id = new Result<>();
        factory.create("mine", new SummaryBuilder().text("a b", "{}").build(), id);
        Exchange exchange = machine.requests.get(0);
        assertThat(exchange.request.method()).isEqualTo("POST");
        assertThat(exchange.request.url()).isEqualTo("http://orderer/documents/ten%20ant");
        assertThat(exchange.request.headers()).containsEntry("Authorization", "Basic token1")
                .containsEntry("Content-Type", "application/json");
        assertThat(exchange.request.body()).isEqualTo("{\"id\":\"mine\",\"summary\":{\"type\":\"tree\",\"entries\":["
                + "{\"value\":{\"type\":\"blob\",\"content\":\"{}\",\"encoding\":\"utf-8\"},\"path\":\"a%20b\","
                + "\"type\":\"blob\"}]},\"sequenceNumber\":0,\"values\":[[\"code\",{\"key\":\"code\",\"value\":"
                + "{\"package\":\"no-dynamic-package\",\"config\":{}},\"approvalSequenceNumber\":0,"
                + "\"commitSequenceNumber\":0,\"sequenceNumber\":0}]],\"enableDiscovery\":false,"
                + "\"generateToken\":false,\"isEphemeralContainer\":false,"
                + "\"enableAnyBinaryBlobOnFirstSummary\":true}");
        assertThat(asked).containsExactly(new TokenProvider.Request("ten ant", "", false));
        exchange.answer(201, "\"mine\"");
        assertThat(id.value).isEqualTo("mine");
    }

    @Test
    void theStorageGetsTheTokenAsAPassword() {
        document.latestSummary(new Result<>());
        assertThat(machine.requests.get(0).request.url())
                .isEqualTo("http://storage/repos/ten%20ant/commits?count=1&sha=d%2F1");
        assertThat(machine.requests.get(0).request.headers().get("Authorization")).isEqualTo("Basic "
                + Base64.getEncoder().encodeToString("ten ant:token1".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aRefusedTokenIsReplacedOnce() {
        Result<List<SequencedMessage>> result = new Result<>();
        document.deltas(0, 3, result);
        machine.requests.get(0).answer(401, "{\"message\":\"expired\"}");
        assertThat(asked).hasSize(2).last().isEqualTo(new TokenProvider.Request("ten ant", "d/1", true));
        assertThat(machine.requests.get(1).request.headers()).containsEntry("Authorization", "Basic token2");
        machine.requests.get(1).answer(401, "{\"message\":\"still expired\"}");
        assertThat(machine.requests).hasSize(2);
        assertThat(result.failure).satisfies(failure -> {
            assertThat(failure.code()).isEqualTo(401);
            assertThat(failure.retryable()).isFalse();
            assertThat(failure.message()).endsWith("gave 401: still expired");
        });
    }

    @Test
    void requestsThatAreRefusedTogetherAskForOneToken() {
        document.deltas(0, 3, new Result<>());
        document.deltas(3, 6, new Result<>());
        machine.requests.get(0).answer(401, "");
        machine.requests.get(1).answer(401, "");
        assertThat(asked).hasSize(2);
        assertThat(machine.open()).extracting(exchange -> exchange.request.headers().get("Authorization"))
                .containsExactly("Basic token2", "Basic token2");
    }

    @Test
    void failuresSayWhetherAndWhenToTryAgain() {
        assertThat(failure(429, "{\"message\":\"slow down\",\"retryAfter\":3}", 0))
                .isEqualTo(new Failure(429, "GET http://orderer/deltas/ten%20ant/d%2F1?from=0&to=3 gave 429: slow down",
                        true, 3_000));
        assertThat(failure(503, "", 7).retryAfterMillis()).isEqualTo(7_000);
        assertThat(failure(429, "{\"retryAfter\":\"soon\"}", 0).retryAfterMillis()).isZero();
        assertThat(failure(500, "x", 0).retryable()).isTrue();
        assertThat(failure(403, "x", 0).retryable()).isFalse();
        assertThat(failure(404, "<html>", 0).retryable()).isFalse();
        assertThat(failure(200, "not json", 0).retryable()).isFalse();
        assertThat(failure(200, "{}", 0).message()).contains("cannot be read", "expected an array");
        assertThat(failure(400, "y".repeat(9_000), 0).message().length()).isLessThan(500);
        Result<List<SequencedMessage>> lost = new Result<>();
        document.deltas(0, 3, lost);
        machine.open().remove().lose();
        assertThat(lost.failure).isEqualTo(Failure.passing(0, "the wire is cut"));
    }

    @Test
    void deltasAreReadAPageAtATimeWithBothBoundsExclusive() {
        Result<List<SequencedMessage>> result = new Result<>();
        document.deltas(10, Integer.MAX_VALUE, result);
        assertThat(machine.open().peek().request.url()).endsWith("?from=10&to=2011");
        machine.open().remove().answer(200, messages(11, 2010));
        assertThat(result.value).hasSize(2000).last().extracting(SequencedMessage::sequenceNumber).isEqualTo(2010);
        document.deltas(2010, 2100, result);
        assertThat(machine.open().peek().request.url()).endsWith("?from=2010&to=2100");
        machine.open().remove().answer(200, "[]");
        assertThat(result.value).isEmpty();
        assertThat(machine.open()).isEmpty();
    }

    @Test
    void anEmptyRangeAsksNothingAndARepeatedMessageCountsOnce() {
        Result<List<SequencedMessage>> empty = new Result<>();
        document.deltas(4, 5, empty);
        assertThat(empty.value).isEmpty();
        assertThat(machine.requests).isEmpty();
        Result<List<SequencedMessage>> result = new Result<>();
        document.deltas(4, 7, result);
        machine.open().remove().answer(200,
                "[" + message(5) + "," + message(5) + "," + message(6) + "," + message(9) + "]");
        assertThat(result.value).extracting(SequencedMessage::sequenceNumber).containsExactly(5, 6);
        assertThat(machine.open()).isEmpty();
        assertThatThrownBy(() -> document.deltas(-1, 5, result)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDocumentWithoutACommitHasNoSummary() {
        for (int status : new int[] {400, 404, 200}) {
            Result<@Nullable StoredSummary> result = new Result<>();
            document.latestSummary(result);
            machine.open().remove().answer(status, status == 200 ? "[]" : "{\"code\":\"NotFoundError\"}");
            assertThat(result.count).isEqualTo(1);
            assertThat(result.value).isNull();
            assertThat(result.failure).isNull();
        }
    }

    @Test
    void aSummaryIsReadWithEveryBlobOnceAndFewRequestsAtATime() {
        Result<@Nullable StoredSummary> result = new Result<>();
        document.latestSummary(result);
        machine.open().remove().answer(200,
                "[{\"sha\":\"c1\",\"commit\":{\"author\":{\"date\":\"x\"},\"tree\":{\"sha\":\"t1\",\"url\":\"\"}}}]");
        assertThat(machine.open().peek().request.url())
                .isEqualTo("http://storage/repos/ten%20ant/git/trees/t1?recursive=1&blobs=1");
        StringBuilder tree = new StringBuilder("{\"sha\":\"t1\",\"tree\":[{\"path\":\"a%20b\",\"type\":\"tree\","
                + "\"sha\":\"f\",\"mode\":\"40000\",\"size\":0,\"url\":\"\"}");
        for (int i = 0; i < 40; i++) {
            tree.append(",{\"path\":\"a%20b/").append(i).append("\",\"type\":\"blob\",\"sha\":\"")
                    .append(Blobs.id(bytes("text " + i % 20))).append("\"}");
        }
        machine.open().remove().answer(200, tree + "]}");
        int blobs = 0;
        while (!machine.open().isEmpty()) {
            Exchange exchange = machine.open().removeLast();
            for (int i = 0; i < 20; i++) {
                if (exchange.request.url().endsWith("/git/blobs/" + Blobs.id(bytes("text " + i)))) {
                    exchange.answer(200, "{\"content\":\"" + Blobs.encode(bytes("text " + i))
                            + "\",\"encoding\":\"base64\"}");
                    blobs++;
                }
            }
        }
        assertThat(blobs).isEqualTo(20);
        assertThat(machine.mostOpen()).isEqualTo(DriverOptions.DEFAULT.concurrentRequests());
        assertThat(result.value).isNotNull();
        assertThat(result.value.handle()).isEqualTo("c1");
        assertThat(result.value.tree().tree("a b").entries()).hasSize(40);
        assertThat(result.value.tree().tree("a b").text("37")).isEqualTo("text 17");
    }

    @Test
    void blobsThatComeWithTheirTreeAreNotAskedForAgain() {
        Result<@Nullable StoredSummary> result = new Result<>();
        document.latestSummary(result);
        machine.open().remove().answer(200, "[{\"sha\":\"c1\",\"commit\":{\"tree\":{\"sha\":\"t1\"}}}]");
        machine.open().remove().answer(200,
                "{\"tree\":[" + leaf("here", "one", ",\"content\":\"one\",\"encoding\":\"utf-8\"")
                        + "," + leaf("again", "one", "") + "," + leaf("there", "two", "") + "]}");
        assertThat(machine.open()).hasSize(1);
        assertThat(machine.open().peek().request.url()).endsWith("/git/blobs/" + Blobs.id(bytes("two")));
        machine.open().remove().answer(200, "{\"content\":\"two\",\"encoding\":\"utf-8\"}");
        assertThat(result.value.tree().text("here")).isEqualTo("one");
        assertThat(result.value.tree().text("again")).isEqualTo("one");
        assertThat(result.value.tree().text("there")).isEqualTo("two");
    }

    @Test
    void aBlobThatComesDamagedWithItsTreeIsAFailure() {
        Result<@Nullable StoredSummary> result = new Result<>();
        document.latestSummary(result);
        machine.open().remove().answer(200, "[{\"sha\":\"c1\",\"commit\":{\"tree\":{\"sha\":\"t1\"}}}]");
        machine.open().remove().answer(200,
                "{\"tree\":[" + leaf("here", "one", ",\"content\":\"won\",\"encoding\":\"utf-8\"")
                        + "," + leaf("there", "two", "") + "]}");
        assertThat(result.failure.message()).contains("damaged");
        assertThat(machine.open()).isEmpty();
        assertThat(result.count).isEqualTo(1);
    }

    private static String leaf(String path, String text, String more) {
        return "{\"path\":\"" + path + "\",\"type\":\"blob\",\"sha\":\"" + Blobs.id(bytes(text)) + "\"" + more + "}";
    }

    @Test
    void aDamagedBlobOrTreeIsAFailureAndNotASummary() {
        assertThat(readOne("\"path\":\"x\",\"type\":\"blob\"", "other", "base64").message()).contains("damaged");
        assertThat(readOne("\"path\":\"x/y\",\"type\":\"blob\"", "text", "base64").message()).contains("x/y");
        assertThat(readOne("\"path\":\"%zz\",\"type\":\"blob\"", "text", "base64").message()).contains("%zz");
        assertThat(readOne("\"path\":\"x\",\"type\":\"blob\"", "text", "rot13").message()).contains("rot13");
    }

    @Test
    void attachedBlobsAreNotReadAndALeafThatIsNotThereIsAnIdAlone() {
        Result<@Nullable StoredSummary> result = new Result<>();
        document.latestSummary(result);
        machine.open().remove().answer(200, "[{\"sha\":\"c1\",\"commit\":{\"tree\":{\"sha\":\"t1\"}}}]");
        machine.open().remove().answer(200, "{\"tree\":[{\"path\":\".blobs\",\"type\":\"tree\",\"sha\":\"f\"},"
                + "{\"path\":\".blobs/0\",\"type\":\"blob\",\"sha\":\"large\"},"
                + "{\"path\":\".blobs/.redirectTable\",\"type\":\"blob\",\"sha\":\"" + Blobs.id(bytes("[]")) + "\"},"
                + "{\"path\":\"lost\",\"type\":\"blob\",\"sha\":\"gone\"}]}");
        assertThat(machine.open()).hasSize(2);
        machine.open().remove().answer(200, "{\"content\":\"W10=\",\"encoding\":\"base64\"}");
        machine.open().remove().answer(404, "{\"message\":\"no blob\"}");
        assertThat(result.value).isNotNull();
        SummaryNode.Tree tree = result.value.tree();
        assertThat(tree.tree(".blobs").get("0")).isEqualTo(new SummaryNode.Attachment("large"));
        assertThat(tree.tree(".blobs").text(".redirectTable")).isEqualTo("[]");
        assertThat(tree.get("lost")).isEqualTo(new SummaryNode.Attachment("gone"));
    }

    @Test
    void blobsAreStoredAndReadByThemselves() {
        Result<String> stored = new Result<>();
        document.createBlob(bytes("abc"), stored);
        assertThat(machine.open().peek().request.url()).isEqualTo("http://storage/repos/ten%20ant/git/blobs");
        assertThat(machine.open().peek().request.body())
                .isEqualTo("{\"content\":\"YWJj\",\"encoding\":\"base64\"}");
        machine.open().remove().answer(201, "{\"sha\":\"s\"}");
        assertThat(stored.value).isEqualTo("s");
        Result<byte[]> read = new Result<>();
        document.readBlob("s", read);
        assertThat(machine.open().peek().request.url()).isEqualTo("http://storage/repos/ten%20ant/git/blobs/s");
        machine.open().remove().answer(200, "{\"content\":\"YWJj\",\"encoding\":\"base64\"}");
        assertThat(read.value).isEqualTo(bytes("abc"));
    }

    @Test
    void anUploadSendsEqualLeavesOnceAndWhatTheParentHasNotAtAll() {
        Result<String> result = new Result<>();
        SummaryNode.Tree tree = new SummaryBuilder().text("new", "new").text("again", "new").text("old", "old")
                .put("kept", new SummaryNode.Handle("/.channels/a%20b", false))
                .put("leaf", new SummaryNode.Handle("/.channels/a%20b/header", true))
                .put("folder", new SummaryBuilder().text("deep", "new").put("blob", new SummaryNode.Attachment("b9"))
                        .build())
                .build();
        document.uploadSummary(tree, "c1", result);
        assertThat(machine.open().peek().request.url()).endsWith("/commits?count=1&sha=c1");
        machine.open().remove().answer(200, "[{\"sha\":\"c1\",\"commit\":{\"tree\":{\"sha\":\"t1\"}}}]");
        String old = Blobs.id(bytes("old"));
        machine.open().remove().answer(200, "{\"tree\":[{\"path\":\".channels\",\"type\":\"tree\",\"sha\":\"f1\"},"
                + "{\"path\":\".channels/a%20b\",\"type\":\"tree\",\"sha\":\"f2\"},"
                + "{\"path\":\".channels/a%20b/header\",\"type\":\"blob\",\"sha\":\"" + old + "\"}]}");
        assertThat(machine.open()).singleElement().satisfies(exchange -> {
            assertThat(exchange.request.url()).isEqualTo("http://storage/repos/ten%20ant/git/blobs");
            assertThat(exchange.request.body()).isEqualTo("{\"content\":\"new\",\"encoding\":\"utf-8\"}");
        });
        String fresh = Blobs.id(bytes("new"));
        machine.open().remove().answer(201, "{\"sha\":\"" + fresh + "\",\"url\":\"\"}");
        assertThat(machine.open().peek().request.body()).isEqualTo("{\"tree\":[{\"mode\":\"100644\",\"path\":\"deep\","
                + "\"sha\":\"" + fresh + "\",\"type\":\"blob\"},{\"mode\":\"100644\",\"path\":\"blob\",\"sha\":\"b9\","
                + "\"type\":\"blob\"}]}");
        machine.open().remove().answer(201, "{\"sha\":\"f3\"}");
        assertThat(machine.open().peek().request.body()).contains(
                "{\"mode\":\"40000\",\"path\":\"kept\",\"sha\":\"f2\",\"type\":\"tree\"}",
                "{\"mode\":\"100644\",\"path\":\"leaf\",\"sha\":\"" + old + "\",\"type\":\"blob\"}",
                "{\"mode\":\"40000\",\"path\":\"folder\",\"sha\":\"f3\",\"type\":\"tree\"}");
        machine.open().remove().answer(201, "{\"sha\":\"root\"}");
        assertThat(result.value).isEqualTo("root");
        assertThat(machine.requests).hasSize(5);
    }

    @Test
    void anUploadFailsOnceAndStopsSending() {
        Result<String> result = new Result<>();
        SummaryBuilder tree = new SummaryBuilder();
        for (int i = 0; i < 50; i++) {
            tree.text("n" + i, "text " + i);
        }
        document.uploadSummary(tree.build(), null, result);
        machine.open().remove().answer(500, "full");
        while (!machine.open().isEmpty()) {
            machine.open().remove().answer(500, "full");
        }
        assertThat(result.count).isEqualTo(1);
        assertThat(result.failure.code()).isEqualTo(500);
        assertThat(machine.requests).hasSize(DriverOptions.DEFAULT.concurrentRequests());
    }

    @Test
    void aStorageThatNamesBlobsInItsOwnWayIsNotTrusted() {
        Result<String> result = new Result<>();
        document.uploadSummary(new SummaryBuilder().text("a", "b").build(), null, result);
        machine.open().remove().answer(201, "{\"sha\":\"0000000000000000000000000000000000000000\"}");
        assertThat(result.failure.message()).contains(Blobs.id(bytes("b")));
    }

    @Test
    void anEmptySummaryIsAnEmptyTree() {
        Result<String> result = new Result<>();
        document.uploadSummary(SummaryNode.Tree.EMPTY, null, result);
        assertThat(machine.open().peek().request.body()).isEqualTo("{\"tree\":[]}");
        machine.open().remove().answer(201, "{\"sha\":\"e\"}");
        assertThat(result.value).isEqualTo("e");
    }

    private Failure readOne(String entry, String content, String encoding) {
        Result<@Nullable StoredSummary> result = new Result<>();
        document.latestSummary(result);
        machine.open().remove().answer(200, "[{\"sha\":\"c1\",\"commit\":{\"tree\":{\"sha\":\"t1\"}}}]");
        machine.open().remove().answer(200,
                "{\"tree\":[{" + entry + ",\"sha\":\"" + Blobs.id(bytes("text")) + "\"}]}");
        machine.open().remove().answer(200,
                "{\"content\":\"" + Blobs.encode(bytes(content)) + "\",\"encoding\":\"" + encoding + "\"}");
        assertThat(result.count).isEqualTo(1);
        assertThat(result.failure).isNotNull();
        return result.failure;
    }

    private Failure failure(int status, String body, double retryAfterSeconds) {
        Result<List<SequencedMessage>> result = new Result<>();
        document.deltas(0, 3, result);
        machine.open().remove().answer(status, body, retryAfterSeconds);
        assertThat(result.failure).isNotNull();
        return result.failure;
    }

    private static String messages(int first, int last) {
        StringBuilder text = new StringBuilder("[");
        for (int sn = first; sn <= last; sn++) {
            text.append(sn == first ? "" : ",").append(message(sn));
        }
        return text.append(']').toString();
    }

    private static String message(int sn) {
        JsonWriter writer = new JsonWriter();
        new SequencedMessage("c", sn, 0, sn, 0, MessageType.OP, new RawJson("\"{}\""), null, null, null, 1)
                .write(writer);
        return writer.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static final class Result<T extends @Nullable Object> implements Outcome<T> {
        @Nullable
        T value;
        @Nullable
        Failure failure;
        int count;

        @Override
        public void succeeded(T result) {
            value = result;
            count++;
        }

        @Override
        public void failed(Failure reason) {
            failure = reason;
            count++;
        }
    }
}
