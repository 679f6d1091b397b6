package dev.thalweg.web.rig;

import dev.thalweg.web.dom.El;
import dev.thalweg.web.sheet.Action;
import dev.thalweg.web.sheet.Move;
import dev.thalweg.web.sheet.Row;
import java.util.ArrayList;
import java.util.List;

/** One row of one client. Its buttons stay the same elements while they only change, so that the focus stays too. */
final class RowView {
    /** Hears which button was pressed. */
    interface Presses {
        void pressed(String key, Action action);
    }

    private final El element;
    private final El value = El.of("span", "");
    private final El delta = El.of("span", "delta");
    private final El note = El.of("span", "row-note");
    private final El actions = El.of("span", "row-actions");
    private final List<El> buttons = new ArrayList<>();
    private final Presses presses;
    private String offered = "";
    private String last;

    RowView(Row row, Presses presses) {
        this.presses = presses;
        this.last = mark(row);
        element = El.of("li", "row", El.of("span", "row-name").text(row.key()),
                El.of("span", "row-value", value, delta), actions, note).attr("data-key", row.key());
        show(row);
    }

    El element() {
        return element;
    }

    void show(Row row) {
        element.attr("data-value", row.value()).attr("data-pending", row.pending() ? "true" : "false")
                .attr("class", switch (row.look()) {
                    case NUMBER -> "row";
                    case WORD -> "row words";
                    case STRUCK -> "row struck";
                    case GONE -> "row gone";
                });
        value.text(shown(row.value()));
        delta.text(row.delta());
        note.text(row.note()).attr("class", row.pending() ? "row-note pending-note" : "row-note");
        showMoves(row);
        if (!mark(row).equals(last)) {
            last = mark(row);
            element.replay("changed");
        }
    }

    private void showMoves(Row row) {
        StringBuilder hooks = new StringBuilder();
        row.moves().forEach(move -> hooks.append(move.action().hook()).append(' '));
        String wanted = hooks.toString();
        if (!wanted.equals(offered)) {
            boolean focused = actions.hasFocus();
            offered = wanted;
            buttons.clear();
            for (Move move : row.moves()) {
                buttons.add(El.button(move.label(), () -> presses.pressed(row.key(), move.action()))
                        .attr("data-action", move.action().hook()));
            }
            actions.only(buttons);
            if (focused && !buttons.isEmpty()) {
                buttons.get(0).focus();
            }
        }
        for (int i = 0; i < buttons.size(); i++) {
            Move move = row.moves().get(i);
            buttons.get(i).text(move.label()).attr("aria-label", move.spoken()).enabled(move.enabled());
        }
    }

    /* A number is set with a real minus sign. */
    private static String shown(String value) {
        boolean negative = value.length() > 1 && value.charAt(0) == '-' && value.charAt(1) <= '9';
        return negative ? "\u2212" + value.substring(1) : value;
    }

    private static String mark(Row row) {
        return row.value() + row.pending() + row.look().name();
    }
}
