package dev.thalweg.web.local.field;

import dev.thalweg.web.dom.El;
import dev.thalweg.web.platform.BrowserTimers;
import java.util.List;

/** What a reader can do to a boat of the page and to its line. */
final class BoatCard {
    private static final List<Line.Delay> DELAYS = List.of(Line.Delay.NONE, Line.Delay.SLOW, Line.Delay.HELD);
    private static final String[] DELAY_NAMES = {"at once", "after 1.5 s", "when I say so"};

    private final Water water;
    private final int index;
    private final El el;
    private final El leave;
    private final El newest;
    private final El all;
    private final El note = El.of("p", "note");

    BoatCard(Water water, int index, BrowserTimers timers) {
        this.water = water;
        this.index = index;
        Mate boat = water.boat(index);
        Line line = water.line(index);
        leave = El.button("Leave", this::leave).attr("data-control", "leave");
        El cut = El.of("input", "").attr("type", "checkbox").attr("data-control", "cut");
        cut.on("change", () -> water.cut(index, cut.checked(), timers.now()));
        El twice = El.of("input", "").attr("type", "checkbox").attr("data-control", "twice");
        twice.on("change", () -> line.twice(twice.checked()));
        El delay = El.of("select", "").attr("data-control", "delay");
        for (int i = 0; i < DELAY_NAMES.length; i++) {
            delay.add(El.of("option", "").attr("value", i).text(DELAY_NAMES[i]));
        }
        delay.on("change", () -> line.delay(DELAYS.get(Integer.parseInt(delay.value()))));
        newest = El.button("Deliver the newest", () -> {
            water.land(index, line.newest());
            show();
        }).attr("data-control", "newest");
        all = El.button("Deliver all", () -> {
            water.land(index, line.all());
            show();
        }).attr("data-control", "all");
        el = El.of("fieldset", "boat-card", El.of("legend", "").text(boat.name() + " and its line"), leave,
                El.of("label", "", cut, El.of("span", "").text("cut")),
                El.of("label", "", twice, El.of("span", "").text("each message twice")),
                El.of("label", "", El.of("span", "").text("messages arrive "), delay), newest, all, note)
                .attr("data-mate", index);
    }

    El el() {
        return el;
    }

    private void leave() {
        Mate boat = water.boat(index);
        if (boat.isAfloat()) {
            boat.leave();
        } else {
            boat.join();
        }
        show();
    }

    void show() {
        Mate boat = water.boat(index);
        Line line = water.line(index);
        leave.text(boat.isAfloat() ? "Leave" : "Come back");
        newest.enabled(line.toTab() > 0);
        all.enabled(line.toTab() > 0);
        el.attr("data-afloat", boat.isAfloat() ? "true" : "false").attr("data-held", line.toTab())
                .attr("data-newest", line.endsInMark() ? "mark" : "position");
        note.text(line.toTab() + " on the way here" + (line.endsInMark() ? ", the last a leave mark, " : ", ")
                + line.lost() + " lost");
    }
}
