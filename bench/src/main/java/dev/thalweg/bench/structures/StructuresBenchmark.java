package dev.thalweg.bench.structures;

import dev.thalweg.bench.Page;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonNumber;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.testkit.peers.NpmProject;
import dev.thalweg.testkit.workload.Workload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./dev bench structures}: the same edits on our structures, in two ways, and on Fluid's. */
@Command(name = "structures", mixinStandardHelpOptions = true, sortOptions = false, description = {
    "Plays the same edits on our structures, on the JVM and as JavaScript on Node, and on Fluid's own packages on",
    "Node, which npm fetches. All must come to the same end."})
public final class StructuresBenchmark implements Callable<Integer> {
    private static final int WARM_UP = 5;

    @Option(names = "--operations", defaultValue = "30000", description = "How many in a round (${DEFAULT-VALUE}).")
    private int operations;

    @Option(names = "--rounds", defaultValue = "15", description = "How often each is measured (${DEFAULT-VALUE}); the table has medians.")
    private int rounds;

    @Option(names = "--write", paramLabel = "FILE", description = "Also put the table into this page, for example docs/benchmarks.md.")
    private @Nullable Path page;

    /** What one side came to. @param micros of one operation, the median of all rounds */
    private record Side(double micros, String end) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path place = Path.of("bench/target/peers/fluid");
        NpmProject.install(Path.of("bench/peers/fluid"), place);
        Map<String, Side> fluid = node(place.resolve("bench.mjs").toString(), String.valueOf(operations),
                String.valueOf(rounds));
        List<String> arguments = new ArrayList<>(List.of("bench/peers/ours/bench.mjs",
                Path.of("web/target/bench/workloads.mjs").toAbsolutePath().toString(), String.valueOf(operations),
                String.valueOf(rounds)));
        for (Workload workload : Workload.values()) {
            arguments.add(workload.peerName);
        }
        Map<String, Side> javaScript = node(arguments.toArray(String[]::new));
        StringBuilder table = new StringBuilder(
                """
                | edits | ours on the JVM, µs each | ours in JavaScript on Node, µs each | Fluid's on Node, µs each | JVM, times as fast | JavaScript, times as fast |
                |---|--:|--:|--:|--:|--:|
                """);
        for (Workload workload : Workload.values()) {
            Side jvm = jvm(workload);
            Side ours = same(workload, jvm, javaScript, "in JavaScript");
            Side theirs = same(workload, jvm, fluid, "at Fluid's");
            table.append(String.format(Locale.ROOT, "| %s | %.2f | %.2f | %.2f | %.1f | %.1f |%n", workload.title,
                    jvm.micros(), ours.micros(), theirs.micros(), theirs.micros() / jvm.micros(),
                    theirs.micros() / ours.micros()));
        }
        System.out.print(table);
        if (page != null) {
            Page.replace(page, "structures", "./dev bench structures", table.toString());
        }
        return 0;
    }

    private static Side same(Workload workload, Side jvm, Map<String, Side> sides, String where) {
        Side side = sides.get(workload.peerName);
        if (side == null || !side.end().equals(jvm.end())) {
            throw new IllegalStateException(workload.peerName + " comes to " + jvm.end() + " on the JVM and to "
                    + (side == null ? "nothing" : side.end()) + " " + where);
        }
        return side;
    }

    private Side jvm(Workload workload) {
        double[] millis = new double[rounds];
        String end = "";
        for (int i = -WARM_UP; i < rounds; i++) {
            Workload.Round round = workload.prepare(operations);
            long start = System.nanoTime();
            round.play();
            if (i >= 0) {
                millis[i] = (System.nanoTime() - start) / 1e6;
            }
            end = round.end();
        }
        return new Side(median(millis), end);
    }

    private Map<String, Side> node(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("node"));
        command.addAll(List.of(arguments));
        Process node = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (node.waitFor() != 0) {
            throw new IOException(command + " ended with " + node.exitValue());
        }
        Map<String, Side> sides = new HashMap<>();
        try {
            for (String line : said.lines().toList()) {
                JsonObject side = JsonCasts.object(JsonValue.parse(line), "side");
                sides.put(side.string("name"), new Side(median(numbers(side.array("millis"))), side.string("end")));
            }
        } catch (ProtocolException e) {
            throw new IOException(command + " said what cannot be read: " + e.getMessage(), e);
        }
        return sides;
    }

    private static double[] numbers(JsonArray array) throws ProtocolException {
        double[] numbers = new double[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            if (!(array.get(i) instanceof JsonNumber number)) {
                throw new ProtocolException("expected a number, was " + array.get(i).toJson());
            }
            numbers[i] = number.value();
        }
        return numbers;
    }

    private double median(double[] millis) {
        Arrays.sort(millis);
        return millis[millis.length / 2] * 1000 / operations;
    }
}
