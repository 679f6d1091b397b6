package dev.thalweg.web.sheet;

import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.pncounter.SharedPnCounter;
import dev.thalweg.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** The balance of an earthwork in a PN counter: a race is one crew filling while another cuts. */
final class PnCounterSheet implements Sheet<SharedPnCounter> {
    private static final String KEY = "earthwork-balance";
    private static final int FILL = 74;
    private static final int CUT = 30;
    private static final int RACE_FILL = 12;
    private static final int RACE_CUT = 8;
    private static final int GROUND = 50;
    private static final int MOST = 36;

    @Override
    public String id() {
        return "pn-counter";
    }

    @Override
    public String title() {
        return "Cut and fill";
    }

    @Override
    public String structure() {
        return "PN counter";
    }

    @Override
    public Group group() {
        return Group.OURS;
    }

    @Override
    public String rule() {
        return "Two ledgers per replica only grow and are joined by the larger, so a duplicate counts once.";
    }

    @Override
    public ChannelType<SharedPnCounter> type() {
        return SharedPnCounter.TYPE;
    }

    @Override
    public void seed(SharedPnCounter counter) {
        counter.update(FILL);
        counter.update(-CUT);
    }

    @Override
    public List<Row> rows(SharedPnCounter counter, Crew crew) {
        int pending = Texts.whole(counter.value() - counter.sequencedValue());
        boolean open = counter.increments() != counter.sequencedIncrements()
                || counter.decrements() != counter.sequencedDecrements();
        return List.of(
                new Row(KEY, Integer.toString(Texts.whole(counter.value())), open ? Texts.signed(pending) : "", open,
                        Row.Look.NUMBER, "yd³: fill " + counter.increments() + ", cut " + counter.decrements(),
                        List.of(new Move(Action.DECREMENT, "\u2212", "Cut one cubic yard", true),
                                new Move(Action.INCREMENT, "+", "Fill one cubic yard", true))));
    }

    @Override
    public void act(SharedPnCounter counter, String key, Action action, String self) {
        switch (action) {
            case INCREMENT -> counter.update(1);
            case DECREMENT -> counter.update(-1);
            default -> throw Texts.cannot(this, action);
        }
    }

    @Override
    public String raceLabel() {
        return "Race: one fills, one cuts";
    }

    @Override
    public Race plan(SharedPnCounter counter, double chance) {
        return new Race(KEY, 0);
    }

    @Override
    public void race(SharedPnCounter counter, Race race, Side side, String self) {
        counter.update(switch (side) {
            case FIRST -> RACE_FILL;
            case SECOND -> -RACE_CUT;
        });
    }

    /* The ledgers never shrink: the balance comes back, what was moved stays on record. */
    @Override
    public void reset(SharedPnCounter counter, String self) {
        counter.update(FILL - CUT - counter.value());
    }

    @Override
    public String describe(JsonObject operation) {
        int amount = Texts.whole(operation, "amount");
        return amount < 0 ? "cut " + -amount : "fill " + amount;
    }

    /* A bank above the ground line for what was filled, a trench below it for what was cut. */
    @Override
    public List<Shape> drawing(SharedPnCounter counter, Crew crew) {
        List<Shape> shapes = new ArrayList<>();
        int fill = depth(counter.increments());
        int cut = depth(counter.decrements());
        int sureFill = depth(counter.sequencedIncrements());
        int sureCut = depth(counter.sequencedDecrements());
        if (fill != sureFill) {
            shapes.add(bank("draft", fill));
        }
        shapes.add(bank("earth", Math.min(fill, sureFill)));
        if (cut != sureCut) {
            shapes.add(trench("draft", cut));
        }
        shapes.add(trench("paper", Math.min(cut, sureCut)));
        shapes.add(Shape.line("ink", 4, GROUND, 316, GROUND));
        shapes.add(Shape.text("", 96, GROUND + 12, "fill " + counter.increments()));
        shapes.add(Shape.text("", 220, GROUND - 5, "cut " + counter.decrements()));
        return shapes;
    }

    private static Shape bank(String css, int height) {
        return Shape.path(css, "M30 " + GROUND + "L" + (70 - height / 4) + " " + (GROUND - height) + "H"
                + (120 + height / 4) + "L162 " + GROUND + "Z");
    }

    private static Shape trench(String css, int depth) {
        return Shape.path(css, "M182 " + GROUND + "L" + (212 - depth / 4) + " " + (GROUND + depth) + "H"
                + (256 + depth / 4) + "L290 " + GROUND + "Z");
    }

    /* Half a pixel for a cubic yard at first, less and less as it grows, so that it always fits. */
    private static int depth(long amount) {
        double seen = Math.max(0, amount);
        return (int) (MOST * seen / (seen + 70));
    }
}
