package dev.thalweg.web.rig;

import dev.thalweg.web.dom.El;
import dev.thalweg.web.sheet.Board;
import dev.thalweg.web.sheet.Row;
import java.util.ArrayList;
import java.util.List;

/** The race button, and beside it, on a narrow screen, what the clients show: both stay in view while one scrolls. */
final class StripView {
    private final Rig rig;
    private final El values = El.of("div", "strip-values").attr("aria-hidden", "true");
    private final El race;
    private final El element;
    private String shown = "";

    StripView(Rig rig) {
        this.rig = rig;
        race = El.button("", rig::race).attr("data-control", "race").attr("class", "race");
        element = El.of("div", "strip", values, race);
    }

    El element() {
        return element;
    }

    void show() {
        race.text(rig.sheet().raceLabel()).enabled(rig.canRace());
        StringBuilder mark = new StringBuilder();
        List<El> parts = new ArrayList<>();
        for (Replica replica : rig.replicas()) {
            parts.add(El.of("b", "").text(replica.name()));
            El line = El.of("span", "");
            Board<?> board = replica.board(rig.sheet());
            List<Row> rows = board == null ? List.of() : board.rows();
            for (int i = 0; i < rows.size(); i++) {
                Row row = rows.get(i);
                line.add(El.of("span", row.pending() ? "draft" : "").text((i == 0 ? "" : " · ") + row.value()));
                mark.append(row.value()).append(row.pending()).append(' ');
            }
            parts.add(line);
        }
        if (!mark.toString().equals(shown)) {
            shown = mark.toString();
            values.only(parts);
        }
    }
}
