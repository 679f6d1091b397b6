package dev.thalweg.bench.load;

import dev.thalweg.bench.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./dev bench service}: the same loads on our service and on its peers, in turn, several rounds. */
@Command(name = "service", mixinStandardHelpOptions = true, sortOptions = false, description = "Puts the service and its peers under the same loads, in turn.")
public final class ServiceBenchmark implements Callable<Integer> {
    private static final Path WORK = Path.of("bench", "target", "service");

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "How often everything is run (default ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--seconds", paramLabel = "S", defaultValue = "8", description = "How long each run is measured (default ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(names = "--warm-up", paramLabel = "S", defaultValue = "5", description = "How long each run goes on before it is measured (default ${DEFAULT-VALUE}).")
    private double warmUp;

    @Option(names = "--loads", paramLabel = "NAME", split = ",", description = "Only these: 8w8, 8x50, 1w1, 1w64, 32w4, 16docs, fanout, 10kB.")
    private List<String> loads = List.of();

    @Option(names = "--targets", paramLabel = "NAME", split = ",", defaultValue = "thalweg,tinylicious,bare", description = "Of thalweg, thalweg-memory, tinylicious, bare (default ${DEFAULT-VALUE}).")
    private List<String> targets = List.of();

    @Option(names = "--summarize", paramLabel = "N", defaultValue = "500", description = "Operations from one summary of a document to the next, 0 for none (default ${DEFAULT-VALUE}).")
    private int summarize;

    @Option(names = "--write", paramLabel = "FILE", description = "Also put the tables into this page, for example docs/benchmarks.md.")
    private @Nullable Path page;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Preset> presets = loads.isEmpty() ? Preset.ALL : loads.stream().map(Preset::named).toList();
        List<Target> services = targets.stream().map(Target::named).toList();
        Report report = new Report();
        for (int round = 1; round <= rounds; round++) {
            for (Preset preset : presets) {
                for (Target target : services) {
                    Figures figures = run(target, preset);
                    report.add(preset, target, figures);
                    System.err.printf(Locale.ROOT, "round %d  %-7s %-18s %,8.0f ops/s  p50 %.2f  p99 %.2f ms  %s%n",
                            round, preset.name(), target.words(), figures.operations(), figures.p50(), figures.p99(),
                            String.join("; ", figures.faults()));
                }
            }
        }
        String tables = report.markdown();
        System.out.println(tables);
        if (page != null) {
            Page.replace(page, "service", command(), tables);
        }
        return report.clean() ? 0 : 1;
    }

    private Figures run(Target target, Preset preset) throws IOException, InterruptedException {
        try (ServiceProcess service = target.start(WORK.resolve(target.option()));
                LoadRun run = new LoadRun(service, preset, target, summarize)) {
            return run.perform(warmUp, seconds);
        }
    }

    private String command() {
        return "./dev bench service --rounds " + rounds + " --seconds " + number(seconds) + " --warm-up "
                + number(warmUp) + " --summarize " + summarize
                + (loads.isEmpty() ? "" : " --loads " + String.join(",", loads)) + " --targets "
                + String.join(",", targets);
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }
}
