package dev.thalweg.web.sheet;

import dev.thalweg.dds.ChannelEvent;
import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.queue.AcquireOutcome;
import dev.thalweg.dds.queue.Acquisition;
import dev.thalweg.dds.queue.CompleteOutcome;
import dev.thalweg.dds.queue.ConsensusQueue;
import dev.thalweg.dds.queue.Job;
import dev.thalweg.dds.queue.QueueEvent;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Repair orders in a consensus queue: a race is two crews asking for the next one. */
final class QueueSheet implements Sheet<ConsensusQueue> {
    private static final String[] ORDERS = {"culvert-12", "fence-3", "sluice-5", "revetment"};
    private static final String WAITS = "waiting";
    private static final String DONE = "done";
    /** The row of who asks for whatever is first. */
    private static final String NEXT = "next order";

    private final Desk.All<ConsensusQueue, Acquisition> desks = new Desk.All<>();

    @Override
    public String id() {
        return "queue";
    }

    @Override
    public String title() {
        return "Repair orders";
    }

    @Override
    public String structure() {
        return "ConsensusOrderedCollection";
    }

    @Override
    public Group group() {
        return Group.CONSENSUS;
    }

    @Override
    public String rule() {
        return "Each order is in one hand at a time: who asks first in line gets the first, and who leaves gives it back.";
    }

    @Override
    public ChannelType<ConsensusQueue> type() {
        return ConsensusQueue.TYPE;
    }

    @Override
    public void seed(ConsensusQueue queue) {
        reset(queue, "");
    }

    @Override
    public List<Row> rows(ConsensusQueue queue, Crew crew) {
        Desk<Acquisition> desk = desks.of(queue);
        List<JsonValue> items = queue.items();
        List<Row> rows = new ArrayList<>();
        rows.add(
                new Row(NEXT, items.isEmpty() ? "none" : Texts.shown(items.get(0)), "", desk.waits(NEXT), Row.Look.WORD,
                        desk.note(NEXT), List.of(
                                new Move(Action.ACQUIRE, "take", "Take the next order",
                                        !items.isEmpty() && !desk.waits(NEXT)))));
        for (String order : ORDERS) {
            rows.add(row(queue, desk, order, place(items, order), crew));
        }
        return rows;
    }

    private static Row row(ConsensusQueue queue, Desk<Acquisition> desk, String order, int place, Crew crew) {
        boolean pending = desk.waits(order);
        Job job = job(queue, order);
        String note = desk.note(order);
        if (job != null) {
            Acquisition mine = held(desk, job);
            String holder = job.clientId();
            return new Row(order, "with " + (holder == null ? crew.self() : crew.name(holder)), "", pending,
                    Row.Look.WORD, note, mine == null || pending ? List.of() : List.of(
                            new Move(Action.COMPLETE, "complete", "Complete " + order, true),
                            new Move(Action.RELEASE, "release", "Release " + order, true)));
        }
        return place >= 0
                ? new Row(order, WAITS, "", pending, Row.Look.WORD, note.isEmpty() ? "place " + (place + 1) : note,
                        List.of())
                : new Row(order, DONE, "", pending, Row.Look.GONE, note,
                        List.of(new Move(Action.ADD, "add", "Add " + order + " again", !pending)));
    }

    private static int place(List<JsonValue> items, String order) {
        for (int i = 0; i < items.size(); i++) {
            if (Texts.shown(items.get(i)).equals(order)) {
                return i;
            }
        }
        return -1;
    }

    private static @Nullable Job job(ConsensusQueue queue, String order) {
        for (Job job : queue.jobs()) {
            if (Texts.shown(job.value()).equals(order)) {
                return job;
            }
        }
        return null;
    }

    /** This client's hand on a job, or null when it is another's. */
    private static @Nullable Acquisition held(Desk<Acquisition> desk, Job job) {
        Acquisition mine = desk.things().get(job.acquireId());
        return mine == null || mine.over() ? null : mine;
    }

