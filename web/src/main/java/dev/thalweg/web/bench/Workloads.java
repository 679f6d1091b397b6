package dev.thalweg.web.bench;

import dev.thalweg.testkit.workload.Workload;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSExport;

/** The workloads of {@code ./dev bench structures}, for whoever has a clock. */
public final class Workloads {
    private static Workload.@Nullable Round round;

    private Workloads() {}

    /** Nothing happens until a round is prepared. */
    public static void main(String[] arguments) {}

    /** Makes a round of a workload. @param name as the peer names it */
    @JSExport
    public static void prepare(String name, int operations) {
        round = Workload.of(name).prepare(operations);
    }

    /** Plays it. This is what is measured. */
    @JSExport
    public static void play() {
        prepared().play();
    }

    /** What it came to. */
    @JSExport
    public static String end() {
        return prepared().end();
    }

    private static Workload.Round prepared() {
        Workload.Round prepared = round;
        if (prepared == null) {
            throw new IllegalStateException("no round is prepared");
        }
        return prepared;
    }
}
