package dev.thalweg.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.bytes.Utf8;
import dev.thalweg.container.Rig.Box;
import dev.thalweg.container.Rig.Peer;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.json.RawJson;
import dev.thalweg.loopback.LoopbackOptions;
import dev.thalweg.lz4.Lz4Frame;
import dev.thalweg.protocol.DocumentMessage;
import dev.thalweg.protocol.MessageType;
import dev.thalweg.protocol.Scopes;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.sequencing.SequencerLimits;
import dev.thalweg.storage.Blobs;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Messages that are compressed or come in chunks. */
class PackingTest {
    private final Rig rig = new Rig();

    @Test
    void aLargeValueIsCompressedAndReadByOthers() {
        Peer a = rig.create();
        Peer b = rig.join();
        a.gauges().set("k", JsonValue.of("ab".repeat(400_000)));
        rig.service.settle();
        SequencedMessage message = rig.operations().get(0);
        assertThat(rig.operations()).hasSize(1);
        assertThat(message.compression()).isEqualTo("lz4");
        assertThat(message.metadata()).isNull();
        assertThat(contents(message)).startsWith("{\"packedContents\":\"BCJNGG").hasSizeLessThan(10_000);
        Rig.assertSame(a, b, rig.join());
    }

    @Test
    void whatStaysLargeGoesInChunks() {
        Peer a = rig.create();
        Peer b = rig.join();
        a.container.runTransaction(() -> {
            a.gauges().set("noise", JsonValue.of(noise(900_000)));
            a.sandbags().increment(3);
        });
        rig.service.settle();
        List<SequencedMessage> messages = rig.operations();
        assertThat(messages).hasSizeBetween(4, 8).allSatisfy(message -> {
            assertThat(message.compression()).isNull();
            assertThat(message.metadata()).isNull();
            assertThat(contents(message)).startsWith("{\"type\":\"chunkedOp\",\"contents\":{\"chunkId\":");
        });
        assertThat(contents(messages.get(messages.size() - 1))).endsWith("\"totalChunks\":" + messages.size()
                + ",\"originalCompression\":\"lz4\",\"originalMetadata\":{\"groupedOpCount\":2},"
                + "\"originalType\":\"component\"}}");
        assertThat(a.container.runtime().submissions.insideChunks()).isFalse();
        Rig.assertSame(a, b, rig.join());
    }

    @Test
    void aServiceWithSmallMessagesGetsSmallChunks() {
        Rig small = new Rig(new LoopbackOptions(new SequencerLimits(4_000), Scopes.ALL, 250));
        Peer a = small.create();
        Peer b = small.join();
        a.gauges().set("noise", JsonValue.of(noise(30_000)));
        small.service.settle();
        assertThat(small.operations()).hasSizeGreaterThan(5);
        assertThat(a.events(ContainerEvent.Nacked.class)).isEmpty();
        Rig.assertSame(a, b, small.join());
    }

    @Test
    void aBreakInTheMiddleOfChunksLosesNothing() {
        Rig small = new Rig(new LoopbackOptions(new SequencerLimits(4_000), Scopes.ALL, 250));
        Peer a = small.create();
        Peer b = small.join();
        for (int steps = 0; steps < 14; steps++) {
            a.gauges().set("noise", JsonValue.of(steps + noise(9_000)));
            a.sandbags().increment(1);
            small.timers.advance(0);
            for (int i = 0; i < steps; i++) {
                small.service.step();
            }
            a.link.cut();
            small.service.settle();
            a.link.restore();
            small.service.advance(20_000);
            small.service.settle();
            assertThat(a.sandbags().value()).isEqualTo(steps + 1);
            Rig.assertSame(a, b, small.join());
        }
    }

    @Test
    void aSummaryInTheMiddleOfChunksKeepsThem() {
        Peer a = rig.create();
        Peer s = rig.join(Rig.SUMMARIZER);
        Rig.Raw raw = rig.new Raw();
        List<String> chunks = chunks(set("k", "x".repeat(200)), 50);
        for (int i = 0; i < chunks.size() - 1; i++) {
            raw.submit(chunks.get(i), null);
        }
        Box<SummaryReport> box = new Box<>();
        s.container.summarize(box);
        rig.service.settle();
        JsonArray kept = (JsonArray) parse(Objects.requireNonNull(box.value().tree().text(".chunks")));
        assertThat(kept.size()).isEqualTo(1);
        Peer late = rig.join();
        raw.submit(chunks.get(chunks.size() - 1), null);
        assertThat(a.get("k")).isEqualTo(JsonValue.of("x".repeat(200)));
        Rig.assertSame(a, s, late, rig.join());

        Box<SummaryReport> after = new Box<>();
        s.container.summarize(after);
        rig.service.settle();
        assertThat(after.value().tree().get(".chunks")).isNull();
    }

    @Test
    void chunksThatDoNotFollowEachOtherAreReportedOnceAndTheRestIsPassedOver() {
        Peer a = rig.create();
        Peer b = rig.join();
        Rig.Raw raw = rig.new Raw();
        List<String> chunks = chunks(set("k", "x".repeat(200)), 50);
        raw.submit(chunks.get(0), null, chunks.get(2), null, chunks.get(3), null);
        assertThat(a.events(ContainerEvent.OperationUnreadable.class)).hasSize(1);
        assertThat(a.events(ContainerEvent.OperationUnreadable.class).get(0).reason())
                .contains("chunk 3").contains("chunk 2 was due");
        chunks.forEach(chunk -> raw.submit(chunk, null));
        assertThat(a.events(ContainerEvent.OperationUnreadable.class)).hasSize(1);
        assertThat(a.get("k")).isEqualTo(JsonValue.of("x".repeat(200)));
        Rig.assertSame(a, b);
    }

