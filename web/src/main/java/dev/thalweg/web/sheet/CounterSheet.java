package dev.thalweg.web.sheet;

import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.counter.SharedCounter;
import dev.thalweg.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** A tally of sandbags in a SharedCounter: a race is two crews reporting at once. */
final class CounterSheet implements Sheet<SharedCounter> {
    private static final String KEY = "sandbags-placed";
    private static final int SEED = 120;
    private static final int FIRST_CREW = 5;
    private static final int SECOND_CREW = 3;
    /** How many of them one bag in the drawing stands for. */
    private static final int PER_BAG = 5;
    private static final int PER_LAYER = 12;
    private static final int MOST_BAGS = 5 * PER_LAYER;

    @Override
    public String id() {
        return "counter";
    }

    @Override
    public String title() {
        return "Sandbag tally";
    }

    @Override
    public String structure() {
        return "SharedCounter";
    }

    @Override
    public Group group() {
        return Group.VALUES;
    }

    @Override
    public String rule() {
        return "Increments commute: all of them count, in whatever order.";
    }

    @Override
    public ChannelType<SharedCounter> type() {
        return SharedCounter.TYPE;
    }

    @Override
    public void seed(SharedCounter counter) {
        counter.increment(SEED);
    }

    @Override
    public List<Row> rows(SharedCounter counter, Crew crew) {
        int pending = Texts.whole(counter.pendingAmount());
        return List.of(
                new Row(KEY, Integer.toString(Texts.whole(counter.value())), pending == 0 ? "" : Texts.signed(pending),
                        pending != 0, Row.Look.NUMBER, "", List.of(
                                new Move(Action.DECREMENT, "\u2212", "One sandbag fewer", true),
                                new Move(Action.INCREMENT, "+", "One sandbag more", true))));
    }

    @Override
    public void act(SharedCounter counter, String key, Action action, String self) {
        switch (action) {
            case INCREMENT -> counter.increment(1);
            case DECREMENT -> counter.increment(-1);
            default -> throw Texts.cannot(this, action);
        }
    }

    @Override
    public String raceLabel() {
        return "Race: both add";
    }

    @Override
    public Race plan(SharedCounter counter, double chance) {
        return new Race(KEY, 0);
    }

    @Override
    public void race(SharedCounter counter, Race race, Side side, String self) {
        counter.increment(switch (side) {
            case FIRST -> FIRST_CREW;
            case SECOND -> SECOND_CREW;
        });
    }

    @Override
    public void reset(SharedCounter counter, String self) {
        counter.increment(SEED - counter.value());
    }

    @Override
    public String describe(JsonObject operation) {
        return KEY + " " + Texts.signed(Texts.whole(operation, "incrementAmount"));
    }

    /* A wall of bags: those that are sequenced in ink, those that are not in the pending colour on top of them. */
    @Override
    public List<Shape> drawing(SharedCounter counter, Crew crew) {
        List<Shape> shapes = new ArrayList<>();
        int settled = bags(counter.sequencedValue());
        int shown = bags(counter.value());
        for (int i = 0; i < Math.max(settled, shown); i++) {
            boolean sure = i < settled && i < shown;
            int layer = i / PER_LAYER;
            int x = 20 + i % PER_LAYER * 25 + layer % 2 * 12;
            shapes.add(Shape.ellipse(sure ? "earth" : "draft", x, 70 - layer * 14, 12, 7));
        }
        shapes.add(Shape.line("ink", 4, 78, 316, 78));
        shapes.add(Shape.text("", 4, 89, "one bag drawn for " + PER_BAG));
        return shapes;
    }

    private static int bags(long value) {
        return (int) Math.max(0, Math.min(MOST_BAGS, (value + PER_BAG - 1) / PER_BAG));
    }
}
