package dev.thalweg.testkit.trace;

import dev.thalweg.eventgraph.TextRun;
import java.util.List;

/**
 * Everything that was ever done to a text.
 *
 * @param runs causes before effects
 * @param end  the text that must come of it
 */
public record History(List<TextRun> runs, String end) {
    public History {
        runs = List.copyOf(runs);
    }

    /** How many events it has. */
    public int events() {
        int events = 0;
        for (TextRun run : runs) {
            events += run.length();
        }
        return events;
    }
}
