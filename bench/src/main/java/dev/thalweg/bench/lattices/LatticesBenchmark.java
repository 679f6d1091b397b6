package dev.thalweg.bench.lattices;

import com.typesafe.config.ConfigFactory;
import dev.thalweg.bench.Page;
import dev.thalweg.bench.lattices.Trials.Trial;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.apache.pekko.actor.ActorSystem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./dev bench lattices}: merging, changing and sending what merges by itself. */
@Command(name = "lattices", mixinStandardHelpOptions = true, sortOptions = false, description = {
    "Does the same to our lattices and to those of Apache Pekko Distributed Data, in turns within one JVM, and to maps",
    "of Yjs and Automerge on Node, which npm fetches. Our side and Pekko's must come to the same end."})
public final class LatticesBenchmark implements Callable<Integer> {
    private static final int WARM_UP = 10;

    /* Long enough for the clock, short enough for the collector to fall between two. */
    private static final long ROUND_NANOS = 10_000_000;

    @Option(names = "--rounds", defaultValue = "31", description = "How often each is measured (${DEFAULT-VALUE}); the tables have medians.")
    private int rounds;

    @Option(names = "--cycles", defaultValue = "1000000", description = "How often an element comes and goes (${DEFAULT-VALUE}).")
    private int cycles;

    @Option(names = "--write", paramLabel = "FILE", description = "Also put the tables into this page, for example docs/benchmarks.md.")
    private @Nullable Path page;

    /** One kind of lattice. @param taken keys there @param free the first key to change */
    private record Kind(String name, Side<?, ?> ours, Side<?, ?> pekkos, int taken, int free) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        ActorSystem system = ActorSystem.create("gauges", ConfigFactory.parseString("pekko.loglevel = OFF")
                .withFallback(ConfigFactory.load()));
        try {
            String tables = tables(system);
            if (page != null) {
                Page.replace(page, "lattices", "./dev bench lattices", tables);
            }
            return 0;
        } finally {
            system.terminate();
        }
    }

    private String tables(ActorSystem system) throws IOException, InterruptedException {
        List<Kind> kinds = List.of(
                new Kind("OR-set of 10,000", Ours.orSet(), Pekkos.orSet(system), Trials.SIZE, Trials.SIZE),
                new Kind("LWW map of 10,000", Ours.lwwMap(), Pekkos.lwwMap(system), Trials.SIZE, Trials.SIZE),
                new Kind("OR-map of 10,000 counters", Ours.mapOfCounters(), Pekkos.mapOfCounters(system),
                        Trials.SIZE, Trials.SIZE),
                new Kind("G-counter of 100 replicas", Ours.gCounter(), Pekkos.gCounter(system), Trials.COUNTERS, 0));
        StringBuilder times = new StringBuilder("""
                | lattice | what is done | ours, µs | Pekko's, µs | times as fast |
                |---|---|--:|--:|--:|
                """);
        StringBuilder bytes = new StringBuilder("""
                | lattice | what travels | ours, bytes | ours in gzip | Pekko's, bytes |
                |---|---|--:|--:|--:|
                """);
        for (Kind kind : kinds) {
            Trials<?, ?> ours = new Trials<>(kind.ours(), kind.taken(), kind.free());
            Trials<?, ?> pekkos = new Trials<>(kind.pekkos(), kind.taken(), kind.free());
            time(times, kind, ours, pekkos);
            weigh(bytes, kind, "the state", ours.stateBytes(), pekkos.stateBytes());
            weigh(bytes, kind, "one change", ours.deltaBytes(), pekkos.deltaBytes());
            weigh(bytes, kind, "ten changes", ours.tenBytes(), pekkos.tenBytes());
        }
        String memory = memory(kinds.get(0));
        String node = MapsOnNode.table(rounds, cycles);
        return String.join("\n", times, bytes, memory, node);
    }

    private void time(StringBuilder table, Kind kind, Trials<?, ?> ours, Trials<?, ?> pekkos) {
        boolean removes = kind.free() > 0;
        List<Trial> mine = ours.timed(removes);
        List<Trial> theirs = pekkos.timed(removes);
        for (int i = 0; i < mine.size(); i++) {
            Trial one = mine.get(i);
            Trial other = theirs.get(i);
            same(kind.name() + ", " + one.what(), one.end().get(), other.end().get());
            double[][] micros = new double[2][rounds];
            for (int round = -WARM_UP; round < rounds; round++) {
                double first = micros(one.run());
                double second = micros(other.run());
                if (round >= 0) {
                    micros[0][round] = first;
                    micros[1][round] = second;
                }
            }
            double our = median(micros[0]);
            double their = median(micros[1]);
            line(table, String.format(Locale.ROOT, "| %s | %s | %.2f | %.2f | %.1f |%n", kind.name(), one.what(), our,
                    their, their / our));
        }
    }

    private static double micros(Supplier<Object> run) {
        int count = 0;
        int kept = 0;
        long start = System.nanoTime();
        long spent;
        do {
            kept += System.identityHashCode(run.get()) == 0 ? 1 : 0;
            count++;
            spent = System.nanoTime() - start;
        } while (spent < ROUND_NANOS);
        return (spent + kept) / 1e3 / count;
    }

    private static void weigh(StringBuilder table, Kind kind, String what, byte[] ours, byte[] pekkos)
            throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(ours);
        }
        line(table, String.format(Locale.ROOT, "| %s | %s | %,d | %,d | %,d |%n", kind.name(), what, ours.length,
                packed.size(), pekkos.length));
    }

    private String memory(Kind sets) {
        StringBuilder table = new StringBuilder("""
                | set of 1,000 elements at three replicas | on the heap, bytes | as it travels, bytes |
                |---|--:|--:|
                """);
        for (int many : new int[] {0, cycles}) {
            Cycles.Left ours = Cycles.measure(sets.ours(), many);
            Cycles.Left pekkos = Cycles.measure(sets.pekkos(), many);
            same("cycles", ours.end(), pekkos.end());
            line(table, String.format(Locale.ROOT, "| ours, after %,d removals and additions | %,d | %,d |%n", many,
                    ours.heap(), ours.bytes()));
            line(table, String.format(Locale.ROOT, "| Pekko's, after as many | %,d | %,d |%n", pekkos.heap(),
                    pekkos.bytes()));
        }
        return table.toString();
    }

    private static void same(String what, String ours, String pekkos) {
        if (!ours.equals(pekkos)) {
            throw new IllegalStateException(what + " comes to " + ours + " with us and to " + pekkos + " at Pekko's");
        }
    }

    private static void line(StringBuilder table, String line) {
        System.out.print(line);
        table.append(line);
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
