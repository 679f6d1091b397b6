package dev.thalweg.web.local.topology;

import dev.thalweg.topology.SimulationSetting;
import dev.thalweg.web.dom.El;
import java.util.List;

/** What the reader can choose about a simulation. */
final class Controls {
    private static final int FEWEST = 3;
    private static final int MOST = 12;
    private static final int MAX_SEED = 1_000_000;

    private final El nodes = choice("peers", "5", "3", "4", "5", "6", "8", "10", "12");
    private final El seed = El.of("input", "").attr("type", "number").attr("data-control", "seed").attr("min", 0)
            .attr("max", MAX_SEED).value("42");
    private final El ticks = choice("ticks", "50", "40", "50", "60", "80", "100");
    private final El ping = choice("ping", "30", "0", "30", "100", "200");
    private final El interval = choice("interval", "1", "1", "2", "3");
    private final El values = choice("values", "2", "1", "2");
    private final El fieldset;

    /** @param changed what to do when something was chosen */
    Controls(Runnable changed) {
        for (El each : List.of(nodes, seed, ticks, ping, interval, values)) {
            each.on("change", changed);
        }
        fieldset = El.of("fieldset", "scenario", El.of("legend", "").text("Simulation"), label("peers", nodes),
                label("seed", seed), label("ticks of 16 ms", ticks), label("ms there and back", ping),
                label("ticks between writes", interval), label("values each", values));
    }

    El el() {
        return fieldset;
    }

    private static El choice(String control, String chosen, String... values) {
        El select = El.of("select", "").attr("data-control", control);
        for (String value : values) {
            select.add(El.of("option", "").attr("value", value).text(value));
        }
        return select.value(chosen);
    }

    private static El label(String text, El control) {
        return El.of("label", "", control, El.of("span", "").text(text));
    }

    /** What was chosen. */
    SimulationSetting setting() {
        int peers = Math.min(MOST, Math.max(FEWEST, Integer.parseInt(nodes.value())));
        String[] namespaces = values.value().equals("1") ? new String[] {"pos"} : new String[] {"pos", "hp"};
        return SimulationSetting.alike(peers, Integer.parseInt(ping.value()), Integer.parseInt(ticks.value()),
                Integer.parseInt(interval.value()), namespaces);
    }

    /** What was chosen, 1 when it is no number. */
    int seed() {
        int chosen = seed(seed.value());
        seed.value("" + chosen);
        return chosen;
    }

    /** Reads a seed: a number from 0 to {@value #MAX_SEED}, else 1. */
    static int seed(String text) {
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || number > MAX_SEED) {
                return 1;
            }
            number = 10 * number + digit;
        }
        return text.isEmpty() || number > MAX_SEED ? 1 : number;
    }
}
