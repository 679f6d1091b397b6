package dev.thalweg.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.thalweg.container.ChannelTypes;
import dev.thalweg.container.Container;
import dev.thalweg.container.ContainerSchema;
import dev.thalweg.container.ContainerServices;
import dev.thalweg.container.SummaryPolicy;
import dev.thalweg.dds.Handle;
import dev.thalweg.dds.cell.SharedCell;
import dev.thalweg.dds.counter.SharedCounter;
import dev.thalweg.dds.directory.Directory;
import dev.thalweg.dds.directory.SharedDirectory;
import dev.thalweg.dds.map.SharedMap;
import dev.thalweg.dds.queue.AcquireOutcome;
import dev.thalweg.dds.queue.ConsensusQueue;
import dev.thalweg.dds.register.ConsensusRegisterCollection;
import dev.thalweg.dds.tasks.TaskManager;
import dev.thalweg.dds.tasks.TaskOutcome;
import dev.thalweg.driver.ServiceEndpoint;
import dev.thalweg.driver.TokenProvider;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonValue;
import dev.thalweg.jvm.InsecureTokenProvider;
import dev.thalweg.jvm.ServiceException;
import dev.thalweg.jvm.ThalwegClient;
import dev.thalweg.protocol.Client;
import dev.thalweg.protocol.MessageType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One document that programs on the JVM and Fluid's own clients edit together: the same on our service and on Fluid's. What
 * lies beside the structures is in {@link MixedPartsContract}.
 */
abstract class MixedContract {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final Duration LOOK = Duration.ofMillis(20);
    private static final ChannelTypes TYPES = ChannelTypes.of(SharedMap.TYPE, SharedCounter.TYPE, SharedDirectory.TYPE,
            SharedCell.TYPE, TaskManager.TYPE, ConsensusRegisterCollection.TYPE, ConsensusQueue.TYPE);
    static final ContainerSchema SCHEMA = ContainerSchema.builder().object("map", SharedMap.TYPE)
            .object("counter", SharedCounter.TYPE).object("directory", SharedDirectory.TYPE)
            .object("cell", SharedCell.TYPE).object("tasks", TaskManager.TYPE)
            .object("registers", ConsensusRegisterCollection.TYPE).object("queue", ConsensusQueue.TYPE).build();
    static final Map<String, String> OBJECTS = Map.of("map", "map", "counter", "counter", "directory",
            "directory", "cell", "cell", "tasks", "tasks", "registers", "registers", "queue", "queue");

    private final List<ThalwegClient> clients = new CopyOnWriteArrayList<>();
    private final List<StockDocument> documents = new CopyOnWriteArrayList<>();

    /** The service's port on this machine. */
    abstract int port();

    /** A stock client of that service. */
    abstract StockClient stock();

    @AfterEach
    void closeAll() {
        clients.forEach(ThalwegClient::close);
        documents.forEach(StockDocument::dispose);
    }

    @Test
    void whatJavaMadeOpensInTheStockClient() {
        ThalwegClient ada = client("Ada", ContainerServices.WRITER);
        Container hers = get(ada.createContainer(SCHEMA));
        get(ada.run(() -> {
            map(hers).set("title", JsonValue.of("made by Java"));
            counter(hers).increment(5);
            directory(hers).createSubDirectory("folder").set("page", JsonValue.of(1));
            cell(hers).set(JsonValue.of("filled by Java"));
        }));
        StockDocument his = opened(stock().open(get(ada.attach(hers)), OBJECTS, "2"));
        assertThat(his.state("map").toJson()).isEqualTo("{\"title\":\"made by Java\"}");
        assertThat(his.state("counter")).isEqualTo(JsonValue.of(5));
        assertThat(his.state("directory").toJson()).contains("\"folder\":{\"values\":{\"page\":1}");
        assertThat(his.state("cell").toJson()).contains("filled by Java");
        editTogether(ada, hers, his);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void whatTheStockClientMadeOpensInJava(String compatibility) {
        StockDocument his = opened(stock().create(OBJECTS, compatibility));
        his.call("map", "set", "title", "made by Fluid");
        his.call("counter", "increment", 5);
        his.call("directory", "makeFolder", "/", "folder");
        his.call("directory", "setIn", "/folder", "page", 1);
        his.call("cell", "set", "filled by Fluid");
        String id = his.attach();
        ThalwegClient ada = client("Ada", ContainerServices.WRITER);
        Container hers = get(ada.getContainer(id, SCHEMA));
        assertThat(state(ada, hers).get("counter")).isEqualTo(JsonValue.of(5));
        assertThat(state(ada, hers).toJson()).contains("made by Fluid", "filled by Fluid", "\"page\":1");
        editTogether(ada, hers, his);
    }

    @Test
    void eachLoadsTheSummaryThatTheOtherWrote() throws Exception {
        // Fluid's client takes its time before it writes one, so both formats wait together.
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (Future<?> each : List.of(threads.submit(() -> summarizeInTurn("1")),
                    threads.submit(() -> summarizeInTurn("2")))) {
                each.get();
            }
        }
    }

