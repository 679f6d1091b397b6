package dev.thalweg.e2e;

import static dev.thalweg.e2e.StockDocument.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.protocol.MessageType;
import dev.thalweg.protocol.SequencedMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Fluid's own client, unmodified, with our service: two programs on Node.js that know nothing of it but its port. Both
 * of Fluid's document formats: {@code "1"} sends every edit by itself, {@code "2"} gathers the edits of a turn,
 * compresses and cuts what is large, and has trees.
 */
class StockClientIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(20);

    @TempDir
    static Path data;

    private static StubProcess service;
    private static StockClient ada;
    private static StockClient ben;
    private static OpLog log;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        service = StubProcess.start(data);
        ada = StockClient.start(service.port(), "ada");
        ben = StockClient.start(service.port(), "ben");
        log = new OpLog(service.address(""));
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        if (log != null) {
            log.close();
        }
        for (StockClient client : new StockClient[] {ada, ben}) {
            if (client != null) {
                client.close();
            }
        }
        service.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void everyStructureIsEditedByTwoAndEndsEqual(String compatibility) {
        Map<String, String> objects = everything(compatibility);
        StockDocument hers = ada.create(objects, compatibility);
        hers.call("map", "set", "title", "before attaching");
        hers.call("counter", "increment", 5);
        hers.call("string", "insertText", 0, "Hello");
        StockDocument his = ben.open(hers.attach(), objects, compatibility);
        assertThat(his.call("map", "get", "title")).isEqualTo(JsonValue.of("before attaching"));
        hers.connected();
        his.connected();
        await().atMost(PATIENCE).pollInterval(LOOK).until(() -> hers.members() == 2 && his.members() == 2);
        editEverything(hers, compatibility, "Ada");
        editEverything(his, compatibility, "Ben");
        settle(hers, his);
        JsonValue first = hers.call("queue", "finish");
        JsonValue second = his.call("queue", "putBack");
        assertThat(List.of(first, second)).containsExactlyInAnyOrder(JsonValue.of("Ada's work"),
                JsonValue.of("Ben's work"));
        settle(hers, his);
        JsonObject end = hers.state();
        assertThat(end.get("counter")).isEqualTo(JsonValue.of(5 + 2 * 7));
        assertThat(end.get("map").toJson()).contains("\"Ada\":", "\"Ben\":", "before attaching");
        assertThat(end.get("directory").toJson()).contains("\"Ada's\"", "\"Ben's\"");
        assertThat(end.get("registers").toJson()).contains("\"atomic\"");
        assertThat(end.get("string").toJson()).contains("Ada", "Ben", "Hello", "bold");
        assertThat(end.get("matrix").toJson()).contains("Ada", "Ben");
        assertThat(end.get("queue").toJson()).contains(second.toJson()).doesNotContain(first.toJson());
        assertThat(end.get("tasks").toJson()).contains("sweep");
        if (compatibility.equals("2")) {
            assertThat(end.get("tree").toJson()).contains("Ada", "Ben");
        }
        StockDocument late = ben.open(id(hers), objects, compatibility);
        await().atMost(PATIENCE).pollInterval(LOOK).untilAsserted(() -> assertThat(late.state()).isEqualTo(end));
        close(hers, his, late);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void objectsMadeLaterAreFoundByTheirHandles(String compatibility) {
        Map<String, String> objects = Map.of("map", "map");
        StockDocument hers = ada.create(objects, compatibility);
        StockDocument his = ben.open(hers.attach(), objects, compatibility);
        List<String> kinds = everything(compatibility).values().stream().toList();
        for (String kind : kinds) {
            hers.make(kind, "new-" + kind, "map", kind);
        }
        hers.call("new-map", "set", "inner", JsonObject.of("$handle", JsonValue.of("new-counter")));
        hers.call("new-counter", "increment", 3);
        hers.saved();
        await().atMost(PATIENCE).pollInterval(LOOK).until(() -> his.connection().toJson().contains("\"connected\":true")
                && kinds.stream().allMatch(kind -> his.state("map").toJson().contains("\"" + kind + "\"")));
        for (String kind : kinds) {
            his.find(kind, "new-" + kind, "map", kind);
        }
        await().atMost(PATIENCE).pollInterval(LOOK).until(() -> his.state("new-map").toJson().contains("inner"));
        his.find("counter", "inner", "new-map", "inner");
        his.call("inner", "increment", 4);
        his.call("new-string", "insertText", 0, "made later");
        his.saved();
        await().atMost(PATIENCE).pollInterval(LOOK).untilAsserted(() -> {
            assertThat(hers.state("new-counter")).isEqualTo(JsonValue.of(7));
            assertThat(hers.state("new-string")).isEqualTo(his.state("new-string"));
        });
        close(hers, his);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void anAttachmentIsFetchedByTheOther(String compatibility) {
        Map<String, String> objects = Map.of("map", "map");
        StockDocument hers = ada.create(objects, compatibility);
        String id = hers.attach();
        StockDocument his = ben.open(id, objects, compatibility);
        hers.connected();
        String text = "grüße 😀 ".repeat(5000);
        hers.upload(text, "map", "letter");
        hers.saved();
        await().atMost(PATIENCE).pollInterval(LOOK).until(() -> his.state("map").toJson().contains("letter"));
        assertThat(his.download("map", "letter")).isEqualTo(text);
        StockDocument late = ben.open(id, objects, compatibility);
        settle(hers, late);
        assertThat(late.download("map", "letter")).isEqualTo(text);
        close(hers, his, late);
    }

    @Test
    void aTurnIsOneMessageAndALargeOneIsCompressedAndCut() throws Exception {
        Map<String, String> objects = Map.of("map", "map");
        StockDocument hers = ada.create(objects, "2");
        String id = hers.attach();
        StockDocument his = ben.open(id, objects, "2");
        hers.connected();
        his.connected();
        hers.turn(IntStream.range(0, 50).mapToObj(i -> line("map", "set", "k" + i, i)).toList());
        hers.saved();
        assertThat(log.read(id, MessageType.OP)).anyMatch(message -> message.contents() != null
                && message.contents().text().contains("groupedBatch"));
        hers.call("map", "set", "even", "the same again and again ".repeat(80_000));
        List<JsonValue> noise = IntStream.range(0, 10)
                .mapToObj(i -> line("map", "set", "noise" + i, JsonObject.of("$noise", JsonValue.of(200_000))))
                .toList();
        hers.turn(noise);
        his.turn(noise);
        settle(hers, his);
        assertThat(hers.state("map").toJson()).contains("\"$text\":200000", "\"$text\":2000000");
        List<SequencedMessage> sent = log.read(id, MessageType.OP);
        assertThat(sent).anyMatch(message -> "lz4".equals(message.compression()));
        assertThat(sent.stream().filter(message -> message.contents() != null
                && message.contents().text().contains("chunkedOp"))).hasSizeGreaterThan(10);
        StockDocument late = ben.open(id, objects, "2");
        settle(hers, late);
        close(hers, his, late);
    }

    @Test
    void manyLargeEditsOfTheOldFormatArriveOneByOne() {
        Map<String, String> objects = Map.of("map", "map");
        StockDocument hers = ada.create(objects, "1");
        StockDocument his = ben.open(hers.attach(), objects, "1");
        hers.connected();
        hers.turn(IntStream.range(0, 20)
                .mapToObj(i -> line("map", "set", "noise" + i, JsonObject.of("$noise", JsonValue.of(400_000))))
                .toList());
        settle(hers, his);
        assertThat(his.state("map").toJson()).contains("noise19");
        close(hers, his);
    }

    @Test
    void signalsAndPresenceReachTheOthers() {
        Map<String, String> objects = Map.of("map", "map");
        StockDocument hers = ada.create(objects, "2");
        StockDocument his = ben.open(hers.attach(), objects, "2");
        hers.connected();
        his.connected();
        hers.listen();
        his.listen();
        hers.signal("cursor", 7);
        await().atMost(PATIENCE).pollInterval(LOOK).untilAsserted(() -> {
            assertThat(his.signals().toJson()).isEqualTo("[{\"type\":\"cursor\",\"content\":7,\"local\":false}]");
            assertThat(hers.signals().toJson()).isEqualTo("[{\"type\":\"cursor\",\"content\":7,\"local\":true}]");
        });
        hers.present("here");
        his.present("there");
        await().atMost(PATIENCE).pollInterval(LOOK).untilAsserted(() -> {
            assertThat(hers.presences()).isEqualTo(JsonArray.of(JsonValue.of("there")));
            assertThat(his.presences()).isEqualTo(JsonArray.of(JsonValue.of("here")));
        });
        StockDocument late = ada.open(id(his), objects, "2");
        late.present("late");
        await().atMost(PATIENCE).pollInterval(LOOK)
                .untilAsserted(() -> assertThat(late.presences().toJson()).contains("here", "there"));
        close(hers, his, late);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void whatWasDoneOffTheLinkIsSentAfterwards(String compatibility) {
        Map<String, String> objects = everything(compatibility);
        StockDocument hers = ada.create(objects, compatibility);
        StockDocument his = ben.open(hers.attach(), objects, compatibility);
        hers.connected();
        his.connected();
        hers.call("string", "insertText", 0, "both know this");
        hers.call("matrix", "insertRows", 0, 3);
        hers.call("matrix", "insertCols", 0, 3);
        settle(hers, his);
        hers.disconnect();
        for (int i = 0; i < 5; i++) {
            editOffline(hers, compatibility, "Ada", i);
            editOffline(his, compatibility, "Ben", i);
        }
        his.saved();
        assertThat(hers.state("map").toJson()).contains("Ada").doesNotContain("Ben");
        hers.connect();
        settle(hers, his);
        assertThat(his.state("counter")).isEqualTo(JsonValue.of(10));
        assertThat(his.state("string").toJson()).contains("Ada4", "Ben4");
        close(hers, his);
    }

    @Test
    void aClientSummarizesByItselfAndALateOneLoadsThat() throws Exception {
        // Most of it is waiting. Not in the common pool, which the HTTP client of the log needs for its answers.
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (Future<?> each : List.of(threads.submit(() -> summarizeAndLoad("1")),
                    threads.submit(() -> summarizeAndLoad("2")))) {
                each.get();
            }
        }
    }

    @Test
    void documentsSurviveTheServiceStoppedAndKilled() throws Exception {
        List<StockDocument> mine = new ArrayList<>();
        List<StockDocument> theirs = new ArrayList<>();
        for (String compatibility : List.of("1", "2")) {
            StockDocument hers = ada.create(everything(compatibility), compatibility);
            StockDocument his = ben.open(hers.attach(), everything(compatibility), compatibility);
            hers.connected();
            his.connected();
            editEverything(hers, compatibility, "Ada");
            settle(hers, his);
            mine.add(hers);
            theirs.add(his);
        }
        service.close();
        mine.forEach(hers -> hers.call("map", "set", "while", "it was stopped"));
        service.restart();
        for (int i = 0; i < mine.size(); i++) {
            settle(mine.get(i), theirs.get(i));
            mine.get(i).call("counter", "increment", 1);
        }
        service.kill();
        theirs.forEach(his -> his.call("map", "set", "during", "the failure"));
        service.restart();
        for (int i = 0; i < mine.size(); i++) {
            StockDocument hers = mine.get(i);
            String compatibility = i == 0 ? "1" : "2";
            settle(hers, theirs.get(i));
            assertThat(hers.state("map").toJson()).contains("it was stopped", "the failure");
            assertThat(hers.state("counter")).isEqualTo(JsonValue.of(7 + 1));
            StockDocument late = ben.open(id(hers), everything(compatibility), compatibility);
            late.connected();
            settle(hers, late);
            close(hers, theirs.get(i), late);
        }
    }

    private static void summarizeAndLoad(String compatibility) {
        Map<String, String> objects = everything(compatibility);
        StockDocument hers = ada.create(objects, compatibility);
        String id = hers.attach();
        hers.connected();
        editEverything(hers, compatibility, "Ada");
        // Its own rule: a summary after a hundred edits.
        for (int i = 0; i < 120; i++) {
            hers.call("map", "set", "k" + i % 10, i);
        }
        hers.saved();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100))
                .until(() -> !log.read(id, MessageType.SUMMARY_ACK).isEmpty());
        hers.call("map", "set", "after", "the summary");
        hers.saved();
        try {
            List<SequencedMessage> record = log.read(id);
            SequencedMessage ack = record.stream().filter(message -> message.type() == MessageType.SUMMARY_ACK)
                    .findFirst().orElseThrow();
            SequencedMessage proposal = record.stream().filter(message -> message.type() == MessageType.SUMMARIZE)
                    .findFirst().orElseThrow();
            assertThat(ack.sequenceNumber()).isGreaterThan(proposal.sequenceNumber());
            assertThat(proposal.referenceSequenceNumber()).isGreaterThan(100);
            assertThat(record.stream().filter(message -> message.type() == MessageType.SUMMARY_NACK)).isEmpty();
            StockDocument late = ben.open(id, objects, compatibility);
            late.connected();
            settle(hers, late);
            assertThat(late.state("map").toJson()).contains("the summary");
            assertThat(ben.fetched(id)).as("from where it fetched besides the summary").isNotEmpty()
                    .allSatisfy(from -> assertThat(from).isGreaterThanOrEqualTo(proposal.referenceSequenceNumber()));
            close(hers, late);
        } catch (Exception e) {
            throw new AssertionError("format " + compatibility, e);
        }
    }

    private static Map<String, String> everything(String compatibility) {
        Map<String, String> objects = new LinkedHashMap<>();
        for (String kind : List.of("map", "directory", "counter", "registers", "queue", "tasks", "cell", "string",
                "matrix")) {
            objects.put(kind, kind);
        }
        // Trees need ids that all clients agree on, which the old format does not have.
        if (compatibility.equals("2")) {
            objects.put("tree", "tree");
        }
        return objects;
    }

    /* Every kind of edit that each structure has, by somebody who is connected. */
    private static void editEverything(StockDocument document, String compatibility, String who) {
        editOffline(document, compatibility, who, 0);
        document.call("counter", "increment", 6);
        document.call("map", "delete", "nothing");
        document.call("directory", "setIn", "/", who, true);
        document.call("directory", "deleteIn", "/", "nothing");
        document.call("directory", "makeFolder", "/", "gone");
        document.call("directory", "deleteFolder", "/", "gone");
        assertThat(document.call("registers", "write", who, "alone").toJson()).isEqualTo("true");
        document.call("queue", "add", who + "'s work");
        document.call("tasks", "offer", "sweep");
        document.call("cell", "delete");
        document.call("cell", "set", who);
        document.call("string", "removeText", 4, 5);
        document.call("string", "annotateRange", 0, 2, JsonObject.of("bold", JsonValue.of(true)));
        document.call("string", "addRange", 0, 2, JsonObject.of("by", JsonValue.of(who)));
        document.call("matrix", "insertRows", 0, 2);
        document.call("matrix", "insertCols", 0, 2);
        document.call("matrix", "setCell", 0, 0, who);
        document.call("matrix", "removeRows", 1, 1);
    }

    /* The edits that need no answer from anybody, so that they can be made without a connection. */
    private static void editOffline(StockDocument document, String compatibility, String who, int round) {
        document.call("map", "set", who, round);
        document.call("map", "set", "both", who + round);
        document.call("directory", "makeFolder", "/", who + "'s");
        document.call("directory", "setIn", "/" + who + "'s", "round", round);
        document.call("counter", "increment", 1);
        document.call("cell", "set", who + round);
        document.call("string", "insertText", 0, who + round + " ");
        if (compatibility.equals("2")) {
            document.call("tree", "insert", 0, who + round);
            document.call("tree", "finish", 0);
            document.call("tree", "rename", 0, who + round + "!");
        }
    }

    /* Until both have sent and seen everything. */
    private static void settle(StockDocument one, StockDocument other) {
        one.connected();
        other.connected();
        one.saved();
        other.saved();
        await().atMost(PATIENCE).pollInterval(LOOK)
                .untilAsserted(() -> assertThat(other.state()).isEqualTo(one.state()));
    }

    private static String id(StockDocument document) {
        return document.connection().get("id").toJson().replace("\"", "");
    }

    private static void close(StockDocument... documents) {
        for (StockDocument document : documents) {
            document.dispose();
        }
    }
}
