package dev.thalweg.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.thalweg.container.ChannelTypes;
import dev.thalweg.container.ConnectionState;
import dev.thalweg.container.Container;
import dev.thalweg.container.ContainerEvent;
import dev.thalweg.container.ContainerSchema;
import dev.thalweg.container.ContainerServices;
import dev.thalweg.container.SummaryReport;
import dev.thalweg.dds.claims.SharedClaims;
import dev.thalweg.dds.counter.SharedCounter;
import dev.thalweg.dds.map.SharedMap;
import dev.thalweg.dds.ormap.SharedOrMap;
import dev.thalweg.dds.pncounter.SharedPnCounter;
import dev.thalweg.driver.ServiceEndpoint;
import dev.thalweg.json.JsonValue;
import dev.thalweg.jvm.InsecureTokenProvider;
import dev.thalweg.jvm.ServiceException;
import dev.thalweg.jvm.ThalwegClient;
import dev.thalweg.protocol.Client;
import dev.thalweg.protocol.ConnectionMode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What programs on the JVM do with documents, over real sockets: the same with our service and with Fluid's. */
abstract class ClientContract {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ChannelTypes TYPES = ChannelTypes.of(SharedMap.TYPE, SharedCounter.TYPE, SharedPnCounter.TYPE,
            SharedOrMap.TALLY, SharedClaims.TYPE);
    private static final ContainerSchema SCHEMA = ContainerSchema.builder().object("map", SharedMap.TYPE)
            .object("counter", SharedCounter.TYPE).object("votes", SharedPnCounter.TYPE)
            .object("stock", SharedOrMap.TALLY).object("seats", SharedClaims.TYPE).build();
    private static final Client BOT = new Client(ConnectionMode.WRITE, false, "summarizer", "test",
            ContainerServices.WRITER.user(), List.of());

    private final List<ThalwegClient> clients = new ArrayList<>();

    /** The service's port on this machine. */
    abstract int port();

    @AfterEach
    void closeClients() {
        clients.forEach(ThalwegClient::close);
    }

    @Test
    void twoClientsRaceAndAgree() {
        ThalwegClient ada = client("Ada");
        ThalwegClient ben = client("Ben");
        Container hers = get(ada.createContainer(SCHEMA));
        get(ada.run(() -> {
            map(hers).set("title", JsonValue.of("before attaching"));
            counter(hers).increment(5);
        }));
        String id = get(ada.attach(hers));
        Container his = get(ben.getContainer(id, SCHEMA));
        assertThat(get(ben.call(() -> map(his).get("title")))).isEqualTo(JsonValue.of("before attaching"));
        assertThat(get(ben.call(() -> counter(his).value()))).isEqualTo(5);
        get(ada.connected(hers));
        get(ben.connected(his));
        List<String> won = new CopyOnWriteArrayList<>();
        var both = List.of(ada.run(() -> race(hers, "Ada", won)), ben.run(() -> race(his, "Ben", won)));
        both.forEach(ClientContract::get);
        settle(ada, hers, ben, his);
        assertThat(get(ada.call(() -> counter(hers).value()))).isEqualTo(5 + 2 * 50);
        assertThat(get(ada.call(() -> hers.object("votes", SharedPnCounter.TYPE).value()))).isEqualTo(2 * (50 - 25));
        assertThat(get(ada.call(() -> hers.object("stock", SharedOrMap.TALLY).tally("apples")))).isEqualTo(100);
        assertThat(state(ada, hers)).isEqualTo(state(ben, his));
        assertThat(won).hasSize(2).containsAnyOf("Ada has it", "Ben has it");
        assertThat(won.stream().filter(it -> it.endsWith("has it"))).hasSize(1);
        assertThat(get(ada.call(() -> hers.audience().members()))).hasSize(2);
    }

