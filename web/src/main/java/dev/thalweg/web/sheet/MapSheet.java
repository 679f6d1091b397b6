package dev.thalweg.web.sheet;

import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.map.SharedMap;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/** River gauges in a SharedMap: a race is two readings of one gauge. */
final class MapSheet implements Sheet<SharedMap> {
    private static final String[] GAUGES = {"mill-race", "kettle-run", "low-ford"};
    private static final int[] READINGS = {24, 61, 42};
    private static final int STEP = 1;
    private static final int RACE_STEP = 10;

    @Override
    public String id() {
        return "map";
    }

    @Override
    public String title() {
        return "River gauges";
    }

    @Override
    public String structure() {
        return "SharedMap";
    }

    @Override
    public Group group() {
        return Group.VALUES;
    }

    @Override
    public String rule() {
        return "The last sequenced write wins, gauge by gauge.";
    }

    @Override
    public ChannelType<SharedMap> type() {
        return SharedMap.TYPE;
    }

    @Override
    public void seed(SharedMap map) {
        for (int i = 0; i < GAUGES.length; i++) {
            map.set(GAUGES[i], JsonValue.of(READINGS[i]));
        }
    }

    @Override
    public List<Row> rows(SharedMap map, Crew crew) {
        List<Row> rows = new ArrayList<>();
        for (String gauge : GAUGES) {
            int value = Texts.whole(map.get(gauge));
            rows.add(new Row(gauge, Integer.toString(value), "", map.pending(gauge), Row.Look.NUMBER, "",
                    List.of(new Move(Action.DECREMENT, "\u2212", "Lower " + gauge, value > 0),
                            new Move(Action.INCREMENT, "+", "Raise " + gauge, true))));
        }
        return rows;
    }

    @Override
    public void act(SharedMap map, String key, Action action, String self) {
        int value = Texts.whole(map.get(key));
        switch (action) {
            case INCREMENT -> map.set(key, JsonValue.of(value + STEP));
            case DECREMENT -> map.set(key, JsonValue.of(Math.max(0, value - STEP)));
            default -> throw Texts.cannot(this, action);
        }
    }

    @Override
    public String raceLabel() {
        return "Race: write the same gauge";
    }

    @Override
    public Race plan(SharedMap map, double chance) {
        String gauge = GAUGES[(int) (chance * GAUGES.length)];
        return new Race(gauge, Texts.whole(map.get(gauge)));
    }

    @Override
    public void race(SharedMap map, Race race, Side side, String self) {
        map.set(race.key(), JsonValue.of(switch (side) {
            case FIRST -> race.base() + RACE_STEP;
            case SECOND -> Math.max(0, race.base() - RACE_STEP);
        }));
    }

    @Override
    public void reset(SharedMap map, String self) {
        seed(map);
    }

    @Override
    public String describe(JsonObject operation) {
        return switch (Texts.word(operation, "type")) {
            case "set" -> "set " + Texts.word(operation, "key") + " = " + Texts.wrapped(operation);
            case "delete" -> "delete " + Texts.word(operation, "key");
            case "clear" -> "clear";
            default -> "?";
        };
    }

    @Override
    public List<Shape> drawing(SharedMap map, Crew crew) {
        List<Shape> shapes = new ArrayList<>();
        for (int i = 0; i < GAUGES.length; i++) {
            int left = 6 + i * 106;
            int value = Texts.whole(map.get(GAUGES[i]));
            int level = 78 - Math.min(value, 100) * 70 / 100;
            shapes.add(Shape.path(map.pending(GAUGES[i]) ? "draft" : "water",
                    "M" + left + " " + level + "q12 -3 24 0t24 0t24 0t24 0V78H" + left + "Z"));
            staff(shapes, left + 70);
            shapes.add(Shape.line("ink", left, 78, left + 96, 78));
            shapes.add(Shape.text("", left, 89, GAUGES[i]));
        }
        return shapes;
    }

    /* A staff gauge: the board on which a level is read, in steps of ten. */
    private static void staff(List<Shape> shapes, int x) {
        shapes.add(Shape.rect("paper", x, 4, 7, 74));
        for (int step = 0; step <= 10; step += 2) {
            shapes.add(Shape.rect("solid", x, 75 - step * 7, 4, 3));
        }
    }
}
