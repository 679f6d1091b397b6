package dev.thalweg.bench.growth;

import dev.thalweg.bench.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code ./dev bench growth}: what one operation costs, from its call until the other client has it, in small and in
 * large documents. The sizes take turns within a round, so that what else the machine does falls on all of them.
 */
@Command(name = "growth", mixinStandardHelpOptions = true, sortOptions = false, description = {
    "Measures what one operation costs as documents grow: in keys, in channels, and in operations that went before."})
public final class GrowthBenchmark implements Callable<Integer> {
    @Option(names = "--operations", defaultValue = "10000", description = "How many in a round (${DEFAULT-VALUE}).")
    private int operations;

    @Option(names = "--rounds", defaultValue = "15", description = "How often each is measured (${DEFAULT-VALUE}); the table has medians.")
    private int rounds;

    @Option(names = "--write", paramLabel = "FILE", description = "Also put the table into this page, for example docs/benchmarks.md.")
    private @Nullable Path page;

    @Override
    public Integer call() throws IOException {
        StringBuilder table = new StringBuilder("""
                | operation | grows in | small | middle | large | µs: small | middle | large | large, times small |
                |---|---|--:|--:|--:|--:|--:|--:|--:|
                """);
        for (Keys.Kind kind : Keys.ALL) {
            row(table, kind.name(), "keys", kind.ofSize(), 10, 1_000, 100_000);
        }
        row(table, "set in one of the maps of a container", "channels", maps -> new Document(maps, 0), 1, 30, 1_000);
        row(table, "set in a map of a container", "past operations", past -> new Document(1, past), 0, 10_000,
                1_000_000);
        if (page != null) {
            Page.replace(page, "growth", "./dev bench growth", table.toString());
        }
        return 0;
    }

    private void row(StringBuilder table, String what, String grows, IntFunction<Grown> ofSize, int... sizes) {
        Grown[] grown = Arrays.stream(sizes).mapToObj(ofSize).toArray(Grown[]::new);
        int[] done = sizes.clone();
        double[][] micros = new double[sizes.length][rounds];
        for (int round = -3; round < rounds; round++) {
            for (int k = 0; k < sizes.length; k++) {
                long start = System.nanoTime();
                for (int i = 0; i < operations; i++) {
                    grown[k].once(done[k]++);
                }
                if (round >= 0) {
                    micros[k][round] = (System.nanoTime() - start) / 1e3 / operations;
                }
            }
        }
        for (int k = 0; k < sizes.length; k++) {
            grown[k].check(done[k] - 1);
            Arrays.sort(micros[k]);
        }
        int half = rounds / 2;
        String line = String.format(Locale.ROOT, "| %s | %s | %,d | %,d | %,d | %.2f | %.2f | %.2f | %.2f |%n", what,
                grows,
                sizes[0], sizes[1], sizes[2], micros[0][half], micros[1][half], micros[2][half],
                micros[2][half] / micros[0][half]);
        System.out.print(line);
        table.append(line);
    }
}
