package dev.thalweg.web.local.field;

import dev.thalweg.web.dom.El;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The water as one participant sees it: boats with their names, and where they came from. */
final class Chart {
    static final int WIDTH = 100;
    static final int HEIGHT = 60;
    private static final int SCALE = 8;
    private static final int TRAIL = 28;
    private static final int REST = 8;

    private final El boats = El.svg("g", "");
    private final El svg = El.svg("svg", "chart").attr("viewBox", "0 0 " + WIDTH * SCALE + " " + HEIGHT * SCALE)
            .attr("role", "img").attr("aria-label", "The water.");
    private final Map<String, Shown> shown = new HashMap<>();

    private static final class Shown {
        final El group = El.svg("g", "boat");
        final El trail = El.svg("polyline", "trail");
        final El at = El.svg("g", "").add(El.svg("path", "hull").attr("d", "M15 0L5 6H-11L-8 0L-11 -6H5Z"));
        final El name = El.svg("text", "");
        final List<int[]> points = new ArrayList<>();
        int still;
    }

    Chart() {
        for (int depth = 0; depth < 5; depth++) {
            svg.add(El.svg("path", "depth").attr("d", contour(depth)));
        }
        svg.add(boats);
    }

    /* A shoal in the middle of the field, drawn as its depth lines. */
    private static String contour(int depth) {
        StringBuilder path = new StringBuilder();
        for (int step = 0; step <= 72; step++) {
            double angle = Math.PI * step / 36;
            double out = 60 + 62 * depth;
            double wave = out * (1 + 0.16 * Math.sin(3 * angle + 0.5 * depth) + 0.07 * Math.cos(5 * angle + depth));
            int x = (int) Math.rint(WIDTH * SCALE * 0.52 + 1.35 * wave * Math.cos(angle));
            int y = (int) Math.rint(HEIGHT * SCALE * 0.5 + 0.72 * wave * Math.sin(angle));
            path.append(step == 0 ? "M" : "L").append(x).append(' ').append(y);
        }
        return path.append('Z').toString();
    }

    El el() {
        return svg;
    }

    /** Forgets the trails: somebody else's eyes. */
    void clear() {
        shown.values().forEach(each -> each.group.remove());
        shown.clear();
    }

    /** @param own the peer whose boat is the reader's @param alone whether nobody else can see that one */
    void show(List<Mate.Boat> seen, String own, boolean alone) {
        StringBuilder said = new StringBuilder("Boats: ");
        List<String> gone = new ArrayList<>(shown.keySet());
        for (Mate.Boat boat : seen) {
            gone.removeIf(peer -> peer.equals(boat.peer()));
            Shown drawn = shown.get(boat.peer());
            if (drawn == null) {
                drawn = add(boat.peer());
            }
            boolean mine = boat.peer().equals(own);
            draw(drawn, boat, mine ? alone ? "boat own alone" : "boat own" : "boat");
            said.append(boat.name()).append(mine ? " (yours) at " : " at ").append((int) boat.x()).append(", ")
                    .append((int) boat.y()).append(". ");
        }
        for (String peer : gone) {
            Shown drawn = shown.remove(peer);
            if (drawn != null) {
                drawn.group.remove();
            }
        }
        svg.attr("aria-label", said.toString());
    }

    private Shown add(String peer) {
        Shown made = new Shown();
        made.group.attr("data-boat", peer).add(made.trail, made.at, made.name);
        boats.add(made.group);
        shown.put(peer, made);
        return made;
    }

    private static void draw(Shown drawn, Mate.Boat boat, String css) {
        int x = (int) Math.rint(boat.x() * SCALE);
        int y = (int) Math.rint(boat.y() * SCALE);
        List<int[]> points = drawn.points;
        int[] last = points.isEmpty() ? new int[] {-1, -1} : points.get(points.size() - 1);
        if (last[0] != x || last[1] != y) {
            points.add(new int[] {x, y});
            drawn.still = 0;
        } else if (++drawn.still > REST && points.size() > 1) {
            // At rest, the trail runs out.
            points.remove(0);
        }
        while (points.size() > TRAIL) {
            points.remove(0);
        }
        StringBuilder line = new StringBuilder();
        for (int[] point : points) {
            line.append(point[0]).append(',').append(point[1]).append(' ');
        }
        drawn.trail.attr("points", line.toString());
        drawn.at.attr("transform", "translate(" + x + " " + y + ") rotate(" + (int) boat.heading() + ")");
        boolean right = boat.x() < WIDTH * 0.8;
        int beside = right ? x + 26 : x - 26;
        drawn.name.attr("x", beside).attr("y", y - 10).attr("text-anchor", right ? "start" : "end")
                .text(boat.name());
        drawn.group.attr("class", css).attr("data-x", Integer.toString((int) boat.x())).attr("data-y",
                Integer.toString((int) boat.y())).attr("data-name", boat.name());
    }
}
