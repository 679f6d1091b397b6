package dev.thalweg.bench.size;

import dev.thalweg.bench.Page;
import dev.thalweg.bench.size.Bundle.Weight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.jr.ob.JSON;

/** {@code ./dev size}: weighs the programs for the browser that the last build left, and says which are too heavy. */
@Command(name = "size", mixinStandardHelpOptions = true, sortOptions = false, description = "Weighs the programs for the browser; fails when one is over its limit.")
public final class SizeReport implements Callable<Integer> {
    private static final Path TARGET = Path.of("web", "target");

    @Option(names = "--write", paramLabel = "FILE", description = "Also put the table into this page, for example docs/benchmarks.md.")
    private @Nullable Path page;

    @Override
    public Integer call() throws IOException {
        List<Weight> weights = weigh(TARGET);
        System.out.print(table(weights));
        if (page != null) {
            Page.replace(page, "size", "./dev size", table(weights));
        }
        List<String> complaints = complaints(weights);
        complaints.forEach(System.err::println);
        return complaints.isEmpty() ? 0 : 1;
    }

    /** Weighs everything and leaves the figures in {@code size.json}. @param target of the web module */
    static List<Weight> weigh(Path target) throws IOException {
        List<Weight> weights = new ArrayList<>();
        List<Map<String, Object>> records = new ArrayList<>();
        for (Bundle bundle : Bundle.ALL) {
            Weight weight = bundle.weigh(target);
            weights.add(weight);
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("name", bundle.name());
            figures.put("target", bundle.target());
            figures.put("raw", weight.raw());
            figures.put("gzip", weight.gzip());
            figures.put("brotli", weight.brotli());
            if (bundle.limit() > 0) {
                figures.put("gzipLimit", bundle.limit());
            }
            records.add(figures);
        }
        Files.writeString(target.resolve("size.json"), JSON.std.asString(records) + "\n");
        return weights;
    }

    /** A sentence for each that is too heavy. */
    static List<String> complaints(List<Weight> weights) {
        return weights.stream().filter(weight -> !weight.holds())
                .map(weight -> weight.bundle().name() + ", " + weight.bundle().target() + ": " + weight.gzip()
                        + " bytes in gzip, the limit is " + weight.bundle().limit())
                .toList();
    }

    private static String table(List<Weight> weights) {
        StringBuilder out = new StringBuilder(
                "| program | target | raw kB | gzip kB | brotli kB | limit in gzip |\n|---|---|--:|--:|--:|--:|\n");
        for (Weight weight : weights) {
            out.append(String.format(Locale.ROOT, "| %s | %s | %.1f | %.1f | %.1f | %s |%n", weight.bundle().name(),
                    weight.bundle().target(), weight.raw() / 1e3, weight.gzip() / 1e3, weight.brotli() / 1e3,
                    weight.bundle().limit() == 0 ? "–" : weight.bundle().limit() / 1000 + " kB"));
        }
        return out.toString();
    }
}
