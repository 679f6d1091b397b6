package dev.thalweg.web.sheet;

import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.cell.SharedCell;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/** The flood warning in a SharedCell: a race is two offices that judge the same river differently. */
final class CellSheet implements Sheet<SharedCell> {
    private static final String KEY = "flood-warning";
    private static final String[] LEVELS = {"advisory", "watch", "warning", "severe"};
    private static final String NONE = "none";

    @Override
    public String id() {
        return "cell";
    }

    @Override
    public String title() {
        return "Flood warning";
    }

    @Override
    public String structure() {
        return "SharedCell";
    }

    @Override
    public Group group() {
        return Group.VALUES;
    }

    @Override
    public String rule() {
        return "One value or none: the last sequenced write wins, and emptying is a write too.";
    }

    @Override
    public ChannelType<SharedCell> type() {
        return SharedCell.TYPE;
    }

    @Override
    public void seed(SharedCell cell) {
        cell.set(JsonValue.of(LEVELS[0]));
    }

    @Override
    public List<Row> rows(SharedCell cell, Crew crew) {
        int level = level(cell);
        return List
                .of(new Row(KEY, cell.empty() ? NONE : Texts.shown(cell.get()), "", cell.pending(), Row.Look.WORD, "",
                        List.of(new Move(Action.SET, "raise", "Raise the warning", level < LEVELS.length - 1),
                                new Move(Action.DELETE, "lift", "Lift the warning", !cell.empty()))));
    }

    /** Which of the levels, -1 for none, also for what another program has written. */
    private static int level(SharedCell cell) {
        String value = Texts.shown(cell.get());
        for (int i = 0; i < LEVELS.length; i++) {
            if (LEVELS[i].equals(value)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public void act(SharedCell cell, String key, Action action, String self) {
        switch (action) {
            case SET -> cell.set(JsonValue.of(LEVELS[Math.min(LEVELS.length - 1, level(cell) + 1)]));
            case DELETE -> cell.delete();
            default -> throw Texts.cannot(this, action);
        }
    }

    @Override
    public String raceLabel() {
        return "Race: severe against lifted";
    }

    @Override
    public Race plan(SharedCell cell, double chance) {
        return new Race(KEY, 0);
    }

    @Override
    public void race(SharedCell cell, Race race, Side side, String self) {
        switch (side) {
            case FIRST -> cell.set(JsonValue.of(LEVELS[LEVELS.length - 1]));
            case SECOND -> cell.delete();
        }
    }

    @Override
    public void reset(SharedCell cell, String self) {
        if (level(cell) != 0) {
            seed(cell);
        }
    }

    @Override
    public String describe(JsonObject operation) {
        return Texts.word(operation, "type").equals("setCell")
                ? "set " + KEY + " = " + Texts.wrapped(operation)
                : "delete " + KEY;
    }

    /* A mast with as many cones hoisted as the warning is high. */
    @Override
    public List<Shape> drawing(SharedCell cell, Crew crew) {
        List<Shape> shapes = new ArrayList<>();
        shapes.add(Shape.line("ink", 4, 78, 316, 78));
        shapes.add(Shape.line("ink", 60, 78, 60, 6));
        int level = level(cell);
        for (int i = 0; i <= level; i++) {
            int x = 84 + i * 56;
            shapes.add(Shape.path(cell.pending() ? "draft" : "water", "M" + x + " 70L" + (x + 20) + " 22L" + (x + 40)
                    + " 70Z"));
        }
        shapes.add(Shape.line(cell.pending() ? "draft-line" : "hair", 60, 12, 312, 12));
        shapes.add(Shape.text("", 4, 89, "one cone for each degree"));
        return shapes;
    }
}
