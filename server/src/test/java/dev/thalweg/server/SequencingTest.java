package dev.thalweg.server;

import static dev.thalweg.server.RawClient.isType;
import static dev.thalweg.server.RawClient.message;
import static dev.thalweg.server.RawClient.number;
import static dev.thalweg.server.RawClient.sn;
import static dev.thalweg.server.RawClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The one line of a document, as its clients see it. */
class SequencingTest extends OneDocument {
    @Test
    void twoClientsSeeOneLineWithoutGapsAndInTheVeryCharactersThatWereSent() throws Exception {
        try (RawClient a = RawClient.write(server, document); RawClient b = RawClient.write(server, document)) {
            b.ops(2);
            for (int i = 0; i < 50; i++) {
                a.submit(2, "{\"a\": " + i + ",  \"text\":\"ü😀\\n\"}");
                b.submit(2, "{\"b\":" + i + "}");
            }
            List<JsonObject> seenByA = a.ops(102);
            List<JsonObject> seenByB = b.ops(102);
            assertThat(seenByA).extracting(RawClient::sn)
                    .isEqualTo(java.util.stream.IntStream.rangeClosed(1, 102).boxed().toList());
            assertThat(seenByB).isEqualTo(seenByA.subList(seenByA.size() - seenByB.size(), seenByA.size()));
            assertThat(seenByA).filteredOn(op -> a.clientId().equals(text(op, "clientId")))
                    .extracting(op -> text(op, "contents")).hasSize(50)
                    .startsWith("{\"a\": 0,  \"text\":\"ü😀\\n\"}", "{\"a\": 1,  \"text\":\"ü😀\\n\"}");
            assertThat(server.deltas(document, 0, 200)).isEqualTo(seenByA);
        }
    }

    @Test
    void sendsTheMessagesOfABatchTogetherAndKeepsMetadataAndCompression() throws Exception {
        try (RawClient a = RawClient.write(server, document)) {
            a.submit(JsonValue.parse("{\"contents\":\"1\",\"referenceSequenceNumber\":1,\"type\":\"op\",\"extra\":1,"
                    + "\"clientSequenceNumber\":1,\"metadata\":{\"batch\":true},\"compression\":\"lz4\"}"),
                    message("op", 2, 1, JsonValue.of("2")));
            List<JsonObject> ops = a.ops(3);
            assertThat(ops.get(1).get("metadata").toJson()).isEqualTo("{\"batch\":true}");
            assertThat(text(ops.get(1), "compression")).isEqualTo("lz4");
            assertThat(ops.get(1).get("extra")).isNull();
            assertThat(ops.get(1).number("timestamp")).isGreaterThan(1.7e12);
            // A bare message instead of a batch is taken too.
            a.event("submitOp", JsonValue.of(a.clientId()), JsonArray.of(message("op", 3, 1, JsonValue.of("3"))));
            assertThat(text(a.ops(4).get(3), "contents")).isEqualTo("3");
        }
    }

    @Test
    void theMinimumFollowsTheSlowestWriterAndReadersDoNotHoldIt() throws Exception {
        try (RawClient a = RawClient.write(server, document); RawClient reader = RawClient.read(server, document)) {
            RawClient b = RawClient.write(server, document);
            a.submit(2, "1");
            assertThat(number(a.ops(3).get(2), "minimumSequenceNumber")).isZero();
            b.submit(3, "2");
            assertThat(number(a.ops(4).get(3), "minimumSequenceNumber")).isEqualTo(2);
            b.close();
            assertThat(number(a.op(op -> isType(op, "leave")), "minimumSequenceNumber")).isEqualTo(2);
            assertThat(reader.ops(5)).isNotEmpty();
        }
    }

