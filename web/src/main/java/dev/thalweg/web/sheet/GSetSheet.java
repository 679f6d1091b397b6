package dev.thalweg.web.sheet;

import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.gset.SharedGSet;
import dev.thalweg.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Benchmarks found, in a G-set: a race is two crews that find the same one. */
final class GSetSheet implements Sheet<SharedGSet> {
    private static final String[] MARKS = {"bridge-pier", "weir-crest", "mill-door"};

    @Override
    public String id() {
        return "g-set";
    }

    @Override
    public String title() {
        return "Benchmarks found";
    }

    @Override
    public String structure() {
        return "G-set";
    }

    @Override
    public Group group() {
        return Group.OURS;
    }

    @Override
    public String rule() {
        return "What is in is in for good: sets are joined, and the same addition twice is one.";
    }

    @Override
    public ChannelType<SharedGSet> type() {
        return SharedGSet.TYPE;
    }

    @Override
    public void seed(SharedGSet set) {
        set.add(Pages.element(MARKS[0], 1));
    }

    @Override
    public List<Row> rows(SharedGSet set, Crew crew) {
        int page = Pages.of(set::contains);
        List<Row> rows = new ArrayList<>();
        for (String mark : MARKS) {
            String element = Pages.element(mark, page);
            boolean found = set.contains(element);
            rows.add(new Row(mark, found ? "found" : "sought", "", set.pending(element),
                    Row.Look.WORD, Pages.note(page),
                    List.of(new Move(Action.ADD, "add", "Add " + mark, !found))));
        }
        return rows;
    }

    @Override
    public void act(SharedGSet set, String key, Action action, String self) {
        switch (action) {
            case ADD -> set.add(Pages.element(key, Pages.of(set::contains)));
            default -> throw Texts.cannot(this, action);
        }
    }

    @Override
    public String raceLabel() {
        return "Race: both find the same mark";
    }

    @Override
    public @Nullable Race plan(SharedGSet set, double chance) {
        List<String> sought = new ArrayList<>();
        for (String mark : MARKS) {
            if (!set.contains(Pages.element(mark, Pages.of(set::contains)))) {
                sought.add(mark);
            }
        }
        return sought.isEmpty() ? null : new Race(sought.get((int) (chance * sought.size())), 0);
    }

    @Override
    public void race(SharedGSet set, Race race, Side side, String self) {
        act(set, race.key(), Action.ADD, self);
    }

    @Override
    public void reset(SharedGSet set, String self) {
        int page = Pages.of(set::contains) + 1;
        set.add(Pages.beginning(page));
        set.add(Pages.element(MARKS[0], page));
    }

    @Override
    public String describe(JsonObject operation) {
        return Texts.ofElement(operation);
    }

    /* The broad arrow that surveyors cut under a bench, for each mark that was found. */
    @Override
    public List<Shape> drawing(SharedGSet set, Crew crew) {
        int page = Pages.of(set::contains);
        List<Shape> shapes = new ArrayList<>();
        for (int i = 0; i < MARKS.length; i++) {
            String element = Pages.element(MARKS[i], page);
            int x = 52 + i * 104;
            String css = !set.contains(element) ? "hair" : set.pending(element) ? "draft-line" : "ink";
            shapes.add(Shape.line(css, x - 26, 14, x + 26, 14));
            for (int foot = -1; foot <= 1; foot++) {
                shapes.add(Shape.line(css, x, 22, x + foot * 20, 72));
            }
            shapes.add(Shape.centred("", x, 89, MARKS[i]));
        }
        return shapes;
    }
}
