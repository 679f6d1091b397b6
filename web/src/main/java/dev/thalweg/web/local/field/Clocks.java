package dev.thalweg.web.local.field;

import dev.thalweg.ephemeral.EphemeralEntry;
import dev.thalweg.ephemeral.EphemeralState;
import dev.thalweg.web.dom.El;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a participant's store holds: entries with their clocks and ages, and leave marks. */
final class Clocks {
    private final El body = El.of("tbody", "");
    private final El marks = El.of("p", "note");
    private final El el;
    private final Map<String, Line> lines = new HashMap<>();

    private record Line(El row, El namespace, El who, El clock, El age, El state) {}

    Clocks() {
        El head = El.of("tr", "");
        for (String each : List.of("namespace", "key", "clock", "age", "state")) {
            head.add(El.of("th", "").attr("scope", "col").text(each));
        }
        el = El.of("div", "clocks", El.of("div", "frame", El.of("table", "", El.of("thead", "", head), body))
                .attr("tabindex", "0").attr("role", "group").attr("aria-label", "What is held, with its clocks"),
                marks);
    }

    El el() {
        return el;
    }

    /** @param now the time, as the store's entries have it */
    void show(Mate mate, double now) {
        EphemeralState state = mate.store().state();
        Set<String> gone = new HashSet<>(lines.keySet());
        state.entries().forEach((namespace, entries) -> entries.forEach((key, entry) -> {
            String at = namespace + "/" + key;
            gone.remove(at);
            show(lines.computeIfAbsent(at, missing -> add(at)), namespace, mate.nameOf(key), entry, now,
                    state.left().getOrDefault(entry.peer(), -1));
        }));
        for (String key : gone) {
            Line line = lines.remove(key);
            if (line != null) {
                line.row().remove();
            }
        }
        StringBuilder said = new StringBuilder(state.left().isEmpty() ? "No leave marks." : "Leave marks: ");
        state.left().forEach((peer, clock) -> said.append(said.charAt(said.length() - 1) == ' ' ? "" : ", ")
                .append(mate.nameOf(peer)).append(" ≤ ").append(clock));
        marks.text(said.toString()).attr("data-marks", state.left().size());
    }

    private Line add(String at) {
        Line line = new Line(El.of("tr", "").attr("data-entry", at), El.of("td", ""), El.of("td", ""),
                El.of("td", "number"),
                El.of("td", "number"), El.of("td", ""));
        line.row().add(line.namespace(), line.who(), line.clock(), line.age(), line.state());
        body.add(line.row());
        return line;
    }

    private static void show(Line line, String namespace, String who, EphemeralEntry entry, double now, int mark) {
        boolean left = entry.clock() <= mark;
        line.namespace().text(namespace);
        line.who().text(who);
        line.clock().text(Integer.toString(entry.clock()));
        line.age().text(tenths(now - entry.timestamp()));
        line.state().text(left ? "left" : "seen");
        line.row().attr("data-state", left ? "left" : "seen").attr("data-clock", entry.clock());
    }

    /** Milliseconds as seconds with a digit behind the point. */
    private static String tenths(double millis) {
        int tenths = (int) Math.max(0, millis / 100);
        return tenths / 10 + "." + tenths % 10 + " s";
    }
}
