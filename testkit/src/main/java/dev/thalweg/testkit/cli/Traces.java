package dev.thalweg.testkit.cli;

import dev.thalweg.eventgraph.TextDocument;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.testkit.Rng;
import dev.thalweg.testkit.trace.History;
import dev.thalweg.testkit.trace.HistoryFiles;
import dev.thalweg.testkit.trace.HistoryGenerator;
import dev.thalweg.testkit.trace.Replay;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code ./dev trace}: replays histories of texts. */
final class Traces {
    /** Shorter ones are told of together. */
    private static final int WORTH_A_LINE = 5000;
    private static final int ROUNDS = 7;

    private final PrintStream out;
    private final boolean orders;
    private int histories;
    private int good;

    /** @param orders whether to play them in other orders as well */
    Traces(PrintStream out, boolean orders) {
        this.out = out;
        this.orders = orders;
    }

    void play(Path file) throws IOException {
        int before = histories;
        int goodBefore = good;
        HistoryFiles.read(file, this::play);
        if (histories - before > 1) {
            out.println(file + ": " + (good - goodBefore) + " of " + (histories - before) + " end as they must");
        }
    }

    private void play(String name, History history) throws IOException {
        histories++;
        String failure;
        try {
            failure = Replay.whole(history);
            if (failure == null && (orders || history.events() < WORTH_A_LINE)) {
                failure = Replay.inOtherOrders(history, new Rng(histories));
                failure = failure == null ? Replay.live(history) : failure;
            }
        } catch (IllegalArgumentException e) {
            failure = e.getMessage();
        }
        if (failure == null) {
            good++;
            if (history.events() >= WORTH_A_LINE) {
                out.println(name + ": " + figures(history));
            }
        } else {
            out.println(name + ": " + failure);
        }
    }

    private static String figures(History history) throws IOException {
        byte[] file = Replay.play(history).encode(false);
        byte[] cached = Replay.play(history).encode(true);
        double cold = Double.MAX_VALUE;
        double load = Double.MAX_VALUE;
        @Nullable
        TextDocument document = null;
        for (int i = 0; i < ROUNDS; i++) {
            long start = System.nanoTime();
            document = load(file);
            long middle = System.nanoTime();
            load(cached);
            cold = Math.min(cold, (middle - start) / 1e6);
            load = Math.min(load, (System.nanoTime() - middle) / 1e6);
        }
        long with = used();
        int runs = document == null ? 0 : document.graph().runs();
        document = null;
        long without = used();
        return String.format(Locale.ROOT, "%,d events in %,d runs, merged in %.1f ms, loaded with its text in %.1f ms, "
                + "%,d kB in memory, file of %,d bytes, %,d with the text", history.events(), runs, cold, load,
                Math.max(0, with - without) / 1024, file.length, cached.length);
    }

    private static TextDocument load(byte[] bytes) throws IOException {
        try {
            return TextDocument.load("reader", bytes);
        } catch (ProtocolException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** Says how they fared. @return whether all ended as they must */
    boolean conclude() {
        out.println(good + " of " + histories + " histories end as they must");
        return good == histories;
    }

    /** Writes made-up histories, one on each line. */
    static void make(PrintStream out, int count, int seed) {
        for (int i = 0; i < count; i++) {
            out.println(HistoryGenerator.generate(seed + i).toJson());
        }
    }
}
