package dev.thalweg.bench.load;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What came of one run.
 *
 * @param operations      operations per second that got their place and came back to their sender
 * @param deliveries      operations per second that reached a client, each counted once for every client
 * @param p50             milliseconds from sending an operation to hearing it, half of all
 * @param p90             the same, nine of ten
 * @param p99             the same, 99 of a hundred
 * @param max             the longest
 * @param serverCpu       microseconds of processor time that the service used for each delivery
 * @param serverCores     processors that the service kept busy
 * @param generatorCores  processors that this program kept busy
 * @param faults          what was lost, refused or out of order; a run with any does not count
 */
record Figures(
        double operations,
        double deliveries,
        double p50,
        double p90,
        double p99,
        double max,
        double serverCpu,
        double serverCores,
        double generatorCores,
        List<String> faults) {
    Figures {
        faults = List.copyOf(faults);
    }

    /** The median of each figure by itself; faults are all of them. */
    static Figures medians(List<Figures> runs) {
        return new Figures(median(runs, Figures::operations), median(runs, Figures::deliveries),
                median(runs, Figures::p50), median(runs, Figures::p90), median(runs, Figures::p99),
                median(runs, Figures::max), median(runs, Figures::serverCpu), median(runs, Figures::serverCores),
                median(runs, Figures::generatorCores),
                runs.stream().flatMap(run -> run.faults().stream()).distinct().toList());
    }

    private static double median(List<Figures> runs, ToDoubleFunction<Figures> figure) {
        double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
