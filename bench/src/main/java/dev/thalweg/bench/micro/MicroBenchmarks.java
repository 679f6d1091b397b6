package dev.thalweg.bench.micro;

import dev.thalweg.bench.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./dev bench micro}: the JMH benchmarks of this package. */
@Command(name = "micro", mixinStandardHelpOptions = true, sortOptions = false, description = {
    "Runs the JMH benchmarks of structures, sequencer and JSON.",
    "Options it does not know are JMH's, for example -f 1 -i 3."})
public final class MicroBenchmarks implements Callable<Integer> {
    @Parameters(arity = "0..*", paramLabel = "NAME", description = "Only those whose name contains this: Map, Sequencer.ticket, Json …")
    private List<String> arguments = List.of();

    @Option(names = "--write", paramLabel = "FILE", description = "Also put the table into this page, for example docs/benchmarks.md.")
    private @Nullable Path page;

    @Override
    public Integer call() throws CommandLineOptionException, RunnerException, IOException {
        Collection<RunResult> results = new Runner(new CommandLineOptions(arguments.toArray(new String[0]))).run();
        if (page != null) {
            Page.replace(page, "micro", ("./dev bench micro " + String.join(" ", arguments)).strip(), table(results));
        }
        return 0;
    }

    private static String table(Collection<RunResult> results) {
        StringBuilder out = new StringBuilder("| benchmark | operations/s | ± | ns each |\n|---|--:|--:|--:|\n");
        for (RunResult each : results) {
            Result<?> score = each.getPrimaryResult();
            String name = each.getParams().getBenchmark();
            String clients = each.getParams().getParam("clients");
            out.append(String.format(Locale.ROOT, "| %s%s | %,.0f | %s | %,.0f |%n",
                    name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1).replace("Benchmark", ""),
                    clients == null ? "" : ", " + clients + " clients", score.getScore(),
                    Double.isNaN(score.getScoreError())
                            ? "–"
                            : String.format(Locale.ROOT, "%.0f %%", 100 * score.getScoreError() / score.getScore()),
                    1e9 / score.getScore()));
        }
        return out.toString();
    }
}
