package dev.thalweg.bench.text;

import dev.thalweg.bench.Page;
import dev.thalweg.eventgraph.TextDocument;
import dev.thalweg.eventgraph.TextOperation;
import dev.thalweg.eventgraph.TextRun;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.testkit.trace.History;
import dev.thalweg.testkit.trace.HistoryFiles;
import dev.thalweg.testkit.trace.Orders;
import dev.thalweg.testkit.trace.Replay;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./dev bench text}: merging, loading and typing recorded histories. */
@Command(name = "text", mixinStandardHelpOptions = true, sortOptions = false, description = {
    "Merges, loads and types recorded histories of texts. Every run's text is checked."})
public final class TextBenchmark implements Callable<Integer> {
    /** Longer ones are not played message by message. */
    private static final int LIVE_EVENTS = 100_000;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Histories, as ./dev trace takes them.")
    private List<Path> files = List.of();

    @Option(names = "--rounds", defaultValue = "21", description = "How often each is measured (${DEFAULT-VALUE}); the table has medians and best.")
    private int rounds;

    @Option(names = "--write", paramLabel = "FILE", description = "Also put the table into this page, for example docs/benchmarks.md.")
    private @Nullable Path page;

    /** Something to be measured. */
    private interface Work {
        /** @return the text it came to, or null when it did not read it */
        @Nullable
        String run() throws ProtocolException;
    }

    @Override
    public Integer call() throws IOException {
        StringBuilder table = new StringBuilder(
                "| history | events | runs | merge, ms | with its text, ms | typed, ms | typed with an update each, ms "
                        + "| live, µs a message | file, bytes | with the text |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
        for (Path file : files) {
            HistoryFiles.read(file, (name, history) -> {
                String row = row(Path.of(name).getFileName().toString().replace(".json.gz", ""), history);
                System.out.print(row);
                table.append(row);
            });
        }
        System.out.print("\n" + table);
        if (page != null) {
            Page.replace(page, "text", "./dev bench text " + files.stream().map(file -> file.getFileName().toString())
                    .collect(Collectors.joining(" ")), table.toString());
        }
        return 0;
    }

    private String row(String name, History history) throws IOException {
        try {
            TextDocument document = Replay.play(history);
            byte[] file = document.encode(false);
            byte[] cached = document.encode(true);
            boolean typed = document.graph().runs() == 1;
            boolean live = !typed && history.events() < LIVE_EVENTS;
            return String.format(Locale.ROOT, "| %s | %,d | %,d | %s | %s | %s | %s | %s | %,d | %,d |%n", name,
                    history.events(), document.graph().runs(),
                    measure(history, 1, () -> TextDocument.load("x", file).text()),
                    measure(history, 1, () -> TextDocument.load("x", cached).text()),
                    typed ? measure(history, 1, () -> type(history, false)) : "–",
                    typed ? measure(history, 1, () -> type(history, true)) : "–",
                    live ? live(history) : "–", file.length, cached.length);
        } catch (ProtocolException e) {
            throw new IOException(name + ": " + e.getMessage(), e);
        }
    }

    private String live(History history) throws ProtocolException {
        List<byte[]> messages = new ArrayList<>();
        TextDocument author = new TextDocument("author");
        for (TextRun event : Orders.events(history.runs())) {
            int before = author.graph().size();
            author.merge(List.of(event));
            messages.add(author.encodeFrom(before));
        }
        return measure(history, messages.size() / 1000.0, () -> {
            TextDocument reader = new TextDocument("reader");
            for (byte[] message : messages) {
                reader.merge(message);
            }
            return reader.text();
        });
    }

    private static String type(History history, boolean updates) {
        TextDocument document = new TextDocument("typist");
        int bytes = 0;
        for (TextRun run : history.runs()) {
            for (TextOperation operation : run.operations()) {
                int before = document.graph().size();
                switch (operation) {
                    case TextOperation.Insert insert -> document.insert(insert.position(), insert.text());
                    case TextOperation.Delete delete -> document.delete(delete.position(), delete.length());
                    case TextOperation.Mark mark -> throw new IllegalStateException("traces have no marks: " + mark);
                }
                if (updates) {
                    bytes += document.encodeFrom(before).length;
                }
            }
        }
        if (updates && bytes == 0) {
            throw new IllegalStateException("no updates");
        }
        return document.text();
    }

    /* Median and best, in milliseconds divided by so much. */
    private String measure(History history, double by, Work work) throws ProtocolException {
        double[] times = new double[rounds];
        for (int i = -rounds / 3; i < rounds; i++) {
            long start = System.nanoTime();
            String text = work.run();
            double time = (System.nanoTime() - start) / 1e6 / by;
            if (!history.end().equals(text)) {
                throw new IllegalStateException("ended in another text");
            }
            if (i >= 0) {
                times[i] = time;
            }
        }
        Arrays.sort(times);
        return String.format(Locale.ROOT, "%.2f / %.2f", times[rounds / 2], times[0]);
    }
}
