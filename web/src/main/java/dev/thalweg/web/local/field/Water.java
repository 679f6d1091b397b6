package dev.thalweg.web.local.field;

import dev.thalweg.ephemeral.EphemeralState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The tab's own participant and the boats of the page, each with a line to the tab and no other. Has no clock: whoever ticks
 * says when, in milliseconds.
 */
final class Water {
    private static final double TURN = 9_000;

    private final Mate you;
    private final List<Mate> boats = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private boolean sailing;
    private double sailed;
    private double ticked = Double.NaN;

    /** @param tab what this tab's participants have in their names and no other's have */
    Water(String tab, String name) {
        you = new Mate("tab-" + tab, name, true, 50, 40);
        add(new Mate("wren-" + tab, "Wren", false, 24, 18));
        add(new Mate("heron-" + tab, "Heron", false, 76, 20));
    }

    private void add(Mate boat) {
        boats.add(boat);
        lines.add(new Line());
    }

    Mate you() {
        return you;
    }

    int size() {
        return boats.size();
    }

    Mate boat(int index) {
        return boats.get(index);
    }

    Line line(int index) {
        return lines.get(index);
    }

    /** Lets the boats of the page sail by themselves, or stop. */
    void sail(boolean on) {
        sailing = on;
    }

    /** Cuts a line, or mends it: then both ends send each other all they have. */
    void cut(int index, boolean on, double now) {
        Line line = lines.get(index);
        boolean mended = line.isCut() && !on;
        line.cut(on);
        if (mended) {
            line.send(true, boats.get(index).store().state(), now);
            line.send(false, you.store().state(), now);
        }
    }

    /** Lets everything happen that does by now. @return what the tab has to say to other tabs, maybe nothing */
    EphemeralState tick(double now) {
        if (sailing && !Double.isNaN(ticked)) {
            sailed += Math.min(500, now - ticked);
            for (int i = 0; i < boats.size(); i++) {
                sail(boats.get(i), i);
            }
        }
        ticked = now;
        for (int i = 0; i < boats.size(); i++) {
            Mate boat = boats.get(i);
            boat.tick(now);
            EphemeralState said = boat.take(now);
            if (!said.isEmpty()) {
                lines.get(i).send(true, said, now);
            }
        }
        you.tick(now);
        for (int i = 0; i < boats.size(); i++) {
            land(i, lines.get(i).arrived(now));
        }
        EphemeralState said = you.take(now);
        if (!said.isEmpty()) {
            lines.forEach(line -> line.send(false, said, now));
        }
        return said;
    }

    /** Lets messages of a line arrive. */
    void land(int index, List<Line.Message> messages) {
        for (Line.Message message : messages) {
            (message.toTab() ? you : boats.get(index)).hear(message.state());
        }
    }

    /* Each on a curve of its own, which it joins wherever it is. */
    private void sail(Mate boat, int index) {
        if (!boat.isAfloat()) {
            return;
        }
        double angle = 2 * Math.PI * sailed / TURN + 2.1 * index;
        double toX = 50 + 40 * Math.cos(angle * (index == 0 ? 1 : -0.7));
        double toY = 30 + 22 * Math.sin(angle * (index == 0 ? 0.6 : 1));
        boat.move(boat.x() + 0.2 * (toX - boat.x()), boat.y() + 0.2 * (toY - boat.y()));
    }

    /** Everybody of this tab leaves. @return what to say to other tabs */
    EphemeralState leave() {
        you.leave();
        boats.forEach(boat -> you.store().leave(boat.peer()));
        return new EphemeralState(Map.of(), you.store().state().left());
    }
}
