package dev.thalweg.bench;

import dev.thalweg.bench.catchup.CatchUpBenchmark;
import dev.thalweg.bench.growth.GrowthBenchmark;
import dev.thalweg.bench.lattices.LatticesBenchmark;
import dev.thalweg.bench.load.ServiceBenchmark;
import dev.thalweg.bench.micro.MicroBenchmarks;
import dev.thalweg.bench.page.PageBenchmark;
import dev.thalweg.bench.size.SizeReport;
import dev.thalweg.bench.structures.StructuresBenchmark;
import dev.thalweg.bench.text.TextBenchmark;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./dev bench}: what everything costs. */
@Command(name = "./dev bench", mixinStandardHelpOptions = true, description = "Measures. Figures go to the terminal and, with --write, into a page.", subcommands = {
    ServiceBenchmark.class, MicroBenchmarks.class, PageBenchmark.class, TextBenchmark.class, StructuresBenchmark.class,
    GrowthBenchmark.class, CatchUpBenchmark.class, LatticesBenchmark.class, SizeReport.class})
public final class Bench implements Runnable {
    private Bench() {}

    /** Runs a benchmark and exits with 0, or with 1 when something went wrong. */
    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new Bench());
        // They are JMH's, each with its value behind it.
        Objects.requireNonNull(line.getSubcommands().get("micro")).setUnmatchedOptionsArePositionalParams(true);
        System.exit(line.execute(arguments));
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }
}
