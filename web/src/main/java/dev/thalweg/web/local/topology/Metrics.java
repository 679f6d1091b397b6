package dev.thalweg.web.local.topology;

import dev.thalweg.topology.TickMetrics;
import dev.thalweg.web.dom.El;
import java.util.ArrayList;
import java.util.List;

/** The numbers of a simulation beside its drawing. */
final class Metrics {
    private static final int BAR = 100;

    private final El numbers = El.of("dl", "numbers");
    private final El loads = El.of("tbody", "");
    private final El panel;

    Metrics() {
        El head = El.of("thead", "",
                El.of("tr", "", column("node"), column("sent and heard, so far").attr("colspan", 2)));
        panel = El.of("div", "metrics", numbers,
                El.of("table", "loads", El.of("caption", "").text("Load"), head, loads));
    }

    El el() {
        return panel;
    }

    private static El column(String name) {
        return El.of("th", "").attr("scope", "col").text(name);
    }

    void show(Recording recording, int tick) {
        TickMetrics now = recording.metrics(tick);
        int alike = recording.result().convergenceTick();
        List<El> parts = new ArrayList<>();
        parts.add(number("messages in this tick", "" + now.messages()));
        parts.add(number("messages so far", recording.sentUntil(tick) + " of " + recording.result().totalMessages()));
        parts.add(number("entries they carried", "" + recording.carriedUntil(tick)));
        parts.add(number("pairs that differ", "" + now.inconsistentPairs()));
        parts.add(number("entries held by all", "" + now.entries()));
        parts.add(number("all alike", alike < 0 ? "never" : "from tick " + alike));
        numbers.only(parts);
        int[] load = recording.loads(tick);
        int most = 1;
        for (int each : load) {
            most = Math.max(most, each);
        }
        List<El> rows = new ArrayList<>();
        for (int node = 0; node < load.length; node++) {
            El bar = El.svg("svg", "load").attr("aria-hidden", "true").attr("viewBox", "0 0 " + BAR + " 10")
                    .attr("preserveAspectRatio", "none");
            bar.add(El.svg("rect", "").attr("x", 0).attr("y", 0).attr("height", 10).attr("width",
                    BAR * load[node] / most));
            rows.add(El.of("tr", "", El.of("th", "").attr("scope", "row").text(recording.name(node)),
                    El.of("td", "").text("" + load[node]), El.of("td", "", bar)).attr("data-load", load[node]));
        }
        loads.only(rows);
    }

    private static El number(String name, String value) {
        return El.of("div", "", El.of("dt", "").text(name), El.of("dd", "").text(value));
    }
}
