package dev.thalweg.bench.structures;

import dev.thalweg.bench.Page;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonNumber;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.testkit.peers.NpmProject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./dev bench structures}: the same edits on our structures and on Fluid's. */
@Command(name = "structures", mixinStandardHelpOptions = true, sortOptions = false, description = {
    "Plays the same edits on our structures and on Fluid's own packages on Node, which npm fetches.",
    "Both sides must come to the same end."})
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
        Map<String, Side> fluid = fluid();
        StringBuilder table = new StringBuilder(
                "| edits | ours on the JVM, µs each | Fluid's on Node, µs each | times as fast |\n|---|--:|--:|--:|\n");
        for (Workload workload : Workload.values()) {
            Side ours = ours(workload);
            Side theirs = fluid.get(workload.peerName);
            if (theirs == null || !theirs.end().equals(ours.end())) {
                throw new IllegalStateException(workload.peerName + " comes to " + ours.end() + " here and to "
                        + (theirs == null ? "nothing" : theirs.end()) + " at Fluid's");
            }
            table.append(String.format(Locale.ROOT, "| %s | %.2f | %.2f | %.1f |%n", workload.title, ours.micros(),
                    theirs.micros(), theirs.micros() / ours.micros()));
        }
        System.out.print(table);
        if (page != null) {
            Page.replace(page, "structures", "./dev bench structures", table.toString());
        }
        return 0;
    }

    private Side ours(Workload workload) {
        double[] millis = new double[rounds];
        String end = "";
        for (int i = -WARM_UP; i < rounds; i++) {
            Workload.Played played = workload.play(operations);
            end = played.end();
            if (i >= 0) {
                millis[i] = played.millis();
            }
        }
        return new Side(median(millis), end);
    }

    private Map<String, Side> fluid() throws IOException, InterruptedException {
        Path place = Path.of("bench/target/peers/fluid");
        NpmProject.install(Path.of("bench/peers/fluid"), place);
        Process node = new ProcessBuilder(List.of("node", place.resolve("bench.mjs").toString(),
                String.valueOf(operations), String.valueOf(rounds))).redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (node.waitFor() != 0) {
            throw new IOException("Fluid's side ended with " + node.exitValue());
        }
        Map<String, Side> sides = new HashMap<>();
        try {
            for (String line : said.lines().toList()) {
                JsonObject side = JsonCasts.object(JsonValue.parse(line), "side");
                sides.put(side.string("name"), new Side(median(numbers(side.array("millis"))), side.string("end")));
            }
        } catch (ProtocolException e) {
            throw new IOException("Fluid's side said what cannot be read: " + e.getMessage(), e);
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
