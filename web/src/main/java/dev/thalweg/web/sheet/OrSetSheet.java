package dev.thalweg.web.sheet;

import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.orset.SharedOrSet;
import dev.thalweg.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Buoys in an OR-set: a race is one crew taking in a buoy that the other is putting out. */
final class OrSetSheet implements Sheet<SharedOrSet> {
    private static final String[] BUOYS = {"ford-buoy", "weir-buoy", "quay-buoy"};
    private static final int OUT = 2;

    @Override
    public String id() {
        return "or-set";
    }

    @Override
    public String title() {
        return "Channel buoys";
    }

    @Override
    public String structure() {
        return "OR-set";
    }

    @Override
    public Group group() {
        return Group.OURS;
    }

    @Override
    public String rule() {
        return "A removal takes only the additions its author had seen; one made meanwhile keeps the element.";
    }

    @Override
    public ChannelType<SharedOrSet> type() {
        return SharedOrSet.TYPE;
    }

    @Override
    public void seed(SharedOrSet set) {
        reset(set, "");
    }

    @Override
    public List<Row> rows(SharedOrSet set, Crew crew) {
        List<Row> rows = new ArrayList<>();
        for (String buoy : BUOYS) {
            boolean out = set.contains(buoy);
            rows.add(new Row(buoy, out ? "out" : "in", "", set.pending(buoy),
                    out ? Row.Look.WORD : Row.Look.GONE, "",
                    List.of(new Move(Action.ADD, "add", "Put out " + buoy, true),
                            new Move(Action.REMOVE, "remove", "Take in " + buoy, out))));
        }
        return rows;
    }

    @Override
    public void act(SharedOrSet set, String key, Action action, String self) {
        switch (action) {
            case ADD -> set.add(key);
            case REMOVE -> set.remove(key);
            default -> throw Texts.cannot(this, action);
        }
    }

    @Override
    public String raceLabel() {
        return "Race: remove against add";
    }

    @Override
    public @Nullable Race plan(SharedOrSet set, double chance) {
        List<String> out = set.elements();
        return out.isEmpty() ? null : new Race(out.get((int) (chance * out.size())), 0);
    }

    @Override
    public void race(SharedOrSet set, Race race, Side side, String self) {
        switch (side) {
            case FIRST -> set.remove(race.key());
            case SECOND -> set.add(race.key());
        }
    }

    @Override
    public void reset(SharedOrSet set, String self) {
        for (int i = 0; i < BUOYS.length; i++) {
            boolean out = set.contains(BUOYS[i]);
            if (i < OUT && !out) {
                set.add(BUOYS[i]);
            } else if (i >= OUT && out) {
                set.remove(BUOYS[i]);
            }
        }
    }

    @Override
    public String describe(JsonObject operation) {
        return Texts.ofElement(operation);
    }

    /* Buoys afloat; one that is in is a ring on the water. */
    @Override
    public List<Shape> drawing(SharedOrSet set, Crew crew) {
        List<Shape> shapes = new ArrayList<>();
        shapes.add(
                Shape.path("water", "M4 60q13 -4 26 0t26 0t26 0t26 0t26 0t26 0t26 0t26 0t26 0t26 0t26 0t26 0V78H4Z"));
        for (int i = 0; i < BUOYS.length; i++) {
            int x = 52 + i * 104;
            boolean out = set.contains(BUOYS[i]);
            boolean pending = set.pending(BUOYS[i]);
            if (out) {
                shapes.add(Shape.path(pending ? "draft" : "earth", "M" + (x - 16) + " 66L" + (x - 5) + " 16H" + (x + 5)
                        + "L" + (x + 16) + " 66Z"));
            } else {
                shapes.add(Shape.ellipse(pending ? "draft-line" : "paper", x, 64, 14, 4));
            }
            shapes.add(Shape.centred("", x, 89, BUOYS[i]));
        }
        return shapes;
    }
}
