package dev.thalweg.web.lattices;

import dev.thalweg.crdt.Lattice;
import dev.thalweg.web.dom.El;
import java.util.ArrayList;
import java.util.List;

/** The states that were reached, the least at the bottom, with lines up to what is directly above and the replicas on them. */
final class Drawing {
    private static final int WIDTH = 600;
    private static final int STEP = 62;
    private static final int BOX_HEIGHT = 26;
    private static final int MARGIN = 34;
    private static final double LETTER = 7.2;
    private static final int PADDING = 18;

    private final El svg = El.svg("svg", "hasse").attr("role", "img").attr("aria-label", "The states reached.");

    El el() {
        return svg;
    }

    <S extends Lattice<S>> void show(World<S> world) {
        Hasse<S> reached = world.reached();
        int[] ranks = reached.ranks();
        int highest = 0;
        for (int rank : ranks) {
            highest = Math.max(highest, rank);
        }
        int height = highest * STEP + 2 * MARGIN;
        svg.attr("viewBox", "0 0 " + WIDTH + " " + height);
        List<El> parts = new ArrayList<>();
        int[] x = across(ranks, highest);
        StringBuilder said = new StringBuilder("States reached, from the least up. ");
        for (int i = 0; i < ranks.length; i++) {
            for (int above = 0; above < ranks.length; above++) {
                if (reached.isDirectlyBelow(i, above)) {
                    parts.add(El.svg("path", "edge").attr("d", "M" + x[i] + " " + y(ranks[i], height) + "L" + x[above]
                            + " " + y(ranks[above], height)));
                }
            }
        }
        for (int rank = 0; rank <= highest; rank++) {
            for (int i = 0; i < ranks.length; i++) {
                if (ranks[i] == rank) {
                    box(world, i, x[i], y(rank, height), parts);
                    say(world, i, said);
                }
            }
        }
        svg.only(parts).attr("aria-label", said.toString());
    }

    private static int y(int rank, int height) {
        int up = rank * STEP;
        return height - MARGIN - up;
    }

    /* Those of one rank side by side, in the order in which they were reached. */
    private static int[] across(int[] ranks, int highest) {
        int[] x = new int[ranks.length];
        for (int rank = 0; rank <= highest; rank++) {
            int count = 0;
            for (int each : ranks) {
                count += each == rank ? 1 : 0;
            }
            int place = 0;
            for (int i = 0; i < ranks.length; i++) {
                if (ranks[i] == rank) {
                    x[i] = WIDTH * (2 * place + 1) / (2 * count);
                    place++;
                }
            }
        }
        return x;
    }

    private static <S extends Lattice<S>> void box(World<S> world, int index, int x, int y, List<El> parts) {
        S state = world.reached().state(index);
        String text = world.kind().say().apply(state);
        String held = holders(world, state);
        int width = (int) (text.length() * LETTER) + PADDING;
        int half = width / 2;
        int left = x - half;
        int top = y - BOX_HEIGHT / 2;
        parts.add(El.svg("rect", held.isEmpty() ? "state" : "state held").attr("x", left).attr("y", top)
                .attr("width", width).attr("height", BOX_HEIGHT));
        parts.add(El.svg("text", "").attr("x", x).attr("y", y + 4).text(text));
        if (!held.isEmpty()) {
            parts.add(El.svg("text", "holders").attr("x", x).attr("y", top - 5).text(held));
        }
    }

    private static <S extends Lattice<S>> void say(World<S> world, int index, StringBuilder said) {
        Hasse<S> reached = world.reached();
        said.append(reached.number(index)).append(": ").append(world.kind().say().apply(reached.state(index)));
        String above = "";
        for (int i = 0; i < reached.size(); i++) {
            if (reached.isDirectlyBelow(i, index)) {
                above += (above.isEmpty() ? ", directly above " : " and ") + reached.number(i);
            }
        }
        said.append(above);
        String held = holders(world, reached.state(index));
        said.append(held.isEmpty() ? ". " : ", here is " + held + ". ");
    }

    /** The replicas that are in a state. */
    private static <S extends Lattice<S>> String holders(World<S> world, S state) {
        String names = "";
        for (int i = 0; i < World.REPLICAS; i++) {
            if (world.state(i).equals(state)) {
                names += (names.isEmpty() ? "" : " ") + World.name(i);
            }
        }
        return names;
    }
}
