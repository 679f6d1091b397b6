package dev.thalweg.web.sheet;

import dev.thalweg.dds.ChannelEvent;
import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.register.ConsensusRegisterCollection;
import dev.thalweg.dds.register.ReadPolicy;
import dev.thalweg.dds.register.RegisterEvent;
import dev.thalweg.dds.register.WriteOutcome;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/** Heights of datum stones in consensus registers: a race is two levellings of one stone. */
final class RegisterSheet implements Sheet<ConsensusRegisterCollection> {
    private static final String[] STONES = {"datum-north", "datum-weir", "datum-quay"};
    private static final int[] HEIGHTS = {318, 204, 97};
    private static final int RACE_STEP = 4;

    private final Desk.All<ConsensusRegisterCollection, String> desks = new Desk.All<>();

    @Override
    public String id() {
        return "registers";
    }

    @Override
    public String title() {
        return "Datum stones";
    }

    @Override
    public String structure() {
        return "ConsensusRegisterCollection";
    }

    @Override
    public Group group() {
        return Group.CONSENSUS;
    }

    @Override
    public String rule() {
        return "Of writes that did not know of each other the first is agreed on; the others stay beside it as versions.";
    }

    @Override
    public ChannelType<ConsensusRegisterCollection> type() {
        return ConsensusRegisterCollection.TYPE;
    }

    @Override
    public void seed(ConsensusRegisterCollection registers) {
        reset(registers, "");
    }

    @Override
    public List<Row> rows(ConsensusRegisterCollection registers, Crew crew) {
        List<Row> rows = new ArrayList<>();
        Desk<String> desk = desks.of(registers);
        for (String stone : STONES) {
            boolean pending = desk.waits(stone);
            List<JsonValue> versions = registers.versions(stone);
            StringBuilder note = new StringBuilder(desk.note(stone));
            if (versions.size() > 1) {
                note.append(note.isEmpty() ? "" : "; ").append("versions");
                for (JsonValue version : versions) {
                    note.append(' ').append(Texts.shown(version));
                }
                note.append(", last ").append(Texts.shown(registers.read(stone, ReadPolicy.LWW)));
            }
            rows.add(new Row(stone, Integer.toString(Texts.whole(registers.read(stone))), "", pending, Row.Look.NUMBER,
                    note.toString(),
                    List.of(new Move(Action.WRITE, "write +1", "Write " + stone + " one higher", true))));
        }
        return rows;
    }

    @Override
    public void act(ConsensusRegisterCollection registers, String key, Action action, String self) {
        switch (action) {
            case WRITE -> write(registers, key, Texts.whole(registers.read(key)) + 1);
            default -> throw Texts.cannot(this, action);
        }
    }

    private void write(ConsensusRegisterCollection registers, String stone, int height) {
        Desk<String> desk = desks.of(registers);
        desk.file(stone, height + " filed, outcome unknown");
        registers.write(stone, JsonValue.of(height), outcome -> desk.settle(stone, switch (outcome) {
            case WriteOutcome.Won won -> "";
            case WriteOutcome.Lost lost -> "lost: " + Texts.shown(lost.value()) + " was first in line";
            case WriteOutcome.Aborted aborted -> "taken back before it was sent";
            case WriteOutcome.Unknown unknown -> "outcome unknown: " + unknown.reason();
        }));
    }

    @Override
    public String raceLabel() {
        return "Race: write the same stone";
    }

    @Override
    public Race plan(ConsensusRegisterCollection registers, double chance) {
        String stone = STONES[(int) (chance * STONES.length)];
        return new Race(stone, Texts.whole(registers.read(stone)));
    }

    @Override
    public void race(ConsensusRegisterCollection registers, Race race, Side side, String self) {
        write(registers, race.key(), switch (side) {
            case FIRST -> race.base() + RACE_STEP;
            case SECOND -> race.base() - RACE_STEP;
        });
    }

    @Override
    public void reset(ConsensusRegisterCollection registers, String self) {
        desks.of(registers).clear();
        for (int i = 0; i < STONES.length; i++) {
            if (registers.versions(STONES[i]).size() != 1 || Texts.whole(registers.read(STONES[i])) != HEIGHTS[i]) {
                write(registers, STONES[i], HEIGHTS[i]);
            }
        }
    }

    @Override
    public String describe(JsonObject operation) {
        return "write " + Texts.word(operation, "key") + " = " + Texts.wrapped(operation);
    }

    @Override
    public String refusal(List<ChannelEvent> events) {
        for (ChannelEvent event : events) {
            if (event instanceof RegisterEvent.VersionChanged changed && changed.local() && !changed.atomic()) {
                return "kept as a version";
            }
        }
        return "";
    }

    /* A stone for each datum, the agreed height cut into it; every other version is a chalk line beside it. */
    @Override
    public List<Shape> drawing(ConsensusRegisterCollection registers, Crew crew) {
        List<Shape> shapes = new ArrayList<>();
        for (int i = 0; i < STONES.length; i++) {
            int left = 30 + i * 104;
            boolean pending = desks.of(registers).waits(STONES[i]);
            shapes.add(Shape.path("earth", "M" + left + " 78L" + (left + 8) + " 16H" + (left + 42) + "L" + (left + 50)
                    + " 78Z"));
            shapes.add(Shape.rect("paper", left + 6, 34, 38, 18));
            shapes.add(Shape.centred(pending ? "draft-text" : "", left + 25, 47,
                    Texts.shown(registers.read(STONES[i]))));
            for (int other = 1; other < Math.min(5, registers.versions(STONES[i]).size()); other++) {
                shapes.add(Shape.line("ink", left + 56, 72 - other * 12, left + 70, 72 - other * 12));
            }
            shapes.add(Shape.centred("", left + 25, 90, STONES[i]));
        }
        shapes.add(Shape.line("ink", 4, 78, 316, 78));
        return shapes;
    }
}
