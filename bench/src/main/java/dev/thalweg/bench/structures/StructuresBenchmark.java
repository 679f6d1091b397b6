package dev.thalweg.bench.structures;

import dev.thalweg.bench.Page;
import dev.thalweg.testkit.peers.NpmProject;
import dev.thalweg.testkit.workload.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./dev bench structures}: the same edits on our structures, in two ways, and on Fluid's. */
@Command(name = "structures", mixinStandardHelpOptions = true, sortOptions = false, description = {
    "Plays the same edits on our structures, on the JVM and as JavaScript on Node, and on Fluid's own packages on",
    "Node, which npm fetches. They take turns, and all must come to the same end."})
public final class StructuresBenchmark implements Callable<Integer> {
    private static final int WARM_UP = 5;

    @Option(names = "--operations", defaultValue = "30000", description = "How many in a round (${DEFAULT-VALUE}).")
    private int operations;

    @Option(names = "--rounds", defaultValue = "15", description = "How often each is measured (${DEFAULT-VALUE}); the table has medians.")
    private int rounds;

    @Option(names = "--write", paramLabel = "FILE", description = "Also put the table into this page, for example docs/benchmarks.md.")
    private @Nullable Path page;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path place = Path.of("bench/target/peers/fluid");
        NpmProject.install(Path.of("bench/peers/fluid"), place);
        StringBuilder table = new StringBuilder(
                """
                | edits | ours on the JVM, µs each | ours in JavaScript on Node, µs each | Fluid's on Node, µs each | JVM, times as fast | JavaScript, times as fast |
                |---|--:|--:|--:|--:|--:|
                """);
        String count = String.valueOf(operations);
        try (Side jvm = Side.here(operations);
                Side javaScript = Side.node("ours in JavaScript", "bench/peers/ours/bench.mjs",
                        Path.of("web/target/bench/workloads.mjs").toAbsolutePath().toString(), count);
                Side fluid = Side.node("Fluid's", place.resolve("bench.mjs").toString(), count)) {
            for (Workload workload : Workload.values()) {
                double[] micros = measure(workload, List.of(jvm, javaScript, fluid));
                table.append(String.format(Locale.ROOT, "| %s | %.2f | %.2f | %.2f | %.1f | %.1f |%n", workload.title,
                        micros[0], micros[1], micros[2], micros[2] / micros[0], micros[2] / micros[1]));
            }
        }
        System.out.print(table);
        if (page != null) {
            Page.replace(page, "structures", "./dev bench structures", table.toString());
        }
        return 0;
    }

    /** The µs of one operation at each side, the median of all rounds, in which the sides take turns. */
    private double[] measure(Workload workload, List<Side> sides) throws IOException {
        double[][] millis = new double[sides.size()][rounds];
        for (int i = -WARM_UP; i < rounds; i++) {
            String end = "";
            for (int side = 0; side < sides.size(); side++) {
                Side.Round round = sides.get(side).play(workload);
                if (side > 0 && !round.end().equals(end)) {
                    throw new IllegalStateException(workload.peerName + " comes to " + end + ", and to " + round.end()
                            + ": " + sides.get(side).name());
                }
                end = round.end();
                millis[side][Math.max(i, 0)] = round.millis();
            }
        }
        return Arrays.stream(millis).mapToDouble(this::median).toArray();
    }

    private double median(double[] millis) {
        Arrays.sort(millis);
        return millis[millis.length / 2] * 1000 / operations;
    }
}
