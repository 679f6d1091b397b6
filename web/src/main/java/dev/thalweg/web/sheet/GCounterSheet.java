package dev.thalweg.web.sheet;

import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.gcounter.SharedGCounter;
import dev.thalweg.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** A tally of inspection rounds in a G-counter: a race is two crews counting at once. */
/*
 * What only grows cannot be brought back to its beginning. So the tally is kept in a book, a page holds so many strokes,
 * and a reset fills the page: the next one begins with none.
 */
final class GCounterSheet implements Sheet<SharedGCounter> {
    private static final String KEY = "rounds-walked";
    private static final int PAGE = 100;
    private static final int FIRST_CREW = 4;
    private static final int SECOND_CREW = 3;
    private static final int MOST = 60;

    @Override
    public String id() {
        return "g-counter";
    }

    @Override
    public String title() {
        return "Inspection tally";
    }

    @Override
    public String structure() {
        return "G-counter";
    }

    @Override
    public Group group() {
        return Group.OURS;
    }

    @Override
    public String rule() {
        return "One total per replica that only grows, joined by the larger: nothing is taken back, a duplicate adds nothing.";
    }

    @Override
    public ChannelType<SharedGCounter> type() {
        return SharedGCounter.TYPE;
    }

    /* The first page. */
    @Override
    public void seed(SharedGCounter counter) {}

    @Override
    public List<Row> rows(SharedGCounter counter, Crew crew) {
        int pending = Texts.whole(counter.value() - counter.sequencedValue());
        return List.of(new Row(KEY, Integer.toString(onPage(counter)), pending == 0 ? "" : Texts.signed(pending),
                pending != 0, Row.Look.NUMBER,
                "page " + (counter.value() / PAGE + 1) + ", " + counter.value() + " in all",
                List.of(new Move(Action.INCREMENT, "+", "One round more", true))));
    }

    private static int onPage(SharedGCounter counter) {
        return (int) (counter.value() % PAGE);
    }

    @Override
    public void act(SharedGCounter counter, String key, Action action, String self) {
        switch (action) {
            case INCREMENT -> counter.increment(1);
            default -> throw Texts.cannot(this, action);
        }
    }

    @Override
    public String raceLabel() {
        return "Race: both count";
    }

    @Override
    public Race plan(SharedGCounter counter, double chance) {
        return new Race(KEY, 0);
    }

    @Override
    public void race(SharedGCounter counter, Race race, Side side, String self) {
        counter.increment(switch (side) {
            case FIRST -> FIRST_CREW;
            case SECOND -> SECOND_CREW;
        });
    }

    @Override
    public void reset(SharedGCounter counter, String self) {
        if (onPage(counter) != 0) {
            counter.increment(PAGE - onPage(counter));
        }
    }

    @Override
    public String describe(JsonObject operation) {
        return KEY + " " + Texts.signed(Texts.whole(operation, "amount"));
    }

    /* Tally strokes, every fifth across the four before it; those that are not sequenced in the pending colour. */
    @Override
    public List<Shape> drawing(SharedGCounter counter, Crew crew) {
        List<Shape> shapes = new ArrayList<>();
        int shown = Math.min(MOST, onPage(counter));
        long sure = shown - (counter.value() - counter.sequencedValue());
        for (int i = 0; i < shown; i++) {
            int x = 12 + i / 5 % 6 * 50;
            int y = 8 + i / 30 * 36;
            int stroke = x + i % 5 * 8;
            String css = i < sure ? "ink" : "draft-line";
            shapes.add(i % 5 == 4 ? Shape.line(css, x - 5, y + 22, x + 30, y + 4)
                    : Shape.line(css, stroke, y, stroke, y + 26));
        }
        shapes.add(Shape.line("hair", 4, 78, 316, 78));
        shapes.add(Shape.text("", 4, 89, onPage(counter) > MOST ? "and more on this page" : "this page of the book"));
        return shapes;
    }
}
