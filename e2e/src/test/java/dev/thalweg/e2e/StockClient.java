package dev.thalweg.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonLimits;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.testkit.peers.NotInstalledException;
import dev.thalweg.testkit.peers.NpmProject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A program on Node.js with Fluid's own client, as npm has it and told nothing but a port: {@code e2e/stock/stock.mjs},
 * which does what is asked of it. Holds any number of documents.
 */
final class StockClient implements AutoCloseable {
    private static final long LIMIT_SECONDS = 60;
    private static final Path ROOT = Path.of(System.getProperty("thalweg.root"));
    private static final Path PLACE = ROOT.resolve("e2e/target/stock");
    private static final JsonLimits ANSWERS = new JsonLimits(256, 64 * 1024 * 1024);

    private final Process process;
    private final Path log;
    private final Writer commands;
    private final AtomicInteger count = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonValue>> open = new ConcurrentHashMap<>();

    private StockClient(Process process, Path log) {
        this.process = process;
        this.log = log;
        commands = process.outputWriter(StandardCharsets.UTF_8);
        open.put(0, new CompletableFuture<>());
    }

    /**
     * Starts one and waits until it takes commands. Without Node.js or the packages the test is skipped, with a sentence.
     *
     * @param port of a service on this machine
     * @param name of the file with what it prints on the side
     */
    static StockClient start(int port, String name) throws IOException, InterruptedException {
        try {
            NpmProject.install(ROOT.resolve("e2e/stock"), PLACE);
        } catch (NotInstalledException e) {
            Assumptions.abort("nothing is tried with Fluid's client: " + e.getMessage());
            throw e;
        }
        Path log = PLACE.resolve(name + ".log");
        Process process = new ProcessBuilder("node", "stock.mjs", Integer.toString(port)).directory(PLACE.toFile())
                .redirectError(log.toFile()).start();
        StockClient client = new StockClient(process, log);
        CompletableFuture<JsonValue> ready = client.open.get(0);
        Thread reader = new Thread(client::read, "stock-" + name);
        reader.setDaemon(true);
        reader.start();
        if (ready != null) {
            client.await(ready, "start");
        }
        return client;
    }

    /** A new document, detached. @param objects kinds by key @param compatibility {@code "1"} or {@code "2"} */
    StockDocument create(Map<String, String> objects, String compatibility) {
        return opened("create", null, objects, compatibility);
    }

    /** A document of the service. */
    StockDocument open(String id, Map<String, String> objects, String compatibility) {
        return opened("open", id, objects, compatibility);
    }

    /** From where it has fetched a document's messages, each time: the last sequence number that it had already. */
    List<Integer> fetched(String id) {
        List<Integer> fetched = new ArrayList<>();
        for (JsonValue request : ((JsonArray) ask("requests", JsonObject.EMPTY)).values()) {
            String address = ((JsonString) request).value();
            int from = address.indexOf("from=") + "from=".length();
            if (address.contains("/deltas/") && address.contains(id)) {
                fetched.add(Integer.parseInt(address.substring(from, address.indexOf('&', from))));
            }
        }
        return fetched;
    }

    /** Has something done and waits for what comes of it. */
    JsonValue ask(String command, JsonObject details) {
        return await(begin(command, details), command + " " + details);
    }

    /** Has something done. */
    CompletableFuture<JsonValue> begin(String command, JsonObject details) {
        int n = count.incrementAndGet();
        CompletableFuture<JsonValue> answer = new CompletableFuture<>();
        open.put(n, answer);
        String line = details.with("n", JsonValue.of(n)).with("do", JsonValue.of(command)).toJson() + "\n";
        try {
            synchronized (commands) {
                commands.write(line);
                commands.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(said(), e);
        }
        return answer;
    }

    JsonValue await(CompletableFuture<JsonValue> answer, String what) {
        try {
            return answer.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
        } catch (RuntimeException e) {
            String short_ = what.length() > 200 ? what.substring(0, 200) + "…" : what;
            throw new AssertionError("the stock client could not " + short_ + ": " + e.getMessage() + said(), e);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        commands.close();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
    }

    private StockDocument opened(String command, @Nullable String id, Map<String, String> objects,
            String compatibility) {
        JsonObject.Builder kinds = JsonObject.builder();
        objects.forEach(kinds::put);
        String name = "doc-" + count.incrementAndGet();
        ask(command, JsonObject.builder().put("doc", name).put("id", id == null ? JsonNull.NULL : JsonValue.of(id))
                .put("objects", kinds.build()).put("compat", compatibility).build());
        return new StockDocument(this, name);
    }

    private void read() {
        try (BufferedReader answers = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                JsonObject answer = (JsonObject) JsonValue.parse(line, ANSWERS);
                CompletableFuture<JsonValue> asked = open.remove(answer.integer("n", 0, Integer.MAX_VALUE));
                String error = answer.optionalString("error");
                if (asked != null && error != null) {
                    asked.completeExceptionally(new AssertionError(error));
                } else if (asked != null) {
                    asked.complete(answer.require("value"));
                }
            }
        } catch (IOException | ProtocolException | RuntimeException e) {
            open.values().forEach(each -> each.completeExceptionally(e));
        }
        open.values().forEach(each -> each.completeExceptionally(new AssertionError("the program ended")));
    }

    private String said() {
        try {
            String said = Files.readString(log);
            return said.isEmpty() ? "" : "\nIt printed:\n" + said;
        } catch (IOException e) {
            return "\n" + e;
        }
    }
}