    /* With channels in the document that Java does not know, and must carry through its summary as they are. */
    private @Nullable Void summarizeInTurn(String compatibility) throws Exception {
        Map<String, String> objects = new HashMap<>(OBJECTS);
        objects.putAll(Map.of("string", "string", "matrix", "matrix"));
        if (compatibility.equals("2")) {
            objects.put("tree", "tree");
        }
        StockDocument his = opened(stock().create(objects, compatibility));
        String id = his.attach();
        his.connected();
        for (int i = 0; i < 120; i++) {
            his.call("map", "set", "k" + i % 10, i);
        }
        his.call("counter", "increment", 3);
        his.call("directory", "setIn", "/", "page", 1);
        his.call("cell", "set", "Fluid's");
        his.call("tasks", "offer", "sweep");
        his.call("registers", "write", "page", 7);
        his.call("queue", "add", "work");
        his.call("string", "insertText", 0, "a text");
        his.call("matrix", "insertRows", 0, 2);
        his.call("matrix", "insertCols", 0, 2);
        his.call("matrix", "setCell", 1, 1, "a cell");
        if (compatibility.equals("2")) {
            his.call("tree", "insert", 0, "a node");
        }
        his.saved();
        try (OpLog log = new OpLog("http://127.0.0.1:" + port())) {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100))
                    .until(() -> !log.read(id, MessageType.SUMMARY_ACK).isEmpty());
            ThalwegClient bot = client("bot", ContainerServices.SUMMARIZER);
            Container summarizing = get(bot.getContainer(id, SCHEMA));
            get(bot.connected(summarizing));
            settle(bot, summarizing, his);
            his.call("map", "set", "after", "Fluid's summary");
            his.call("directory", "makeFolder", "/", "after");
            settle(bot, summarizing, his);
            int reference = get(bot.summarize(summarizing)).sequenceNumber();
            int before = stock().fetched(id).size();
            StockDocument late = opened(stock().open(id, objects, compatibility));
            late.connected();
            List<Integer> fetched = stock().fetched(id);
            assertThat(fetched.subList(before, fetched.size())).as("from where it fetched besides Java's summary")
                    .isNotEmpty().allSatisfy(from -> assertThat(from).isGreaterThanOrEqualTo(reference));
            late.call("map", "set", "last", "after Java's");
            settle(bot, summarizing, late);
            settle(bot, summarizing, his);
            assertThat(late.state()).isEqualTo(his.state());
            assertThat(late.state().toJson()).contains("a text", "a cell");
            his.call("string", "insertText", 0, "more ");
            his.saved();
            int more = log.read(id).size();
            await().atMost(PATIENCE).pollInterval(LOOK)
                    .until(() -> get(bot.call(summarizing::sequenceNumber)) >= more);
            assertThatThrownBy(() -> get(bot.summarize(summarizing)))
                    .hasRootCauseInstanceOf(ServiceException.class).hasMessageContaining("mergeTree");
            assertThat(late.state("map").toJson()).contains("Fluid's summary", "after Java's", "k9");
        }
        return null;
    }

    /* Both edit without waiting for each other, one of them off the link for a while, and end equal. */
    private static void editTogether(ThalwegClient ada, Container hers, StockDocument his) {
        get(ada.connected(hers));
        his.connected();
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            int round = i;
            all.add(ada.run(() -> {
                map(hers).set("same", JsonValue.of("Ada " + round));
                map(hers).set("a" + round % 5, JsonValue.of(round));
                counter(hers).increment(1);
                cell(hers).set(JsonValue.of("Ada " + round));
                directory(hers).createSubDirectory("f" + round % 3).set("Ada", JsonValue.of(round));
                if (round % 10 == 9) {
                    directory(hers).deleteSubDirectory("f" + round % 3);
                    registers(hers).write("same", JsonValue.of("Ada " + round));
                    queue(hers).add(JsonValue.of("Ada " + round));
                }
            }));
            if (round % 10 == 9) {
                all.add(his.begin("registers", "write", "same", "Ben " + round));
                all.add(his.begin("queue", "add", "Ben " + round));
            }
            all.add(his.begin("cell", "set", "Ben " + round));
            all.add(his.begin("directory", "makeFolder", "/", "f" + round % 3));
            all.add(his.begin("map", "set", "same", "Ben " + round));
            all.add(his.begin("counter", "increment", 2));
        }
        all.forEach(MixedContract::get);
        settle(ada, hers, his);
        CompletableFuture<AcquireOutcome> taken = new CompletableFuture<>();
        get(ada.run(() -> queue(hers).acquire(taken::complete)));
        JsonValue finished = his.call("queue", "finish");
        if (!(get(taken) instanceof AcquireOutcome.Acquired(var acquisition))) {
            throw new AssertionError("no item, but " + taken);
        }
        get(ada.run(acquisition::complete));
        assertThat(acquisition.value()).isNotEqualTo(finished);
        settle(ada, hers, his);
        assertThat(his.state("queue").toJson()).doesNotContain(finished.toJson(), acquisition.value().toJson());
        assertThat(get(ada.call(() -> queue(hers).size()))).isEqualTo(8);
        his.call("tasks", "offer", "sweep");
        his.saved();
        CompletableFuture<TaskOutcome> turn = new CompletableFuture<>();
        get(ada.run(() -> tasks(hers).volunteer("sweep", turn::complete)));
        settle(ada, hers, his);
        assertThat(his.call("tasks", "assigned", "sweep")).isEqualTo(JsonValue.of(true));
        assertThat(turn).isNotDone();
        his.disconnect();
        assertThat(get(turn)).isInstanceOf(TaskOutcome.Assigned.class);
        his.call("map", "set", "offline", "Ben");
        get(ada.run(() -> map(hers).set("online", JsonValue.of("Ada"))));
        his.connect();
        settle(ada, hers, his);
        get(ada.run(hers::disconnect));
        get(ada.run(() -> map(hers).set("offline", JsonValue.of("Ada"))));
        his.call("map", "delete", "online");
        get(ada.run(hers::connect));
        settle(ada, hers, his);
        assertThat(his.state("counter")).isEqualTo(JsonValue.of(5 + 50 + 100));
        assertThat(his.state("map").toJson()).contains("\"offline\":\"Ada\"").doesNotContain("online\":\"Ada");
    }

    static void settle(ThalwegClient ada, Container hers, StockDocument his) {
        get(ada.connected(hers));
        his.connected();
        get(ada.saved(hers));
        his.saved();
        await().atMost(PATIENCE).pollInterval(LOOK)
                .untilAsserted(() -> assertThat(state(ada, hers)).isEqualTo(known(his.state())));
    }

    private static JsonObject known(JsonObject state) {
        JsonObject.Builder known = JsonObject.builder();
        for (int i = 0; i < state.size(); i++) {
            if (OBJECTS.containsKey(state.name(i))) {
                known.put(state.name(i), state.value(i));
            }
        }
        return known.build();
    }

    private static JsonObject state(ThalwegClient client, Container container) {
        return get(client.call(() -> {
            JsonObject.Builder map = JsonObject.builder();
            for (String key : new TreeSet<>(map(container).keys())) {
                JsonValue value = map(container).get(key);
                if (value != null) {
                    map.put(key, seen(value));
                }
            }
            JsonValue held = cell(container).get();
            List<JsonValue> queues = new ArrayList<>();
            for (String task : tasks(container).tasks()) {
                queues.add(JsonArray.of(JsonValue.of(task), JsonArray.ofStrings(tasks(container).queue(task))));
            }
            JsonObject.Builder registers = JsonObject.builder();
            for (String key : registers(container).keys()) {
                JsonValue atomic = registers(container).read(key);
                registers.put(key, JsonObject.builder().put("atomic", atomic == null ? JsonNull.NULL : atomic)
                        .put("versions", new JsonArray(registers(container).versions(key))).build());
            }
            return JsonObject.builder().put("map", map.build()).put("counter", counter(container).value())
                    .put("directory", folder(directory(container)))
                    .put("cell", JsonObject.builder().put("value", held == null ? JsonNull.NULL : held)
                            .put("empty", cell(container).empty()).build())
                    .put("tasks", JsonObject.of("header", new JsonArray(queues)))
                    .put("registers", registers.build())
                    .put("queue", JsonObject.builder().put("header", new JsonArray(queue(container).items()))
                            .put("jobTracking", JsonArray.ofStrings(
                                    queue(container).jobs().stream().map(Object::toString).toList()))
                            .build())
                    .build();
        }));
    }

    /* As the program of the stock client spells it: handles by their paths, of long texts a digest. */
    private static JsonValue seen(JsonValue value) {
        Handle handle = Handle.read(value);
        if (handle != null) {
            return JsonObject.of("$handle", JsonValue.of(handle.path()));
        }
        if (!(value instanceof JsonString(var text)) || text.length() < 4000) {
            return value;
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return JsonObject.builder().put("$text", text.length()).put("digest", HexFormat.of().formatHex(digest))
                    .build();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static ConsensusRegisterCollection registers(Container container) {
        return container.object("registers", ConsensusRegisterCollection.TYPE);
    }

    private static ConsensusQueue queue(Container container) {
        return container.object("queue", ConsensusQueue.TYPE);
    }

    private static JsonObject folder(Directory directory) {
        JsonObject.Builder values = JsonObject.builder();
        directory.forEach(values::put);
        JsonObject.Builder folders = JsonObject.builder();
        directory.forEachSubDirectory((name, inner) -> folders.put(name, folder(inner)));
        return JsonObject.builder().put("values", values.build()).put("folders", folders.build()).build();
    }

    static SharedDirectory directory(Container container) {
        return container.object("directory", SharedDirectory.TYPE);
    }

    private static SharedCell cell(Container container) {
        return container.object("cell", SharedCell.TYPE);
    }

    private static TaskManager tasks(Container container) {
        return container.object("tasks", TaskManager.TYPE);
    }

    static SharedMap map(Container container) {
        return container.object("map", SharedMap.TYPE);
    }

    static SharedCounter counter(Container container) {
        return container.object("counter", SharedCounter.TYPE);
    }

    ThalwegClient client(String name, Client kind) {
        return kept(ThalwegClient.at(service(), tokens(name), TYPES, kind));
    }

    /** One that sees to summaries. */
    ThalwegClient client(String name, SummaryPolicy summaries) {
        return kept(ThalwegClient.at(service(), tokens(name), TYPES, ContainerServices.WRITER, summaries));
    }

    private ServiceEndpoint service() {
        return ServiceEndpoint.at("http://127.0.0.1:" + port(), ServiceEndpoint.DEVELOPMENT_TENANT);
    }

    private static TokenProvider tokens(String name) {
        return new InsecureTokenProvider(InsecureTokenProvider.DEVELOPMENT_KEY, name);
    }

    private ThalwegClient kept(ThalwegClient client) {
        clients.add(client);
        return client;
    }

    StockDocument opened(StockDocument document) {
        documents.add(document);
        return document;
    }

    static <T extends @Nullable Object> T get(CompletableFuture<T> future) {
        return future.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }
}