    @Test
    void whatWasDoneOffTheLinkIsSentAfterwards() {
        ThalwegClient ada = client("Ada");
        ThalwegClient ben = client("Ben");
        Container hers = get(ada.createContainer(SCHEMA));
        String id = get(ada.attach(hers));
        Container his = get(ben.getContainer(id, SCHEMA));
        get(ada.connected(hers));
        get(ben.connected(his));
        get(ada.run(hers::disconnect));
        get(ada.run(() -> edit(hers, "Ada")));
        get(ben.run(() -> edit(his, "Ben")));
        get(ben.saved(his));
        assertThat(get(ada.call(hers::dirty))).isTrue();
        assertThat(get(ada.call(() -> map(hers).has("Ben")))).isFalse();
        assertThat(get(ada.call(hers::connectionState))).isEqualTo(ConnectionState.DISCONNECTED);
        get(ada.run(hers::connect));
        settle(ada, hers, ben, his);
        assertThat(state(ada, hers)).isEqualTo(state(ben, his)).contains("\"Ada\"", "\"Ben\"");
    }

    @Test
    void aLinkThatBreaksAgainAndAgainLosesNothingAndDoublesNothing() throws IOException, InterruptedException {
        try (Link link = new Link(port())) {
            ThalwegClient ada = client("Ada", link.url(), ContainerServices.WRITER);
            ThalwegClient ben = client("Ben");
            Container hers = get(ada.createContainer(SCHEMA));
            String id = get(ada.attach(hers));
            Container his = get(ben.getContainer(id, SCHEMA));
            get(ada.connected(hers));
            get(ben.connected(his));
            int rounds = 200;
            for (int i = 0; i < rounds; i++) {
                int round = i;
                get(ada.run(() -> {
                    counter(hers).increment(1);
                    map(hers).set("k" + round % 7, JsonValue.of("Ada " + round));
                    hers.object("votes", SharedPnCounter.TYPE).update(round % 2 == 0 ? 3 : -2);
                }));
                get(ben.run(() -> {
                    counter(his).increment(1);
                    his.object("stock", SharedOrMap.TALLY).increment("pears", 1);
                }));
                if (i % 40 == 20) {
                    link.cut();
                    Thread.sleep(50);
                }
            }
            settle(ada, hers, ben, his);
            assertThat(get(ada.call(() -> counter(hers).value()))).isEqualTo(2L * rounds);
            assertThat(get(ada.call(() -> hers.object("votes", SharedPnCounter.TYPE).value()))).isEqualTo(rounds / 2);
            assertThat(get(ada.call(() -> hers.object("stock", SharedOrMap.TALLY).tally("pears")))).isEqualTo(rounds);
            assertThat(state(ada, hers)).isEqualTo(state(ben, his));
        }
    }

    @Test
    void aBotWritesASummaryAndANewcomerStartsFromIt() {
        ThalwegClient ada = client("Ada");
        ThalwegClient bot = client("bot", url(), BOT);
        Container hers = get(ada.createContainer(SCHEMA));
        String id = get(ada.attach(hers));
        get(ada.connected(hers));
        get(ada.run(() -> edit(hers, "Ada")));
        get(ada.saved(hers));
        Container summarizing = get(bot.getContainer(id, SCHEMA));
        get(bot.connected(summarizing));
        SummaryReport report = get(bot.summarize(summarizing));
        assertThat(report.handle()).matches("[0-9a-f]{40}");
        get(ada.run(() -> map(hers).set("after", JsonValue.of(1))));
        get(ada.saved(hers));
        await().atMost(PATIENCE).until(() -> get(bot.call(() -> map(summarizing).has("after"))));
        SummaryReport second = get(bot.summarize(summarizing));
        assertThat(second.handle()).isNotEqualTo(report.handle());
        ThalwegClient cleo = client("Cleo");
        Container hers2 = get(cleo.getContainer(id, SCHEMA));
        get(cleo.connected(hers2));
        assertThat(state(cleo, hers2)).isEqualTo(state(ada, hers)).contains("after");
    }