    @Test
    void aConnectionThatEndsInTheMiddleOfChunksIsReportedAndItsChunksAreDropped() {
        Peer a = rig.create();
        Rig.Raw raw = rig.new Raw();
        raw.submit(chunks(set("k", "x".repeat(200)), 50).get(0), null);
        raw.connection.close();
        rig.service.settle();
        assertThat(a.events(ContainerEvent.OperationUnreadable.class)).hasSize(1);
        assertThat(a.events(ContainerEvent.OperationUnreadable.class).get(0).reason()).contains("after 1 chunks");
        assertThat(a.container.runtime().parts.chunks.write()).isNull();
        Rig.assertSame(a, rig.join());
    }

    @Test
    void whatCannotBeUnpackedIsReportedAndForbidsASummary() {
        Peer a = rig.create();
        Peer s = rig.join(Rig.SUMMARIZER);
        Rig.Raw raw = rig.new Raw();
        submit(raw, "{\"packedContents\":\"AAAA\"}", "lz4");
        submit(raw, "{\"packedContents\":\"!\"}", "lz4");
        submit(raw, "{\"packedContents\":\"AAAA\"}", "zip");
        submit(raw, "{\"packedContents\":\"" + packed("[1,2]") + "\"}", "lz4");
        submit(raw, "{\"packedContents\":\"" + packed("[{\"a\":") + "\"}", "lz4");
        submit(raw, "{\"type\":\"chunkedOp\",\"contents\":{\"chunkId\":0,\"totalChunks\":1,\"contents\":\"\"}}", null);
        submit(raw, "{\"type\":\"chunkedOp\",\"contents\":{\"chunkId\":1,\"totalChunks\":1,\"contents\":\"\"}}", null);
        assertThat(a.events(ContainerEvent.OperationUnreadable.class)).hasSize(7);
        a.set("k", 1);
        rig.service.settle();
        Rig.assertSame(a, s, rig.join());
        Box<SummaryReport> box = new Box<>();
        s.container.summarize(box);
        rig.service.settle();
        assertThat(box.failure().message()).contains("could not be read");
    }

    /** As stock clients send it: one operation of the document in {@code packedContents}, and one without the mark. */
    @Test
    void compressedMessagesOfOthersAreRead() {
        Peer a = rig.create();
        Rig.Raw raw = rig.new Raw();
        String group = "{\"type\":\"groupedBatch\",\"contents\":[{\"contents\":" + set("a", "1")
                + ",\"metadata\":{\"batch\":true}},{\"contents\":" + set("b", "2")
                + ",\"metadata\":{\"batch\":false}}]}";
        submit(raw, "{\"packedContents\":\"" + packed("[" + group + "]") + "\"}", "lz4");
        submit(raw, "{\"packedContents\":\"" + packed("[" + set("c", "3") + "]") + "\"}", null);
        assertThat(a.get("a")).isEqualTo(JsonValue.of("1"));
        assertThat(a.get("b")).isEqualTo(JsonValue.of("2"));
        assertThat(a.get("c")).isEqualTo(JsonValue.of("3"));
        Rig.assertSame(a, rig.join());
    }

    @Test
    void moreThanAClientUnpacksIsRefusedBeforeAnythingChanges() {
        Peer a = rig.create();
        assertThatThrownBy(() -> a.gauges().set("k", JsonValue.of("x".repeat(40_000_000))))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("at most 33554432");
        assertThat(a.gauges().size()).isZero();
    }

    private void submit(Rig.Raw raw, String contents, @Nullable String compression) {
        raw.submit(new DocumentMessage(raw.nextCsn(), rig.service.sequenceNumber(rig.documentId), MessageType.OP,
                RawJson.of(new JsonString(contents)), null,
                compression));
    }

    private static String packed(String text) {
        return Blobs.encode(Lz4Frame.encode(Utf8.encode(text)));
    }

    private static List<String> chunks(String envelope, int size) {
        List<String> chunks = new ArrayList<>();
        int total = (envelope.length() + size - 1) / size;
        for (int i = 0; i < total; i++) {
            chunks.add(JsonObject.builder().put("type", "chunkedOp").put("contents", JsonObject.builder()
                    .put("chunkId", i + 1)
                    .put("contents", envelope.substring(i * size, Math.min(envelope.length(), (i + 1) * size)))
                    .put("totalChunks", total).build()).build().toJson());
        }
        return chunks;
    }

    private static String set(String key, String value) {
        return BatchTest.component("_C", "{\"key\":\"" + key + "\",\"type\":\"set\",\"value\":{\"type\":\"Plain\","
                + "\"value\":\"" + value + "\"}}");
    }

    private static String noise(int length) {
        Random random = new Random(5);
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append((char) ('!' + random.nextInt(90)));
        }
        return text.toString();
    }

    private static String contents(SequencedMessage message) {
        return ((JsonString) parse(Objects.requireNonNull(message.contents()).text())).value();
    }

    private static JsonValue parse(String text) {
        try {
            return JsonValue.parse(text);
        } catch (ProtocolException e) {
            throw new AssertionError(e);
        }
    }
}
