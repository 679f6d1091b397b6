package dev.thalweg.web.sheet;

import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.ormap.SharedOrMap;
import dev.thalweg.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A ledger of stockpiles in an OR-map: a race is one crew striking a pile that the other is delivering to. */
final class OrMapSheet implements Sheet<SharedOrMap> {
    private static final String[] PILES = {"spoil-north", "borrow-pit-7", "wash-fill"};
    private static final int[] LOADS = {18, -6, 12};
    private static final int DELIVERY = 6;
    private static final int GROUND = 58;

    @Override
    public String id() {
        return "or-map";
    }

    @Override
    public String title() {
        return "Stockpile ledger";
    }

    @Override
    public String structure() {
        return "OR-map";
    }

    @Override
    public Group group() {
        return Group.OURS;
    }

    @Override
    public String rule() {
        return "A strike removes what its author had seen; a delivery made meanwhile wins and keeps the row.";
    }

    @Override
    public ChannelType<SharedOrMap> type() {
        return SharedOrMap.TYPE;
    }

    @Override
    public void seed(SharedOrMap map) {
        for (int i = 0; i < PILES.length; i++) {
            map.increment(PILES[i], LOADS[i]);
        }
    }

    @Override
    public List<Row> rows(SharedOrMap map, Crew crew) {
        List<Row> rows = new ArrayList<>();
        for (String pile : PILES) {
            rows.add(map.has(pile) ? open(map, pile) : struck(map, pile));
        }
        return rows;
    }

    private static Row open(SharedOrMap map, String pile) {
        int value = Texts.whole(map.tally(pile));
        int pending = value - Texts.whole(map.sequencedTally(pile));
        boolean striking = map.removing(pile);
        List<Move> moves = new ArrayList<>();
        moves.add(new Move(Action.DECREMENT, "\u2212", "Take a load from " + pile, true));
        moves.add(new Move(Action.INCREMENT, "+", "Deliver a load to " + pile, true));
        moves.add(new Move(Action.STRIKE, "strike", "Strike " + pile, !striking));
        return new Row(pile, Integer.toString(value), pending == 0 ? "" : Texts.signed(pending), map.pending(pile),
                striking ? Row.Look.STRUCK : Row.Look.NUMBER, striking ? "struck here, not ordered yet" : "", moves);
    }

    private static Row struck(SharedOrMap map, String pile) {
        return new Row(pile, "struck", "", map.pending(pile), Row.Look.GONE, "its ledger is kept for a re-opening",
                List.of(new Move(Action.REOPEN, "re-open", "Re-open " + pile, true)));
    }

    @Override
    public void act(SharedOrMap map, String key, Action action, String self) {
        switch (action) {
            case INCREMENT -> map.increment(key, 1);
            case DECREMENT -> map.increment(key, -1);
            case STRIKE -> map.remove(key);
            case REOPEN -> map.open(key);
            default -> throw Texts.cannot(this, action);
        }
    }

    @Override
    public String raceLabel() {
        return "Race: strike against delivery";
    }

    @Override
    public @Nullable Race plan(SharedOrMap map, double chance) {
        List<String> open = new ArrayList<>();
        for (String pile : PILES) {
            if (map.has(pile) && !map.removing(pile)) {
                open.add(pile);
            }
        }
        return open.isEmpty() ? null : new Race(open.get((int) (chance * open.size())), DELIVERY);
    }

    @Override
    public void race(SharedOrMap map, Race race, Side side, String self) {
        switch (side) {
            case FIRST -> map.remove(race.key());
            case SECOND -> map.increment(race.key(), race.base());
        }
    }

    @Override
    public void reset(SharedOrMap map, String self) {
        for (int i = 0; i < PILES.length; i++) {
            if (!map.has(PILES[i]) || map.removing(PILES[i])) {
                map.open(PILES[i]);
            }
            long missing = LOADS[i] - map.tally(PILES[i]);
            if (missing != 0) {
                map.increment(PILES[i], missing);
            }
        }
    }

    @Override
    public String describe(JsonObject operation) {
        String key = Texts.word(operation, "key");
        return switch (Texts.word(operation, "type")) {
            case "increment" -> key + " " + Texts.signed(Texts.whole(operation, "amount"));
            case "remove" -> "strike " + key;
            case "open" -> "re-open " + key;
            default -> "? " + key;
        };
    }

    /* Heaps above the ground, pits below it; a struck one is an outline. */
    @Override
    public List<Shape> drawing(SharedOrMap map, Crew crew) {
        List<Shape> shapes = new ArrayList<>();
        for (int i = 0; i < PILES.length; i++) {
            int middle = 56 + i * 104;
            boolean there = map.has(PILES[i]);
            int value = (int) Math.max(-20, Math.min(48, map.tally(PILES[i])));
            int height = value;
            int half = 20 + Math.abs(value) / 3;
            String css = !there ? "hair" : map.pending(PILES[i]) ? "draft" : value < 0 ? "paper" : "earth";
            shapes.add(Shape.path(css, "M" + (middle - half) + " " + GROUND + "Q" + middle + " "
                    + (GROUND - 2 * (there ? height : 10)) + " " + (middle + half) + " " + GROUND + "Z"));
            if (map.removing(PILES[i])) {
                shapes.add(Shape.line("draft-line", middle - half, GROUND + 4, middle + half, GROUND - 30));
            }
            shapes.add(Shape.centred(map.pending(PILES[i]) ? "draft-text" : "", middle, 88, PILES[i]));
        }
        shapes.add(Shape.line("ink", 4, GROUND, 316, GROUND));
        return shapes;
    }
}