    @Test
    void signalsAreHeardByTheOthers() {
        ThalwegClient ada = client("Ada");
        ThalwegClient ben = client("Ben");
        Container hers = get(ada.createContainer(SCHEMA));
        Container his = get(ben.getContainer(get(ada.attach(hers)), SCHEMA));
        get(ada.connected(hers));
        get(ben.connected(his));
        List<String> heard = new CopyOnWriteArrayList<>();
        get(ben.run(() -> {
            var unused = his.subscribe(event -> {
                if (event instanceof ContainerEvent.SignalReceived signal) {
                    heard.add(signal.type() + " " + signal.content().toJson() + " " + signal.local());
                }
            });
        }));
        get(ada.run(() -> hers.signal("cursor", JsonValue.of(7))));
        await().atMost(PATIENCE).until(() -> heard.contains("cursor 7 false"));
    }

    @Test
    void aDocumentThatIsNotThereIsToldAsSuch() {
        assertThatThrownBy(() -> get(client("Ada").getContainer("no-such-document", SCHEMA)))
                .hasRootCauseInstanceOf(ServiceException.class)
                .satisfies(error -> assertThat(((ServiceException) root(error)).failure().code()).isEqualTo(404));
    }

    private static void race(Container container, String who, List<String> won) {
        for (int i = 0; i < 50; i++) {
            counter(container).increment(1);
            map(container).set("same", JsonValue.of(who + i));
            container.object("votes", SharedPnCounter.TYPE).update(i % 2 == 0 ? 2 : -1);
            container.object("stock", SharedOrMap.TALLY).increment("apples", 1);
        }
        container.object("seats", SharedClaims.TYPE).claim("window", JsonValue.of(who),
                outcome -> won.add(who + (holds(container, who) ? " has it" : " has it not")));
    }

    private static boolean holds(Container container, String who) {
        return JsonValue.of(who).equals(container.object("seats", SharedClaims.TYPE).holder("window"));
    }

    private static void edit(Container container, String who) {
        map(container).set(who, JsonValue.of("was here"));
        map(container).set("last", JsonValue.of(who));
        counter(container).increment(10);
        container.object("stock", SharedOrMap.TALLY).increment(who, 2);
        container.object("votes", SharedPnCounter.TYPE).update(-4);
    }

    private static SharedMap map(Container container) {
        return container.object("map", SharedMap.TYPE);
    }

    private static SharedCounter counter(Container container) {
        return container.object("counter", SharedCounter.TYPE);
    }

    /** Waits until both have sent and seen everything. */
    private static void settle(ThalwegClient one, Container first, ThalwegClient two, Container second) {
        get(one.connected(first));
        get(two.connected(second));
        get(one.saved(first));
        get(two.saved(second));
        await().atMost(PATIENCE).until(() -> state(one, first).equals(state(two, second)));
    }

    /** Everything that a person would see. */
    private static String state(ThalwegClient client, Container container) {
        return get(client.call(() -> {
            StringBuilder text = new StringBuilder();
            map(container).keys().stream().sorted()
                    .forEach(key -> text.append('"').append(key).append("\": ").append(map(container).get(key))
                            .append('\n'));
            SharedOrMap stock = container.object("stock", SharedOrMap.TALLY);
            stock.keys().stream().sorted()
                    .forEach(key -> text.append(key).append(": ").append(stock.tally(key)).append('\n'));
            return text.append(counter(container).value()).append(' ')
                    .append(container.object("votes", SharedPnCounter.TYPE).value()).append(' ')
                    .append(container.object("seats", SharedClaims.TYPE).holder("window")).toString();
        }));
    }

    private static Throwable root(Throwable error) {
        return error.getCause() == null ? error : root(error.getCause());
    }

    private String url() {
        return "http://127.0.0.1:" + port();
    }

    private ThalwegClient client(String name) {
        return client(name, url(), ContainerServices.WRITER);
    }

    private ThalwegClient client(String name, String url, Client kind) {
        ThalwegClient client = ThalwegClient.at(ServiceEndpoint.at(url, ServiceEndpoint.DEVELOPMENT_TENANT),
                new InsecureTokenProvider(InsecureTokenProvider.DEVELOPMENT_KEY, name), TYPES, kind);
        clients.add(client);
        return client;
    }

    private static <T> T get(CompletableFuture<T> future) {
        return future.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }
}