    @Test
    void refusesAGapAndPassesOverADuplicateSilently() throws Exception {
        try (RawClient a = RawClient.write(server, document)) {
            a.submit(message("op", 1, 1, JsonValue.of("1")));
            a.submit(message("op", 1, 1, JsonValue.of("again")));
            a.submit(message("op", 9, 1, JsonValue.of("gap")));
            JsonArray event = a.await("nack");
            assertThat(event.get(1)).isEqualTo(JsonValue.of(document));
            JsonObject nack = (JsonObject) ((JsonArray) event.get(2)).get(0);
            assertThat(nack.object("content").string("type")).isEqualTo("BadRequestError");
            assertThat(nack.object("content").string("message")).startsWith("Gap detected in incoming op");
            assertThat(number(nack.object("operation"), "clientSequenceNumber")).isEqualTo(9);
            a.submit(message("op", 2, 1, JsonValue.of("2")));
            assertThat(a.ops(3)).extracting(op -> text(op, "contents")).containsExactly(null, "1", "2");
        }
    }

    @Test
    void tellsEveryoneOfTheMessagesBeforeARefusedOneInABatch() throws Exception {
        try (RawClient a = RawClient.write(server, document); RawClient b = RawClient.write(server, document)) {
            b.ops(2);
            a.submit(message("op", 1, 2, JsonValue.of("1")), message("join", 2, 2, JsonValue.of("bad")),
                    message("op", 3, 2, JsonValue.of("3")));
            assertThat(a.nack().string("message")).isEqualTo("Op not allowed: join");
            b.submit(3, "next");
            assertThat(b.ops(4)).extracting(op -> text(op, "contents")).endsWith("1", "next");
            assertThat(b.operations()).extracting(RawClient::sn).containsExactly(2, 3, 4);
        }
    }

    @Test
    void refusesReferencesBelowTheMinimumAndAboveTheLastNumber() throws Exception {
        try (RawClient a = RawClient.write(server, document)) {
            a.submit(message("op", 1, 1_000_000, JsonValue.of("future")));
            assertThat(a.nack().string("message")).contains("Refseq 1000000");
            a.submit(message("op", 1, 1, JsonValue.of("1")));
            a.ops(2);
            a.submit(message("op", 2, 0, JsonValue.of("past")));
            assertThat(a.nack().string("message")).isEqualTo("Refseq 0 < 1");
            a.submit(message("op", 2, 2, JsonValue.of("after")));
            assertThat(a.nack().string("message")).isEqualTo("Nonexistent client");
            assertThat(server.deltas(document, 0, 100)).hasSize(2);
        }
    }

    @Test
    void refusesMessagesInAnotherClientsNameAndBeforeConnecting() throws Exception {
        try (RawClient a = RawClient.write(server, document); RawClient b = RawClient.open(server)) {
            b.event("submitOp", JsonValue.of(a.clientId()), JsonArray.of(message("op", 1, 1, JsonValue.of("x"))));
            assertThat(b.nack().string("message")).isEqualTo("Nonexistent client");
            a.event("submitOp", JsonValue.of("somebody"), JsonArray.of(message("op", 1, 1, JsonValue.of("x"))));
            assertThat(a.nack().string("message")).isEqualTo("Nonexistent client");
            assertThat(server.deltas(document, 0, 100)).hasSize(1);
        }
    }

    @Test
    void announcesAMinimumThatANoopHasRaised() throws Exception {
        try (RawClient a = RawClient.write(server, document); RawClient b = RawClient.write(server, document)) {
            a.submit(2, "1");
            b.ops(3);
            b.submit(message("noop", 1, 3, null));
            a.submit(message("noop", 2, 3, JsonNull.NULL));
            JsonObject noop = a.op(op -> isType(op, "noop"));
            assertThat(text(noop, "clientId")).isNull();
            assertThat(sn(noop)).isEqualTo(4);
            assertThat(number(noop, "minimumSequenceNumber")).isEqualTo(3);
        }
    }

    @Test
    void manyDocumentsKeepTheirOwnLines() throws Exception {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            clients.add(RawClient.write(server, server.create("doc-" + i)));
        }
        for (int n = 0; n < 20; n++) {
            for (RawClient client : clients) {
                client.submit(1, "\"" + client.documentId() + "\"");
            }
        }
        for (RawClient client : clients) {
            assertThat(client.ops(21)).extracting(RawClient::sn).startsWith(1, 2, 3).hasSize(21);
            assertThat(client.operations().subList(1, 21)).extracting(op -> text(op, "contents"))
                    .containsOnly("\"" + client.documentId() + "\"");
            client.close();
        }
    }
}
