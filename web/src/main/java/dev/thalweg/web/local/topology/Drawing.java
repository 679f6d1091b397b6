package dev.thalweg.web.local.topology;

import dev.thalweg.web.dom.El;
import dev.thalweg.web.local.topology.Recording.Flight;
import dev.thalweg.web.local.topology.Recording.Heard;
import java.util.ArrayList;
import java.util.List;

/** Nodes, links and the messages of a tick. Each node has a cell for each value: filled when it knows the latest. */
final class Drawing {
    private static final int WIDTH = 400;
    private static final int HEIGHT = 420;
    private static final int RADIUS_X = 158;
    private static final int RADIUS_Y = 172;
    private static final int BOX = 70;
    private static final int STRIP = 60;
    private static final int LABEL = 18;
    private static final int ROW = 10;
    /* Links of both directions beside each other. */
    private static final double ASIDE = 4.5;
    private static final double DOT = 3;

    private final El svg = El.svg("svg", "network").attr("role", "img").attr("viewBox", "0 0 " + WIDTH + " " + HEIGHT);

    El el() {
        return svg;
    }

    /** @param millis how long messages move, 0 for still arrows alone */
    void show(Recording recording, int tick, int millis) {
        List<El> parts = new ArrayList<>();
        links(recording, tick, parts);
        List<Flight> flights = recording.flights(tick);
        for (Flight flight : flights) {
            parts.add(arrow(recording, flight));
        }
        List<El> dots = new ArrayList<>();
        for (int i = 0; i < flights.size() && millis > 0; i++) {
            El dot = El.svg("rect", "dot").attr("x", number(-DOT)).attr("y", number(-DOT))
                    .attr("width", number(2 * DOT))
                    .attr("height", number(2 * DOT));
            dots.add(dot);
            parts.add(dot);
        }
        for (int node = 0; node < recording.nodes(); node++) {
            node(recording, tick, node, parts);
        }
        svg.only(parts).attr("aria-label", said(recording, tick));
        for (int i = 0; i < dots.size(); i++) {
            double[] way = way(recording, flights.get(i));
            dots.get(i).travel(way[0], way[1], way[2], way[3], millis);
        }
    }

    /** The middle of a node. */
    private static double[] place(Recording recording, int node) {
        int peers = recording.setting().peers();
        if (node == peers) {
            return new double[] {WIDTH / 2.0, HEIGHT / 2.0};
        }
        // Two stand beside each other, more begin at the top.
        double turn = peers == 2 ? Math.PI : -Math.PI / 2;
        double angle = turn + 2 * Math.PI * node / peers;
        return new double[] {WIDTH / 2.0 + RADIUS_X * Math.cos(angle), HEIGHT / 2.0 + RADIUS_Y * Math.sin(angle)};
    }

    /* From where to where a message moves, on the right hand of the straight line. */
    private static double[] way(Recording recording, Flight flight) {
        double[] from = place(recording, recording.node(flight.message().from()));
        double[] to = place(recording, recording.node(flight.message().to()));
        double x = to[0] - from[0];
        double y = to[1] - from[1];
        double length = Math.sqrt(x * x + y * y);
        double sideX = -y / length * ASIDE;
        double sideY = x / length * ASIDE;
        double startX = from[0] + sideX;
        double startY = from[1] + sideY;
        return new double[] {startX + x * flight.from(), startY + y * flight.from(), startX + x * flight.until(),
            startY + y * flight.until()};
    }

    private static El arrow(Recording recording, Flight flight) {
        double[] way = way(recording, flight);
        double x = way[2] - way[0];
        double y = way[3] - way[1];
        double length = Math.sqrt(x * x + y * y);
        double alongX = x / length;
        double alongY = y / length;
        double tipX = way[0] + x * 0.5 + alongX * 5;
        double tipY = way[1] + y * 0.5 + alongY * 5;
        double baseX = tipX - alongX * 10;
        double baseY = tipY - alongY * 10;
        return El.svg("path", "arrow").attr("d", "M" + number(tipX) + " " + number(tipY) + "L"
                + number(baseX - alongY * 3.5) + " " + number(baseY + alongX * 3.5) + "L" + number(baseX + alongY * 3.5)
                + " " + number(baseY - alongX * 3.5) + "Z");
    }

