package dev.thalweg.bench.load;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What all runs together say: medians over the rounds, and our service beside its peers. */
final class Report {
    private final Map<Preset, Map<Target, List<Figures>>> runs = new LinkedHashMap<>();

    /** Takes in a run. */
    void add(Preset preset, Target target, Figures figures) {
        runs.computeIfAbsent(preset, each -> new EnumMap<>(Target.class))
                .computeIfAbsent(target, each -> new ArrayList<>()).add(figures);
    }

    /** Whether no run lost anything. */
    boolean clean() {
        return runs.values().stream().flatMap(targets -> targets.values().stream()).flatMap(List::stream)
                .allMatch(figures -> figures.faults().isEmpty());
    }

    /** The whole as Markdown: a table of medians, one of ratios, and what went wrong. */
    String markdown() {
        StringBuilder out = new StringBuilder();
        out.append("| load | service | ops/s | deliveries/s | p50 ms | p90 ms | p99 ms | max ms | CPU µs per delivery"
                + " | cores: service | cores: load program |\n|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
        runs.forEach((preset, targets) -> targets.forEach((target, figures) -> {
            Figures median = Figures.medians(figures);
            out.append(String.format(Locale.ROOT,
                    "| %s: %s | %s | %,.0f | %,.0f | %s | %s | %s | %s | %.1f | %.2f | %.2f |%n", preset.name(),
                    preset.words(), target.words(), median.operations(), median.deliveries(), millis(median.p50()),
                    millis(median.p90()), millis(median.p99()), millis(median.max()), median.serverCpu(),
                    median.serverCores(), median.generatorCores()));
        }));
        ratios(out);
        faults(out);
        return out.toString();
    }

    private void ratios(StringBuilder out) {
        out.append("\n| load | throughput, times tinylicious | p99, share of tinylicious'"
                + " | CPU per delivery, times bare fan-out |\n|---|--:|--:|--:|\n");
        runs.forEach((preset, targets) -> {
            Figures ours = medians(targets, Target.THALWEG);
            Figures peer = medians(targets, Target.TINYLICIOUS);
            Figures bare = medians(targets, Target.BARE);
            if (ours != null && (peer != null || bare != null)) {
                out.append("| ").append(preset.name()).append(" | ")
                        .append(peer == null ? "–" : ratio(ours.operations() / peer.operations())).append(" | ")
                        .append(peer == null ? "–" : ratio(ours.p99() / peer.p99())).append(" | ")
                        .append(bare == null ? "–" : ratio(ours.serverCpu() / bare.serverCpu())).append(" |\n");
            }
        });
    }

    private void faults(StringBuilder out) {
        runs.forEach((preset, targets) -> targets.forEach((target, figures) -> {
            for (String fault : Figures.medians(figures).faults()) {
                out.append("\n**").append(preset.name()).append(", ").append(target.words()).append("**: ")
                        .append(fault).append('\n');
            }
        }));
    }

    private static @Nullable Figures medians(Map<Target, List<Figures>> targets, Target target) {
        List<Figures> figures = targets.get(target);
        return figures == null ? null : Figures.medians(figures);
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
    }

    private static String ratio(double value) {
        return String.format(Locale.ROOT, value < 1 ? "%.3f" : value < 10 ? "%.2f" : "%.1f", value);
    }
}
