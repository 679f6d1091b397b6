package dev.thalweg.web.sheet;

import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.twophaseset.SharedTwoPhaseSet;
import dev.thalweg.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Numbered stakes in a two-phase set: a race is one crew pulling a stake that the other is driving in. */
final class TwoPhaseSetSheet implements Sheet<SharedTwoPhaseSet> {
    private static final String[] STAKES = {"stake-11", "stake-12", "stake-13"};
    private static final int STANDING = 2;

    @Override
    public String id() {
        return "2p-set";
    }

    @Override
    public String title() {
        return "Retired stakes";
    }

    @Override
    public String structure() {
        return "2P-set";
    }

    @Override
    public Group group() {
        return Group.OURS;
    }

    @Override
    public String rule() {
        return "A removal is for good: it wins over every addition, before it, beside it and after it.";
    }

    @Override
    public ChannelType<SharedTwoPhaseSet> type() {
        return SharedTwoPhaseSet.TYPE;
    }

    @Override
    public void seed(SharedTwoPhaseSet set) {
        stand(set, 1);
    }

    private static void stand(SharedTwoPhaseSet set, int page) {
        for (int i = 0; i < STANDING; i++) {
            set.add(Pages.element(STAKES[i], page));
        }
    }

    @Override
    public List<Row> rows(SharedTwoPhaseSet set, Crew crew) {
        int page = Pages.of(set::contains);
        List<Row> rows = new ArrayList<>();
        for (String stake : STAKES) {
            String element = Pages.element(stake, page);
            boolean in = set.contains(element);
            boolean retired = set.removed(element);
            rows.add(new Row(stake, retired ? "retired" : in ? "standing" : "not driven", "",
                    set.pending(element), retired ? Row.Look.GONE : Row.Look.WORD, Pages.note(page),
                    retired ? List.of() : List.of(new Move(Action.ADD, "add", "Drive " + stake, !in),
                            new Move(Action.REMOVE, "remove", "Pull " + stake + " for good", in))));
        }
        return rows;
    }

    @Override
    public void act(SharedTwoPhaseSet set, String key, Action action, String self) {
        String element = Pages.element(key, Pages.of(set::contains));
        switch (action) {
            case ADD -> set.add(element);
            case REMOVE -> set.remove(element);
            default -> throw Texts.cannot(this, action);
        }
    }

    @Override
    public String raceLabel() {
        return "Race: pull against drive";
    }

    /* A stake that nobody has driven yet, so that there is something to add; the other crew has it off the list. */
    @Override
    public @Nullable Race plan(SharedTwoPhaseSet set, double chance) {
        int page = Pages.of(set::contains);
        List<String> open = new ArrayList<>();
        for (String stake : STAKES) {
            String element = Pages.element(stake, page);
            if (!set.contains(element) && !set.removed(element)) {
                open.add(stake);
            }
        }
        return open.isEmpty() ? null : new Race(open.get((int) (chance * open.size())), 0);
    }

    @Override
    public void race(SharedTwoPhaseSet set, Race race, Side side, String self) {
        act(set, race.key(), switch (side) {
            case FIRST -> Action.REMOVE;
            case SECOND -> Action.ADD;
        }, self);
    }

    @Override
    public void reset(SharedTwoPhaseSet set, String self) {
        int page = Pages.of(set::contains) + 1;
        set.add(Pages.beginning(page));
        stand(set, page);
    }

    @Override
    public String describe(JsonObject operation) {
        return Texts.ofElement(operation);
    }

    /* Stakes in the ground; a retired one lies beside its hole. */
    @Override
    public List<Shape> drawing(SharedTwoPhaseSet set, Crew crew) {
        int page = Pages.of(set::contains);
        List<Shape> shapes = new ArrayList<>();
        for (int i = 0; i < STAKES.length; i++) {
            String element = Pages.element(STAKES[i], page);
            int x = 52 + i * 104;
            boolean in = set.contains(element);
            boolean pending = set.pending(element);
            if (set.removed(element)) {
                shapes.add(Shape.rect(pending ? "draft" : "paper", x - 30, 66, 60, 9));
            } else {
                shapes.add(Shape.path(!in ? "hair" : pending ? "draft" : "earth", "M" + (x - 6) + " 12H" + (x + 6)
                        + "V70L" + x + " 84L" + (x - 6) + " 70Z"));
            }
            shapes.add(Shape.text("", x + 12, 60, STAKES[i]));
        }
        shapes.add(Shape.line("ink", 4, 75, 316, 75));
        return shapes;
    }
}