    private static void links(Recording recording, int tick, List<El> parts) {
        int peers = recording.setting().peers();
        for (int node = 0; node < peers; node++) {
            if (recording.shape().hasRelay()) {
                parts.add(link(recording, node, peers, recording.isCutOff(node, tick)));
            } else {
                for (int other = node + 1; other < peers; other++) {
                    parts.add(link(recording, node, other, false));
                }
            }
        }
    }

    private static El link(Recording recording, int node, int other, boolean cut) {
        double[] from = place(recording, node);
        double[] to = place(recording, other);
        return El.svg("path", cut ? "way cut" : "way").attr("d", "M" + number(from[0]) + " " + number(from[1]) + "L"
                + number(to[0]) + " " + number(to[1]));
    }

    private static void node(Recording recording, int tick, int node, List<El> parts) {
        double[] middle = place(recording, node);
        int peers = recording.setting().peers();
        int rows = recording.setting().namespaces().size();
        int height = LABEL + rows * ROW + 6;
        double left = middle[0] - BOX / 2.0;
        double top = middle[1] - height / 2.0;
        boolean cut = recording.isCutOff(node, tick);
        parts.add(El.svg("rect", cut ? "node cut" : "node").attr("x", number(left)).attr("y", number(top))
                .attr("width", BOX).attr("height", height));
        parts.add(El.svg("text", "").attr("x", number(left + 5)).attr("y", number(top + 13))
                .text(recording.name(node) + (cut ? " cut" : "")));
        double width = STRIP / (double) peers;
        for (int row = 0; row < rows; row++) {
            double y = top + LABEL + row * ROW;
            for (int author = 0; author < peers; author++) {
                cell(recording.heard(tick, node, author, row), left + 5 + author * width, y, width - 1.5, parts);
            }
        }
    }

    private static void cell(Heard heard, double x, double y, double width, List<El> parts) {
        switch (heard) {
            case NOT_ASKED -> {}
            case NOTHING -> parts.add(cell("cell", x, y, width, ROW - 2));
            case OLDER -> {
                parts.add(cell("cell", x, y, width, ROW - 2));
                parts.add(cell("cell known", x, y + ROW / 2.0 - 1, width, ROW / 2.0 - 1));
            }
            case LATEST -> parts.add(cell("cell known", x, y, width, ROW - 2));
            case ONLY_HERE -> parts.add(cell("cell only", x, y, width, ROW - 2));
        }
    }

    private static El cell(String css, double x, double y, double width, double height) {
        return El.svg("rect", css).attr("x", number(x)).attr("y", number(y)).attr("width", number(width))
                .attr("height", number(height));
    }

    /* A tenth of a unit is less than a pixel. */
    private static String number(double value) {
        int tenths = (int) Math.round(value * 10);
        int rest = Math.abs(tenths % 10);
        return (tenths < 0 ? "-" : "") + Math.abs(tenths) / 10 + (rest == 0 ? "" : "." + rest);
    }

    private static String said(Recording recording, int tick) {
        StringBuilder said = new StringBuilder("After tick " + tick + ". ");
        for (int node = 0; node < recording.nodes(); node++) {
            int latest = 0;
            int all = 0;
            for (int row = 0; row < recording.setting().namespaces().size(); row++) {
                for (int author = 0; author < recording.setting().peers(); author++) {
                    Heard heard = recording.heard(tick, node, author, row);
                    latest += heard == Heard.LATEST || heard == Heard.ONLY_HERE ? 1 : 0;
                    all += heard == Heard.NOT_ASKED ? 0 : 1;
                }
            }
            said.append(recording.name(node)).append(recording.isCutOff(node, tick) ? ", cut off," : "")
                    .append(" knows the latest of ").append(latest).append(" of ").append(all).append(" values. ");
        }
        return said.toString();
    }
}
