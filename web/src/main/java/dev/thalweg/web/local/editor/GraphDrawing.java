package dev.thalweg.web.local.editor;

import dev.thalweg.web.dom.El;
import java.util.ArrayList;
import java.util.List;

/** Draws the latest part of a copy's event graph: a lane for each agent, from left to right as the events came here. */
final class GraphDrawing {
    private static final int MOST = 14;
    private static final int MOST_EVENTS = 2_000;
    private static final int WIDTH = 560;
    private static final int NAME = 58;
    private static final int LANE = 30;
    private static final int TOP = 20;
    /* Of a slot, what a strand takes; the rest is for the lines between. */
    private static final double PART = 0.62;

    private final El svg = El.svg("svg", "graph").attr("role", "img").attr("aria-label", "The latest events.");

    El el() {
        return svg;
    }

    void show(Copy copy) {
        Strands latest = Strands.of(copy.document().graph(), MOST, MOST_EVENTS);
        List<Strands.Strand> strands = latest.strands();
        int lanes = Math.max(1, latest.agents().size());
        int height = TOP + lanes * LANE - 8;
        svg.attr("viewBox", "0 0 " + WIDTH + " " + height);
        List<El> links = new ArrayList<>();
        List<El> parts = new ArrayList<>();
        StringBuilder said = new StringBuilder("The latest events. ");
        double slot = Math.min(90.0, (WIDTH - NAME) / (double) Math.max(1, strands.size()));
        for (int i = 0; i < latest.agents().size(); i++) {
            String agent = latest.agents().get(i);
            parts.add(El.svg("text", "lane").attr("x", 0).attr("y", y(i) + 4)
                    .text(agent.substring(0, Math.min(agent.length(), 6))));
        }
        for (int i = 0; i < strands.size(); i++) {
            Strands.Strand strand = strands.get(i);
            int lane = lane(latest, strand.agent());
            int count = strand.end() - strand.from();
            int own = strand.agent().equals(copy.agent()) ? copy.shared() : Integer.MAX_VALUE;
            int shared = Math.max(0, Math.min(count, own - strand.sequence()));
            boolean onlyHere = shared < count;
            for (int parent : strand.parents()) {
                link(latest, parent, x(i, slot, 0), y(lane), slot, links);
            }
            double middle = x(i, slot, PART * shared / count);
            String css = "strand side-" + Person.side(strand.agent());
            if (shared > 0) {
                parts.add(line(css, x(i, slot, 0), middle, y(lane)));
            }
            if (onlyHere) {
                parts.add(line(css + " only-here", middle, x(i, slot, PART), y(lane)));
            }
            parts.add(El.svg("text", onlyHere ? "count only-here" : "count").attr("x", Double.toString(x(i, slot, 0)))
                    .attr("y", y(lane) - 6).text(Integer.toString(count)));
            say(copy, strand, count, onlyHere, said);
        }
        List<El> all = new ArrayList<>(links);
        all.addAll(parts);
        svg.only(all).attr("aria-label", said.toString());
    }

    private static El line(String css, double from, double to, int y) {
        return El.svg("path", css).attr("d", "M" + from + " " + y + "H" + to);
    }

    private static void say(Copy copy, Strands.Strand strand, int count, boolean onlyHere, StringBuilder said) {
        said.append(count).append(" of ").append(strand.agent());
        String after = " after ";
        for (int parent : strand.parents()) {
            said.append(after).append(copy.document().graph().id(parent).agent());
            after = " and ";
        }
        said.append(onlyHere ? ", some only here. " : ". ");
    }

    private static int lane(Strands latest, String agent) {
        for (int i = 0; i < latest.agents().size(); i++) {
            if (latest.agents().get(i).equals(agent)) {
                return i;
            }
        }
        return 0;
    }

    private static int y(int lane) {
        int down = lane * LANE;
        return TOP + down;
    }

    /* Of a strand, the place at a fraction of its slot; whole tenths are enough. */
    private static double x(int index, double slot, double fraction) {
        double tenths = (index + fraction) * slot * 10;
        return NAME + Math.round(tenths) / 10.0;
    }

    /* From an event to what was made after it; from the left edge when the event is not drawn. */
    private static void link(Strands latest, int parent, double toX, int toY, double slot, List<El> links) {
        int index = latest.of(parent);
        double fromX = NAME - 6.0;
        int fromY = toY;
        if (index >= 0) {
            Strands.Strand strand = latest.strands().get(index);
            double part = (parent + 1 - strand.from()) / (double) (strand.end() - strand.from());
            fromX = x(index, slot, part * PART);
            fromY = y(lane(latest, strand.agent()));
        }
        links.add(El.svg("path", "link").attr("d", "M" + fromX + " " + fromY + "L" + toX + " " + toY));
    }
}
