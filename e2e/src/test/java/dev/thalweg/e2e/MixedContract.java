package dev.thalweg.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.thalweg.container.ChannelTypes;
import dev.thalweg.container.Container;
import dev.thalweg.container.ContainerSchema;
import dev.thalweg.container.ContainerServices;
import dev.thalweg.dds.counter.SharedCounter;
import dev.thalweg.dds.map.SharedMap;
import dev.thalweg.driver.ServiceEndpoint;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.jvm.InsecureTokenProvider;
import dev.thalweg.jvm.ThalwegClient;
import dev.thalweg.protocol.Client;
import dev.thalweg.protocol.MessageType;
import java.time.Duration;
import java.util.ArrayList;
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

/** One document that programs on the JVM and Fluid's own clients edit together: the same on our service and on Fluid's. */
abstract class MixedContract {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final ChannelTypes TYPES = ChannelTypes.of(SharedMap.TYPE, SharedCounter.TYPE);
    private static final ContainerSchema SCHEMA = ContainerSchema.builder().object("map", SharedMap.TYPE)
            .object("counter", SharedCounter.TYPE).build();
    private static final Map<String, String> OBJECTS = Map.of("map", "map", "counter", "counter");

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
        }));
        StockDocument his = opened(stock().open(get(ada.attach(hers)), OBJECTS, "2"));
        assertThat(his.state("map").toJson()).isEqualTo("{\"title\":\"made by Java\"}");
        assertThat(his.state("counter")).isEqualTo(JsonValue.of(5));
        editTogether(ada, hers, his);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void whatTheStockClientMadeOpensInJava(String compatibility) {
        StockDocument his = opened(stock().create(OBJECTS, compatibility));
        his.call("map", "set", "title", "made by Fluid");
        his.call("counter", "increment", 5);
        String id = his.attach();
        ThalwegClient ada = client("Ada", ContainerServices.WRITER);
        Container hers = get(ada.getContainer(id, SCHEMA));
        assertThat(state(ada, hers).get("counter")).isEqualTo(JsonValue.of(5));
        assertThat(state(ada, hers).toJson()).contains("made by Fluid");
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

    private @Nullable Void summarizeInTurn(String compatibility) throws Exception {
        StockDocument his = opened(stock().create(OBJECTS, compatibility));
        String id = his.attach();
        his.connected();
        for (int i = 0; i < 120; i++) {
            his.call("map", "set", "k" + i % 10, i);
        }
        his.call("counter", "increment", 3);
        his.saved();
        try (OpLog log = new OpLog("http://127.0.0.1:" + port())) {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100))
                    .until(() -> !log.read(id, MessageType.SUMMARY_ACK).isEmpty());
            ThalwegClient bot = client("bot", ContainerServices.SUMMARIZER);
            Container summarizing = get(bot.getContainer(id, SCHEMA));
            get(bot.connected(summarizing));
            settle(bot, summarizing, his);
            his.call("map", "set", "after", "Fluid's summary");
            settle(bot, summarizing, his);
            int reference = get(bot.summarize(summarizing)).sequenceNumber();
            int before = stock().fetched(id).size();
            StockDocument late = opened(stock().open(id, OBJECTS, compatibility));
            late.connected();
            List<Integer> fetched = stock().fetched(id);
            assertThat(fetched.subList(before, fetched.size())).as("from where it fetched besides Java's summary")
                    .isNotEmpty().allSatisfy(from -> assertThat(from).isGreaterThanOrEqualTo(reference));
            late.call("map", "set", "last", "after Java's");
            settle(bot, summarizing, late);
            settle(bot, summarizing, his);
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
            }));
            all.add(his.begin("map", "set", "same", "Ben " + round));
            all.add(his.begin("counter", "increment", 2));
        }
        all.forEach(MixedContract::get);
        settle(ada, hers, his);
        his.disconnect();
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

    private static void settle(ThalwegClient ada, Container hers, StockDocument his) {
        get(ada.connected(hers));
        his.connected();
        get(ada.saved(hers));
        his.saved();
        await().atMost(PATIENCE).pollInterval(LOOK)
                .untilAsserted(() -> assertThat(state(ada, hers)).isEqualTo(his.state()));
    }

    private static JsonObject state(ThalwegClient client, Container container) {
        return get(client.call(() -> {
            JsonObject.Builder map = JsonObject.builder();
            for (String key : new TreeSet<>(map(container).keys())) {
                JsonValue value = map(container).get(key);
                if (value != null) {
                    map.put(key, value);
                }
            }
            return JsonObject.builder().put("map", map.build()).put("counter", counter(container).value()).build();
        }));
    }

    private static SharedMap map(Container container) {
        return container.object("map", SharedMap.TYPE);
    }

    private static SharedCounter counter(Container container) {
        return container.object("counter", SharedCounter.TYPE);
    }

    private ThalwegClient client(String name, Client kind) {
        ThalwegClient client = ThalwegClient.at(
                ServiceEndpoint.at("http://127.0.0.1:" + port(), ServiceEndpoint.DEVELOPMENT_TENANT),
                new InsecureTokenProvider(InsecureTokenProvider.DEVELOPMENT_KEY, name), TYPES, kind);
        clients.add(client);
        return client;
    }

    private StockDocument opened(StockDocument document) {
        documents.add(document);
        return document;
    }

    private static <T extends @Nullable Object> T get(CompletableFuture<T> future) {
        return future.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }
}