    @Override
    public void act(ConsensusQueue queue, String key, Action action, String self) {
        Desk<Acquisition> desk = desks.of(queue);
        Job job = job(queue, key);
        Acquisition mine = job == null ? null : held(desk, job);
        switch (action) {
            case ACQUIRE -> acquire(queue);
            case ADD -> add(queue, key);
            case COMPLETE -> {
                if (mine != null) {
                    desk.file(key, "completion filed");
                    mine.complete(outcome -> desk.settle(key, outcome instanceof CompleteOutcome.Returned
                            ? "went back to the line meanwhile"
                            : ""));
                }
            }
            case RELEASE -> {
                if (mine != null) {
                    mine.release();
                }
            }
            default -> throw Texts.cannot(this, action);
        }
    }

    private void acquire(ConsensusQueue queue) {
        Desk<Acquisition> desk = desks.of(queue);
        desk.file(NEXT, "asked, outcome unknown");
        queue.acquire(outcome -> desk.settle(NEXT, switch (outcome) {
            case AcquireOutcome.Acquired acquired -> {
                Acquisition got = acquired.acquisition();
                desk.things().put(got.id(), got);
                yield "got " + Texts.shown(got.value());
            }
            case AcquireOutcome.Empty empty -> "came too late: no order was left";
            case AcquireOutcome.Aborted aborted -> "taken back before it was sent";
            case AcquireOutcome.Unknown unknown -> "outcome unknown: " + unknown.reason();
        }));
    }

    private void add(ConsensusQueue queue, String order) {
        Desk<Acquisition> desk = desks.of(queue);
        desk.file(order, "filed, not in line yet");
        queue.add(JsonValue.of(order), outcome -> desk.settle(order, ""));
    }

    @Override
    public String raceLabel() {
        return "Race: take the next order";
    }

    @Override
    public @Nullable Race plan(ConsensusQueue queue, double chance) {
        List<JsonValue> items = queue.items();
        return items.isEmpty() ? null : new Race(Texts.shown(items.get(0)), 0);
    }

    @Override
    public void race(ConsensusQueue queue, Race race, Side side, String self) {
        acquire(queue);
    }

    @Override
    public void relinquish(ConsensusQueue queue) {
        Desk<Acquisition> desk = desks.of(queue);
        for (Job job : queue.jobs()) {
            Acquisition mine = held(desk, job);
            if (mine != null) {
                mine.release();
            }
        }
        desk.clear();
    }

    /* Orders in hand are given back before; what has been completed is ordered again. */
    @Override
    public void reset(ConsensusQueue queue, String self) {
        List<JsonValue> items = queue.items();
        for (String order : ORDERS) {
            if (job(queue, order) == null && place(items, order) < 0) {
                add(queue, order);
            }
        }
    }

    @Override
    public String describe(JsonObject operation) {
        String name = Texts.word(operation, "opName");
        return name.equals("add") ? "add " + Texts.shown(operation.get("deserializedValue")) : name + " order";
    }

    @Override
    public String refusal(List<ChannelEvent> events) {
        for (ChannelEvent event : events) {
            if (event instanceof QueueEvent.Missed) {
                return "too late";
            }
        }
        return "";
    }

    /* A board of hooks: slips that wait hang on the upper rail, those in hand on the lower one. */
    @Override
    public List<Shape> drawing(ConsensusQueue queue, Crew crew) {
        List<Shape> shapes = new ArrayList<>();
        rail(shapes, 10, "waiting", queue.items().size());
        rail(shapes, 52, "in hand", queue.jobs().size());
        if (desks.of(queue).waits(NEXT)) {
            shapes.add(Shape.line("draft-line", 100, 42, 100, 58));
        }
        return shapes;
    }

    private static void rail(List<Shape> shapes, int y, String name, int slips) {
        shapes.add(Shape.line("ink", 70, y, 316, y));
        shapes.add(Shape.text("", 4, y + 14, name));
        for (int i = 0; i < Math.min(8, slips); i++) {
            shapes.add(Shape.rect("earth", 82 + i * 29, y, 20, 26));
        }
    }
}
