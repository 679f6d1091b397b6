package dev.thalweg.stub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.container.ChannelTypes;
import dev.thalweg.container.Container;
import dev.thalweg.container.ContainerEvent;
import dev.thalweg.container.ContainerSchema;
import dev.thalweg.dds.counter.SharedCounter;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.JsonWriter;
import dev.thalweg.jvm.InsecureTokenProvider;
import dev.thalweg.jvm.ThalwegClient;
import dev.thalweg.protocol.SequencedMessage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real process is killed and stopped in the middle of the work of real clients: nothing they were told is lost. */
class KillTest {
    private static final ContainerSchema SCHEMA = ContainerSchema.builder().object("count", SharedCounter.TYPE)
            .build();
    private static final InsecureTokenProvider TOKENS = new InsecureTokenProvider("12345", "Ada");

    @TempDir
    Path data;

    private final List<String> heard = new CopyOnWriteArrayList<>();

    private static ThalwegClient client(String address) {
        return ThalwegClient.at(address, "tinylicious", TOKENS, ChannelTypes.of(SharedCounter.TYPE));
    }

    private static <T> @Nullable T get(java.util.concurrent.Future<T> future) throws Exception {
        return future.get(60, TimeUnit.SECONDS);
    }

    private static String spelled(SequencedMessage message) {
        JsonWriter writer = new JsonWriter();
        message.write(writer);
        return writer.toString();
    }

    /** All that is on record, page by page. */
    private static List<JsonValue> record(String address, String document) throws Exception {
        List<JsonValue> record = new ArrayList<>();
        List<JsonValue> page;
        do {
            HttpRequest request = HttpRequest
                    .newBuilder(
                            URI.create(address + "deltas/tinylicious/" + document + "?from=" + record.size()))
                    .header("Authorization", "Basic " + TOKENS.sign("tinylicious", document)).build();
            page = ((JsonArray) JsonValue
                    .parse(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body())).values();
            record.addAll(page);
        } while (!page.isEmpty());
        return record;
    }

    private static long value(ThalwegClient client, Container container) throws Exception {
        return (long) (double) get(client.call(() -> (double) container.object("count", SharedCounter.TYPE).value()));
    }

    private void endInTheMiddleAndGoOn(boolean kill) throws Exception {
        int port = ServerProcess.freePort();
        ServerProcess process = ServerProcess.start(port, data);
        try (ThalwegClient a = client(process.address()); ThalwegClient b = client(process.address())) {
            Container first = get(a.createContainer(SCHEMA));
            String id = get(a.attach(first));
            get(a.connected(first));
            Container second = get(b.getContainer(id, SCHEMA));
            get(b.run(() -> second.subscribe(event -> {
                if (event instanceof ContainerEvent.Sequenced sequenced) {
                    heard.add(spelled(sequenced.message()));
                }
            })));
            get(b.connected(second));
            int made = 0;
            while (heard.size() < 150) {
                for (int i = 0; i < 10; i++, made++) {
                    get(a.run(() -> first.object("count", SharedCounter.TYPE).increment(1)));
                }
            }
            if (kill) {
                process.kill();
            } else {
                assertThat(process.terminate()).isEqualTo(143);
            }
            List<String> told = List.copyOf(heard);
            for (int i = 0; i < 10; i++, made++) {
                get(a.run(() -> first.object("count", SharedCounter.TYPE).increment(1)));
            }
            process = ServerProcess.start(port, data);

            get(a.saved(first));
            get(b.connected(second));
            assertThat(value(a, first)).isEqualTo(made);
            int last = get(a.call(first::sequenceNumber));
            org.awaitility.Awaitility.await().atMost(60, TimeUnit.SECONDS)
                    .until(() -> get(b.call(second::sequenceNumber)) >= last);
            assertThat(value(b, second)).isEqualTo(made);
            try (ThalwegClient c = client(process.address())) {
                Container late = get(c.getContainer(id, SCHEMA));
                get(c.connected(late));
                assertThat(value(c, late)).isEqualTo(made);
            }

            List<JsonValue> record = record(process.address(), id);
            for (int i = 0; i < record.size(); i++) {
                assertThat(((JsonObject) record.get(i)).number("sequenceNumber")).isEqualTo(i + 1);
            }
            for (String message : told) {
                JsonObject known = (JsonObject) JsonValue.parse(message);
                assertThat(record.get((int) known.number("sequenceNumber") - 1).toJson()).isEqualTo(known.toJson());
            }
        } finally {
            process.close();
        }
    }

    @Test
    void whatWasToldBeforeAKillIsOnRecordAndClientsGoOnByThemselves() throws Exception {
        endInTheMiddleAndGoOn(true);
    }

    @Test
    void whenToldToStopItFinishesAndSaysGoodbye() throws Exception {
        endInTheMiddleAndGoOn(false);
    }
}
