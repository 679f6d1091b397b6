package dev.thalweg.stub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.container.Container;
import dev.thalweg.dds.counter.SharedCounter;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.jvm.InsecureTokenProvider;
import dev.thalweg.jvm.ThalwegClient;
import dev.thalweg.server.ServerOptions;
import dev.thalweg.server.ThalwegServer;
import dev.thalweg.server.storage.MemoryStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The button "Start a JVM client", asked for over HTTP of a real server. */
class DemoClientsTest {
    private static final int MOST = 2;
    private static final InsecureTokenProvider ADA = new InsecureTokenProvider("12345", "Ada");

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicReference<String> address = new AtomicReference<>("");
    private final DemoTokens tokens = new DemoTokens("tinylicious", "12345");
    private final DemoClients clients = new DemoClients(tokens, address::get, MOST, 50);
    private @Nullable ThalwegServer server;

    @BeforeEach
    void start() throws Exception {
        server = ThalwegServer.start(ServerOptions.DEFAULT.withAddress("127.0.0.1", 0)
                .withEndpoint(DemoClients.PATH, clients), new MemoryStore());
        address.set(server.address());
    }

    @AfterEach
    void stop() throws Exception {
        clients.close();
        Objects.requireNonNull(server).close();
    }

    @Test
    void aClientJoinsEditsAndLeavesWhenNobodyElseIsThere() throws Exception {
        String id;
        try (ThalwegClient ada = client()) {
            Container document = document(ada);
            id = get(ada.attach(document));
            get(ada.connected(document));
            assertThat(ask(id).body()).isEqualTo("{\"started\":true}");
            assertThat(ask(id).body()).as("one is enough").isEqualTo("{\"started\":false}");
            awaiting(() -> get(ada.call(() -> document.object("counter", SharedCounter.TYPE).value())) > 0);
            assertThat(get(ada.call(() -> document.audience().members().values().stream()
                    .map(member -> member.user().get("name")).toList()))).contains(JsonValue.of("JVM"));
        }
        awaiting(() -> ask(id).body().equals("{\"started\":true}"));
    }

    @Test
    void oneTooManyIsRefusedAndTheNumberIsNamed() throws Exception {
        try (ThalwegClient ada = client()) {
            for (int i = 0; i < MOST; i++) {
                assertThat(ask(get(ada.attach(document(ada)))).statusCode())
                        .isEqualTo(200);
            }
            HttpResponse<String> refused = ask(get(ada.attach(document(ada))));
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("there are 2 Java clients already, the most at once");
        }
    }

    @Test
    void aDocumentThatIsNotThereIsSaidNotToBeAndTakesNoPlace() throws Exception {
        for (int i = 0; i <= MOST; i++) {
            HttpResponse<String> refused = ask("nowhere-" + i);
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("no demo document nowhere-" + i);
        }
        try (ThalwegClient ada = client()) {
            assertThat(ask(get(ada.attach(document(ada)))).statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "{\"document\":7}", "{\"document\":\"\"}", "{\"document\":\"../x\"}",
        "{\"document\":\"a b?c#d\"}"})
    void whatNamesNoDocumentIsRefused(String body) throws Exception {
        assertThat(post(body).statusCode()).isEqualTo(400);
    }

    @Test
    void onlyPostIsAnswered() throws Exception {
        assertThat(http.send(HttpRequest.newBuilder(uri()).build(), BodyHandlers.discarding()).statusCode())
                .isEqualTo(405);
    }

    private ThalwegClient client() {
        return ThalwegClient.at(address.get(), "tinylicious", ADA, DemoClients.TYPES);
    }

    private static Container document(ThalwegClient client) throws Exception {
        return get(client.createContainer(DemoClients.SCHEMA));
    }

    private HttpResponse<String> ask(String documentId) throws Exception {
        return post(JsonObject.of("document", JsonValue.of(documentId)).toJson());
    }

    private HttpResponse<String> post(String body) throws Exception {
        return http.send(HttpRequest.newBuilder(uri()).POST(BodyPublishers.ofString(body)).build(),
                BodyHandlers.ofString());
    }

    private URI uri() {
        return URI.create(address.get() + DemoClients.PATH.substring(1));
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }

    private static void awaiting(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(50)).until(condition);
    }
}
