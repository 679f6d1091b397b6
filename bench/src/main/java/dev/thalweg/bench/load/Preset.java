package dev.thalweg.bench.load;

import java.util.List;

/**
 * A load.
 *
 * @param name      on the command line
 * @param documents documents at a time
 * @param writers   clients of each document that send operations and hear them
 * @param readers   clients of each document that only hear them
 * @param pace      of each writer
 * @param payload   characters of the value that an operation sets
 */
record Preset(String name, int documents, int writers, int readers, Pace pace, int payload) {
    /** All of them, in the order in which they are run. The first two are the ones that targets are set for. */
    static final List<Preset> ALL = List.of(
            new Preset("8w8", 1, 8, 0, new Pace.Window(8), 100),
            new Preset("8x50", 1, 8, 0, new Pace.Rate(50), 100),
            new Preset("1w1", 1, 1, 0, new Pace.Window(1), 100),
            new Preset("1w64", 1, 1, 0, new Pace.Window(64), 100),
            new Preset("32w4", 1, 32, 0, new Pace.Window(4), 100),
            new Preset("16docs", 16, 1, 0, new Pace.Window(8), 100),
            new Preset("fanout", 1, 1, 50, new Pace.Window(8), 100),
            new Preset("10kB", 1, 1, 0, new Pace.Window(16), 10_000));

    /** The preset of a name; an unknown one is an {@link IllegalArgumentException}. */
    static Preset named(String name) {
        for (Preset preset : ALL) {
            if (preset.name.equals(name)) {
                return preset;
            }
        }
        throw new IllegalArgumentException("no preset " + name + "; there are "
                + String.join(", ", ALL.stream().map(Preset::name).toList()));
    }

    /** In words. */
    String words() {
        StringBuilder words = new StringBuilder();
        if (documents > 1) {
            words.append(documents).append(" documents × ");
        }
        words.append(writers).append(writers == 1 ? " writer, " : " writers, ").append(pace.words());
        if (readers > 0) {
            words.append(", ").append(readers).append(" readers");
        }
        return words.append(", ").append(payload).append("-byte values").toString();
    }

    /** How often each operation is delivered. */
    int audience() {
        return writers + readers;
    }
}
