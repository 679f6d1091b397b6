package dev.thalweg.e2e;

import static dev.thalweg.e2e.StockDocument.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.thalweg.container.AutomaticSummaries;
import dev.thalweg.container.Container;
import dev.thalweg.container.ContainerSchema;
import dev.thalweg.container.ContainerServices;
import dev.thalweg.container.Resolved;
import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.Handle;
import dev.thalweg.dds.SharedObject;
import dev.thalweg.dds.counter.SharedCounter;
import dev.thalweg.dds.directory.SharedDirectory;
import dev.thalweg.dds.map.SharedMap;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.jvm.ThalwegClient;
import dev.thalweg.protocol.MessageBody;
import dev.thalweg.protocol.MessageType;
import dev.thalweg.protocol.SequencedMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a document of Java and Fluid's own client has beside its first structures: large values, attachments, objects
 * that came later, and the summaries of either that keep them.
 */
abstract class MixedPartsContract extends MixedContract {
    private static final Duration GLANCE = Duration.ofMillis(100);
    private static final String LETTER = "grüße 😀 ".repeat(2_000);
    // The factory that every stock client has: a data object whose directory of initial objects it reads.
    private static final List<String> ROOT = List.of("rootDO");
    private static final ContainerSchema STORE = ContainerSchema.builder().object("root", SharedDirectory.TYPE)
            .object("count", SharedCounter.TYPE).build();

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void largeValuesArriveAtTheOther(String compatibility) throws Exception {
        Two two = together(compatibility);
        writeLargeValues(two);
        try (OpLog log = log()) {
            List<SequencedMessage> sent = log.read(two.id, MessageType.OP);
            String ours = get(two.ada.call(() -> Objects.requireNonNull(two.hers.clientId())));
            for (boolean java : new boolean[] {true, false}) {
                List<SequencedMessage> theirs = sent.stream()
                        .filter(message -> ours.equals(message.clientId()) == java).toList();
                assertThat(theirs.stream().anyMatch(message -> "lz4".equals(message.compression())))
                        .as("whether %s compresses", java ? "Java" : "Fluid").isEqualTo(!two.old());
                long chunks = theirs.stream().filter(message -> message.contents() != null
                        && message.contents().text().contains("chunkedOp")).count();
                if (two.old()) {
                    assertThat(chunks).as("chunks of %s", java ? "Java" : "Fluid").isZero();
                } else {
                    assertThat(chunks).as("chunks of %s", java ? "Java" : "Fluid").isGreaterThanOrEqualTo(5);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void attachmentsAreReadByTheOther(String compatibility) {
        Two two = together(compatibility);
        attach(two);
        StockDocument late = opened(stock().open(two.id, OBJECTS, compatibility));
        settle(two.ada, two.hers, late);
        readAttachments(late);
        ThalwegClient eve = client("Eve", ContainerServices.WRITER);
        readAttachments(eve, get(eve.getContainer(two.id, SCHEMA)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void objectsMadeLaterAreEditedByTheOther(String compatibility) {
        Two two = together(compatibility);
        makeObjects(two);
        StockDocument late = opened(stock().open(two.id, OBJECTS, compatibility));
        settle(two.ada, two.hers, late);
        editObjects(two.ada, two.hers, late);
    }

    @Test
    void allOfItIsInTheSummariesOfBoth() throws Exception {
        // Most of it is waiting for Fluid's client, which takes its time.
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (Future<?> each : List.of(threads.submit(() -> summarizeInTurn("1")),
                    threads.submit(() -> summarizeInTurn("2")))) {
                each.get();
            }
        }
    }

    private @Nullable Void summarizeInTurn(String compatibility) throws Exception {
        Two two = together(compatibility);
        writeLargeValues(two);
        attach(two);
        makeObjects(two);
        try (OpLog log = log()) {
            int from = get(two.ada.call(two.hers::sequenceNumber));
            for (int i = 0; i < 120; i++) {
                two.his.call("map", "set", "k" + i % 10, i);
            }
            awaitSummary(log, two.id, from);
            ThalwegClient bot = client("bot", ContainerServices.SUMMARIZER);
            Container summarizing = get(bot.getContainer(two.id, SCHEMA));
            settle(bot, summarizing, two.his);
            readAttachments(bot, summarizing);
            editObjects(bot, summarizing, two.his);
            settle(bot, summarizing, two.his);
            int reference = get(bot.summarize(summarizing)).sequenceNumber();
            StockDocument late = loadedFrom(two.id, compatibility, reference);
            settle(bot, summarizing, late);
            settle(two.ada, two.hers, late);
            readAttachments(late);
            editObjects(two.ada, two.hers, late);
            late.find("string", "his-text", "map", "his-text");
            late.call("his-text", "insertText", 0, "in a channel that Java does not know");
            await().atMost(PATIENCE).pollInterval(LOOK)
                    .until(() -> two.his.state("his-text").toJson().contains("does not know"));
        }
        return null;
    }

    @Test
    void theSummariesThatJavaWritesByItselfOpenInTheStockClient() throws Exception {
        ThalwegClient ada = client("Ada", new AutomaticSummaries(20, 60_000, 30_000, 1, 1_000));
        Container hers = get(ada.createContainer(SCHEMA));
        String id = get(ada.attach(hers));
        get(ada.connected(hers));
        Two two = new Two(ada, hers, opened(stock().open(id, OBJECTS, "2")), id, "2");
        writeLargeValues(two);
        attach(two);
        makeObjects(two);
        try (OpLog log = log()) {
            int from = get(ada.call(hers::sequenceNumber));
            // A few more edits with each look, so that enough come however many the last summary has taken in.
            int reference = await().atMost(PATIENCE).pollInterval(GLANCE).until(() -> {
                for (int i = 0; i < 5; i++) {
                    get(ada.run(() -> map(hers).set("round", JsonValue.of(hers.sequenceNumber()))));
                }
                return summarySince(log, id, from);
            }, latest -> latest >= from);
            StockDocument late = loadedFrom(id, "2", reference);
            settle(ada, hers, late);
            readAttachments(late);
            editObjects(ada, hers, late);
        }
    }

    @Test
    void aJavaClientThatWasThereFirstDoesNotKeepFluidsFromSummaries() throws Exception {
        Two two = together("1");
        two.his.disconnect();
        await().atMost(PATIENCE).pollInterval(LOOK)
                .until(() -> get(two.ada.call(() -> two.hers.quorum().members().size())) == 1);
        two.his.connect();
        two.his.connected();
        String first = get(two.ada.call(() -> Objects.requireNonNull(two.hers.clientId())));
        two.his.turn(IntStream.range(0, 1_100).mapToObj(i -> line("map", "set", "k" + i % 10, i)).toList());
        try (OpLog log = log()) {
            int reference = awaitSummary(log, two.id, 1_000);
            assertThat(get(two.ada.call(() -> two.hers.clientId()))).as("it gave its place up").isNotEqualTo(first);
            ThalwegClient eve = client("Eve", ContainerServices.WRITER);
            Container late = get(eve.getContainer(two.id, SCHEMA));
            assertThat(get(eve.call(late::sequenceNumber))).isGreaterThanOrEqualTo(reference);
            settle(eve, late, two.his);
            settle(two.ada, two.hers, two.his);
        }
    }

    /* A document as both have it. */
    private record Two(ThalwegClient ada, Container hers, StockDocument his, String id, String compatibility) {
        /* The old format neither compresses nor cuts. */
        boolean old() {
            return compatibility.equals("1");
        }
    }

    private Two together(String compatibility) {
        StockDocument his = opened(stock().create(OBJECTS, compatibility));
        String id = his.attach();
        his.connected();
        ThalwegClient ada = client("Ada", ContainerServices.WRITER);
        Container hers = get(ada.getContainer(id, SCHEMA));
        settle(ada, hers, his);
        return new Two(ada, hers, his, id, compatibility);
    }

    private static void writeLargeValues(Two two) {
        String even = "the same again and again ".repeat(two.old() ? 600 : 32_000);
        int noise = two.old() ? 400_000 : 1_600_000;
        // Of what is not cut Java sends no more than the service says that it takes; Fluid's client sends what it likes.
        int ours = two.old() ? 12_000 : noise;
        byte[] bytes = new byte[ours / 4 * 3];
        new Random(ours).nextBytes(bytes);
        two.his.call("map", "set", "his-even", even);
        two.his.call("map", "set", "his-noise", JsonObject.of("$noise", JsonValue.of(noise)));
        get(two.ada.run(() -> map(two.hers).set("her-even", JsonValue.of(even))));
        get(two.ada.run(
                () -> map(two.hers).set("her-noise", JsonValue.of(Base64.getEncoder().encodeToString(bytes)))));
        settle(two.ada, two.hers, two.his);
        two.his.call("map", "set", "his-even", "short");
        get(two.ada.run(() -> {
            map(two.hers).set("her-even", JsonValue.of("short"));
            counter(two.hers).increment(1);
        }));
        two.his.call("counter", "increment", 1);
        settle(two.ada, two.hers, two.his);
        assertThat(two.his.state("map").toJson())
                .contains("\"her-noise\":{\"$text\":" + ours, "\"his-noise\":{\"$text\":" + noise);
    }

    private static void attach(Two two) {
        two.his.upload(LETTER + "Fluid", "map", "his-letter");
        Handle handle = get(two.ada.uploadBlob(two.hers, (LETTER + "Java").getBytes(StandardCharsets.UTF_8)));
        get(two.ada.run(() -> map(two.hers).set("her-letter", handle.toJson())));
        settle(two.ada, two.hers, two.his);
        readAttachments(two.ada, two.hers);
        readAttachments(two.his);
    }

    private static void readAttachments(StockDocument document) {
        assertThat(document.download("map", "his-letter")).isEqualTo(LETTER + "Fluid");
        assertThat(document.download("map", "her-letter")).isEqualTo(LETTER + "Java");
    }

    private static void readAttachments(ThalwegClient client, Container container) {
        for (String[] letter : new String[][] {{"his-letter", "Fluid"}, {"her-letter", "Java"}}) {
            byte[] bytes = get(client.readBlob(container, get(client.call(() -> handle(container, letter[0])))));
            assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(LETTER + letter[1]);
        }
    }

    /* A map of Fluid's, one of Java's, a counter in a data store of Java's, and a text, which Java does not know. */
    private static void makeObjects(Two two) {
        two.his.make("map", "his-map", "map", "his-map");
        two.his.make("string", "his-text", "map", "his-text");
        get(two.ada.run(() -> {
            SharedMap made = two.hers.create(SharedMap.TYPE);
            made.set("before", JsonValue.of("its handle was stored"));
            map(two.hers).set("her-map", two.hers.handle(made).toJson());
            Handle store = two.hers.addStore(ROOT, STORE);
            SharedCounter count = two.hers.channel(store.path() + "/count", SharedCounter.TYPE);
            two.hers.channel(store.path() + "/root", SharedDirectory.TYPE).createSubDirectory("initial-objects-key")
                    .set("count", two.hers.handle(count).toJson());
            map(two.hers).set("her-count", two.hers.handle(count).toJson());
        }));
        settle(two.ada, two.hers, two.his);
        editObjects(two.ada, two.hers, two.his);
        assertThat(get(two.ada.call(() -> two.hers.resolve(handle(two.hers, "his-text")))))
                .isInstanceOf(Resolved.Foreign.class);
    }

    private static void editObjects(ThalwegClient ada, Container hers, StockDocument his) {
        for (String made : List.of("his-map", "her-map")) {
            his.find("map", made, "map", made);
        }
        his.find("counter", "her-count", "map", "her-count");
        long before = get(ada.call(() -> find(hers, "her-count", SharedCounter.TYPE).value()));
        for (String made : List.of("his-map", "her-map")) {
            his.call(made, "set", "Fluid", before);
            get(ada.run(() -> find(hers, made, SharedMap.TYPE).set("Java", JsonValue.of(before))));
        }
        his.call("her-count", "increment", 1);
        get(ada.run(() -> find(hers, "her-count", SharedCounter.TYPE).increment(1)));
        await().atMost(PATIENCE).pollInterval(LOOK).untilAsserted(() -> {
            assertThat(his.state("her-count")).isEqualTo(JsonValue.of(before + 2));
            assertThat(get(ada.call(() -> find(hers, "her-count", SharedCounter.TYPE).value()))).isEqualTo(before + 2);
            for (String made : List.of("his-map", "her-map")) {
                JsonObject theirs = (JsonObject) his.state(made);
                for (String who : List.of("Fluid", "Java")) {
                    assertThat(theirs.get(who)).isEqualTo(JsonValue.of(before));
                    assertThat(get(ada.call(() -> find(hers, made, SharedMap.TYPE).get(who))))
                            .isEqualTo(JsonValue.of(before));
                }
            }
            assertThat(his.state("her-map").toJson()).contains("its handle was stored");
        });
    }

    private static <C extends SharedObject<?, ?>> C find(Container container, String key, ChannelType<C> type) {
        Resolved found = container.resolve(handle(container, key));
        if (!(found instanceof Resolved.Structure(var object))) {
            throw new AssertionError(key + " leads to " + found);
        }
        return container.channel(container.path(object), type);
    }

    private static Handle handle(Container container, String key) {
        return Objects.requireNonNull(Handle.read(map(container).get(key)), key);
    }

    private OpLog log() {
        return new OpLog("http://127.0.0.1:" + port());
    }

    /* Until there is a summary of at least so much. @return of how much */
    private static int awaitSummary(OpLog log, String id, int atLeast) {
        return await().atMost(PATIENCE).pollInterval(GLANCE).until(() -> summarySince(log, id, atLeast),
                latest -> latest >= atLeast);
    }

    /* The sequence number up to which the latest summary goes that the service took after a message; 0 without one. */
    private static int summarySince(OpLog log, String id, int from) throws Exception {
        List<SequencedMessage> record = log.since(id, from);
        Set<Integer> acknowledged = new HashSet<>();
        for (SequencedMessage message : record) {
            if (message.body() instanceof MessageBody.SummaryAck ack) {
                acknowledged.add(ack.summarySequenceNumber());
            }
        }
        return record.stream().filter(message -> acknowledged.contains(message.sequenceNumber()))
                .mapToInt(SequencedMessage::referenceSequenceNumber).max().orElse(0);
    }

    /* Opens a document in the stock client and sees that it began with a summary of so much. */
    private StockDocument loadedFrom(String id, String compatibility, int reference) {
        int before = stock().fetched(id).size();
        StockDocument late = opened(stock().open(id, OBJECTS, compatibility));
        late.connected();
        List<Integer> fetched = stock().fetched(id);
        assertThat(fetched.subList(before, fetched.size())).as("from where it fetched besides the summary")
                .isNotEmpty().allSatisfy(from -> assertThat(from).isGreaterThanOrEqualTo(reference));
        return late;
    }
}
