package dev.thalweg.bench.catchup;

import dev.thalweg.bench.Page;
import dev.thalweg.bench.load.ServiceProcess;
import dev.thalweg.bench.load.Target;
import dev.thalweg.container.Container;
import dev.thalweg.dds.map.SharedMap;
import dev.thalweg.json.JsonValue;
import dev.thalweg.jvm.ThalwegClient;
import dev.thalweg.testkit.peers.NpmProject;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./dev bench catchup}: how long a client reads until it has a document, and what memory it takes. */
@Command(name = "catchup", mixinStandardHelpOptions = true, sortOptions = false, description = {
    "Reads a document with many operations after its summary, and one with a large summary, from our service: by our",
    "clients on the JVM, in JavaScript and in WebAssembly, and by Fluid's own on Node. Each time in a new process."})
public final class CatchUpBenchmark implements Callable<Integer> {
    private static final Path WORK = Path.of("bench", "target", "catchup");
    private static final String HEAP = "-Xmx512m";
    private static final int KEYS = 1_000;
    private static final int VALUE = 1_000;
    private static final int AT_ONCE = 1_000;

    @Option(names = "--operations", defaultValue = "100000", description = "Of the long history (${DEFAULT-VALUE}).")
    private int operations;

    @Option(names = "--kilobytes", defaultValue = "10000", description = "Of the large summary (${DEFAULT-VALUE}).")
    private int kilobytes;

    @Option(names = "--rounds", defaultValue = "5", description = "How often each reads (${DEFAULT-VALUE}); the table has medians.")
    private int rounds;

    @Option(names = "--write", paramLabel = "FILE", description = "Also put the table into this page, for example docs/benchmarks.md.")
    private @Nullable Path page;

    private interface Reader {
        Reading read(Task task) throws IOException, InterruptedException;
    }

    private record Way(String title, Reader reader) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path stock = Path.of("bench", "target", "peers", "stock");
        NpmProject.install(Path.of("e2e", "stock"), stock);
        Files.copy(Path.of("bench", "peers", "fluid", "read.mjs"), stock.resolve("read.mjs"),
                StandardCopyOption.REPLACE_EXISTING);
        StringBuilder table = new StringBuilder("""
                | document | client | median ms | slowest | most memory of the process, MB |
                |---|---|--:|--:|--:|
                """);
        try (ServiceProcess service = Target.THALWEG.start(WORK)) {
            String url = "http://127.0.0.1:" + service.port();
            List<Way> ways = List.of(
                    new Way("ours on the JVM", task -> Reading.by(java(url, task))),
                    new Way("ours in JavaScript, Chromium", task -> BrowserReader.read("js", url, task)),
                    new Way("ours in WebAssembly GC, Chromium", task -> BrowserReader.read("wasm", url, task)),
                    new Way("Fluid's on Node", task -> Reading.by(List.of("node", stock.resolve("read.mjs").toString(),
                            String.valueOf(service.port()), task.documentId(), String.valueOf(task.sequenceNumber()),
                            String.valueOf(task.keys())))));
            for (Task task : List.of(history(url), summary(url))) {
                for (Way way : ways) {
                    row(table, task, way);
                }
            }
        }
        if (page != null) {
            Page.replace(page, "catchup", "./dev bench catchup", table.toString());
        }
        return 0;
    }

    private void row(StringBuilder table, Task task, Way way) throws IOException, InterruptedException {
        List<Reading> readings = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            readings.add(way.reader().read(task));
        }
        readings.sort(Comparator.comparingDouble(Reading::millis));
        double memory = readings.stream().mapToDouble(Reading::kilobytes).max().orElseThrow() / 1024;
        String line = String.format(Locale.ROOT, "| %s | %s | %.0f | %.0f | %.0f |%n", task.title(), way.title(),
                readings.get(rounds / 2).millis(), readings.getLast().millis(), memory);
        System.out.print(line);
        table.append(line);
    }

    private Task history(String url) {
        try (ThalwegClient client = JvmReader.client(url)) {
            Container container = client.createContainer(JvmReader.SCHEMA).join();
            String id = client.attach(container).join();
            SharedMap map = client.call(() -> container.object(JvmReader.MAP, SharedMap.TYPE)).join();
            for (int done = 0; done < operations; done += AT_ONCE) {
                int from = done;
                client.run(() -> {
                    for (int i = from; i < Math.min(operations, from + AT_ONCE); i++) {
                        map.set("key-" + i % KEYS, JsonValue.of(i));
                        // Each in a message of its own, as people make them.
                        container.flush();
                    }
                }).join();
                client.saved(container).join();
            }
            return new Task(String.format(Locale.ROOT, "%,d operations after the summary", operations), id,
                    client.call(container::sequenceNumber).join(), Math.min(KEYS, operations));
        }
    }

    private Task summary(String url) {
        try (ThalwegClient client = JvmReader.client(url)) {
            Container container = client.createContainer(JvmReader.SCHEMA).join();
            client.run(() -> {
                SharedMap map = container.object(JvmReader.MAP, SharedMap.TYPE);
                for (int i = 0; i < kilobytes; i++) {
                    map.set("key-" + i, JsonValue.of(String.valueOf(i).repeat(VALUE).substring(0, VALUE)));
                }
            }).join();
            return new Task(String.format(Locale.ROOT, "%,d kB in the summary", kilobytes),
                    client.attach(container).join(), 0, kilobytes);
        }
    }

    private static List<String> java(String url, Task task) {
        return List.of(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java", HEAP, "-cp",
                System.getProperty("java.class.path"), JvmReader.class.getName(), url, task.documentId(),
                String.valueOf(task.sequenceNumber()), String.valueOf(task.keys()));
    }
}
