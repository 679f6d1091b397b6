package dev.thalweg.web.sheet;

import dev.thalweg.dds.ChannelEvent;
import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.pact.PactEvent;
import dev.thalweg.dds.pact.PactMap;
import dev.thalweg.dds.pact.PactOutcome;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Standing orders in a PactMap: a race is two proposals for the same one. */
final class PactSheet implements Sheet<PactMap> {
    private static final String[] ORDERS = {"flood-stage", "gate-crew", "quorum"};
    private static final int[] VALUES = {42, 6, 3};
    private static final int RACE_STEP = 2;
    private static final String NONE = "none";

    private final Desk.All<PactMap, String> desks = new Desk.All<>();

    @Override
    public String id() {
        return "pact-map";
    }

    @Override
    public String title() {
        return "Standing orders";
    }

    @Override
    public String structure() {
        return "PactMap";
    }

    @Override
    public Group group() {
        return Group.CONSENSUS;
    }

    @Override
    public String rule() {
        return "A proposal counts once everybody who was here has signed it off or left; the first proposal in line stands.";
    }

    @Override
    public ChannelType<PactMap> type() {
        return PactMap.TYPE;
    }

    @Override
    public void seed(PactMap pacts) {
        for (int i = 0; i < ORDERS.length; i++) {
            pacts.set(ORDERS[i], JsonValue.of(VALUES[i]));
        }
    }

    @Override
    public List<Row> rows(PactMap pacts, Crew crew) {
        List<Row> rows = new ArrayList<>();
        for (String order : ORDERS) {
            JsonValue value = pacts.get(order);
            boolean free = !pacts.isPending(order) && !desks.of(pacts).waits(order);
            rows.add(new Row(order, value == null ? NONE : Texts.shown(value), "", !free,
                    value == null ? Row.Look.WORD : Row.Look.NUMBER, note(pacts, order, crew),
                    List.of(new Move(Action.SET, "propose +1", "Propose " + order + " one higher", free),
                            new Move(Action.DELETE, "delete", "Propose to delete " + order, free && value != null))));
        }
        return rows;
    }

    private String note(PactMap pacts, String order, Crew crew) {
        if (!pacts.isPending(order)) {
            return desks.of(pacts).note(order);
        }
        JsonValue proposed = pacts.getPending(order);
        StringBuilder note = new StringBuilder("proposed: ").append(proposed == null ? NONE : Texts.shown(proposed))
                .append(", not signed by");
        for (String clientId : pacts.expectedSignoffs(order)) {
            note.append(' ').append(crew.name(clientId));
        }
        return note.toString();
    }

    @Override
    public void act(PactMap pacts, String key, Action action, String self) {
        switch (action) {
            case SET -> propose(pacts, key, Texts.whole(pacts.get(key)) + 1);
            case DELETE -> {
                desks.of(pacts).file(key, "deletion filed, not in line yet");
                pacts.delete(key, outcome -> settled(pacts, key, outcome));
            }
            default -> throw Texts.cannot(this, action);
        }
    }

    private void propose(PactMap pacts, String order, int value) {
        desks.of(pacts).file(order, value + " filed, not in line yet");
        pacts.set(order, JsonValue.of(value), outcome -> settled(pacts, order, outcome));
    }

    private void settled(PactMap pacts, String order, PactOutcome outcome) {
        desks.of(pacts).settle(order, switch (outcome) {
            case PactOutcome.Accepted accepted -> "";
            case PactOutcome.Refused refused -> "refused: another proposal was first";
            case PactOutcome.Aborted aborted -> "taken back before it was sent";
            case PactOutcome.Unknown unknown -> "outcome unknown: " + unknown.reason();
        });
    }

    @Override
    public String raceLabel() {
        return "Race: propose for the same order";
    }

    @Override
    public @Nullable Race plan(PactMap pacts, double chance) {
        List<String> free = new ArrayList<>();
        for (String order : ORDERS) {
            if (!pacts.isPending(order)) {
                free.add(order);
            }
        }
        if (free.isEmpty()) {
            return null;
        }
        String order = free.get((int) (chance * free.size()));
        return new Race(order, Texts.whole(pacts.get(order)));
    }

    @Override
    public void race(PactMap pacts, Race race, Side side, String self) {
        propose(pacts, race.key(), switch (side) {
            case FIRST -> race.base() + RACE_STEP;
            case SECOND -> race.base() - RACE_STEP;
        });
    }

    @Override
    public void reset(PactMap pacts, String self) {
        desks.of(pacts).clear();
        for (int i = 0; i < ORDERS.length; i++) {
            if (!pacts.isPending(ORDERS[i]) && Texts.whole(pacts.get(ORDERS[i])) != VALUES[i]) {
                propose(pacts, ORDERS[i], VALUES[i]);
            }
        }
    }

    @Override
    public String describe(JsonObject operation) {
        String key = Texts.word(operation, "key");
        if (Texts.word(operation, "type").equals("accept")) {
            return "sign off " + key;
        }
        JsonValue value = operation.get("value");
        return value == null ? "propose to delete " + key : "propose " + key + " = " + Texts.shown(value);
    }

    @Override
    public String refusal(List<ChannelEvent> events) {
        for (ChannelEvent event : events) {
            if (event instanceof PactEvent.Refused) {
                return "refused, another was first";
            }
        }
        return "";
    }

    /* A sheet for each order with what counts, a slip across it with what is proposed. */
    @Override
    public List<Shape> drawing(PactMap pacts, Crew crew) {
        List<Shape> shapes = new ArrayList<>();
        for (int i = 0; i < ORDERS.length; i++) {
            int left = 14 + i * 104;
            JsonValue value = pacts.get(ORDERS[i]);
            shapes.add(Shape.rect("paper", left, 4, 56, 72));
            shapes.add(Shape.centred("", left + 28, 24, value == null ? NONE : Texts.shown(value)));
            if (pacts.isPending(ORDERS[i])) {
                JsonValue proposed = pacts.getPending(ORDERS[i]);
                shapes.add(Shape.rect("draft", left + 12, 36, 66, 20));
                shapes.add(Shape.centred("draft-text", left + 45, 50, proposed == null ? NONE : Texts.shown(proposed)));
            }
            shapes.add(Shape.text("", left, 89, ORDERS[i]));
        }
        return shapes;
    }
}
