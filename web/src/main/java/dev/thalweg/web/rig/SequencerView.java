package dev.thalweg.web.rig;

import dev.thalweg.web.dom.El;
import java.util.ArrayList;
import java.util.List;

/** The sequencer: the number that counts, how fast, and the last operations, newest first. */
final class SequencerView {
    private final Rig rig;
    private final El element;
    private final El station;
    private final El number = El.of("span", "");
    private final El rate = El.of("span", "note");
    private final El where = El.of("p", "note");
    private final El list = El.of("ol", "");
    private final El empty = El.of("p", "note log-empty").text("No operation seen yet.");
    private int shown = -1;
    private final List<El> lines = new ArrayList<>();
    private List<LogEntry> listed = List.of();

    SequencerView(Rig rig) {
        this.rig = rig;
        number.attr("class", "sn-number");
        El count = El.of("p", "sn", El.of("small", "").text("SN "), number);
        station = El.of("div", "station", El.of("h3", "").text("Sequencer"),
                El.of("div", "station-line", count, rate), where);
        El log = El.of("div", "log", list, empty).attr("role", "log").attr("aria-live", "polite")
                .attr("aria-label", "Sequenced operations, newest first");
        element = El.of("section", "sequencer", station, log).attr("aria-label", "Sequencer");
    }

    El element() {
        return element;
    }

    /** Where operations go in and come out. */
    El station() {
        return station;
    }

    /** Puts the focus on a line, or on the newest when it has left the log. */
    void focus(LogEntry entry) {
        El line = lines.isEmpty() ? null : lines.get(0);
        for (int i = 0; i < lines.size(); i++) {
            if (listed.get(i).id() == entry.id()) {
                line = lines.get(i);
            }
        }
        if (line != null) {
            line.focus();
        }
    }

    void show() {
        number.text(Integer.toString(rig.log().latest()));
        rate.text(rate(rig.log().rate(rig.now())));
        Venue venue = rig.venue();
        where.text(venue == null ? "looking for a server" : venue.note());
        List<LogEntry> entries = rig.log().entries();
        if (rig.log().revision() != shown) {
            shown = rig.log().revision();
            relistKeepingFocus(entries);
        }
        LogEntry inspected = rig.inspected();
        for (int i = 0; i < lines.size(); i++) {
            boolean open = inspected != null && inspected.id() == entries.get(i).id();
            lines.get(i).attr("aria-pressed", open ? "true" : "false");
        }
    }

    /* New lines are new elements: the focus goes on with its line, or with the last one when its line has left. */
    private void relistKeepingFocus(List<LogEntry> entries) {
        LogEntry focused = null;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).hasFocus()) {
                focused = listed.get(i);
            }
        }
        relist(entries);
        listed = entries;
        for (int i = 0; focused != null && i < lines.size(); i++) {
            if (entries.get(i).id() == focused.id() || i == lines.size() - 1) {
                lines.get(i).focus();
                focused = null;
            }
        }
    }

    private void relist(List<LogEntry> entries) {
        lines.clear();
        List<El> items = new ArrayList<>();
        for (LogEntry entry : entries) {
            El line = El.button(entry.text(), () -> rig.inspect(isOpen(entry) ? null : entry))
                    .attr("title", entry.text()).attr("class", switch (entry.kind()) {
                        case OPERATION -> "log-line";
                        case SYSTEM -> "log-line system";
                        case ASIDE -> "log-line aside";
                    });
            lines.add(line);
            items.add(El.of("li", "", line));
        }
        list.only(items);
        empty.flag("hidden", !entries.isEmpty());
    }

    private boolean isOpen(LogEntry entry) {
        LogEntry inspected = rig.inspected();
        return inspected != null && inspected.id() == entry.id();
    }

    private static String rate(double perSecond) {
        int tenths = (int) (perSecond * 10 + 0.5);
        return tenths / 10 + "." + tenths % 10 + " op/s";
    }
}
