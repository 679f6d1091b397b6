package dev.thalweg.web.sheet;

import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.tasks.TaskManager;
import dev.thalweg.dds.tasks.TaskOutcome;
import dev.thalweg.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Watches in a TaskManager: a race is two crews volunteering for the same one. */
final class TaskSheet implements Sheet<TaskManager> {
    private static final String[] WATCHES = {"gate-watch", "pump-watch", "log-book"};
    private static final String FREE = "free";

    private final Desk.All<TaskManager, Boolean> desks = new Desk.All<>();

    @Override
    public String id() {
        return "tasks";
    }

    @Override
    public String title() {
        return "Night watches";
    }

    @Override
    public String structure() {
        return "TaskManager";
    }

    @Override
    public Group group() {
        return Group.CONSENSUS;
    }

    @Override
    public String rule() {
        return "The first to volunteer has the watch and the others stand in line; who loses the link loses the place.";
    }

    @Override
    public ChannelType<TaskManager> type() {
        return TaskManager.TYPE;
    }

    /* Nobody watches at first. */
    @Override
    public void seed(TaskManager tasks) {}

    @Override
    public List<Row> rows(TaskManager tasks, Crew crew) {
        List<Row> rows = new ArrayList<>();
        for (String watch : WATCHES) {
            List<String> line = tasks.queue(watch);
            StringBuilder then = new StringBuilder(desks.of(tasks).note(watch));
            for (int i = 1; i < line.size(); i++) {
                then.append(then.isEmpty() ? "then " : ", ").append(crew.name(line.get(i)));
            }
            boolean pending = pending(tasks, watch);
            List<Move> moves = new ArrayList<>();
            if (tasks.assigned(watch)) {
                moves.add(new Move(Action.COMPLETE, "complete", "Say that " + watch + " is done", !pending));
            }
            if (tasks.queued(watch)) {
                moves.add(new Move(Action.ABANDON, "abandon", "Leave the line for " + watch, !pending));
            } else {
                moves.add(new Move(Action.VOLUNTEER, "volunteer", "Volunteer for " + watch,
                        !pending && tasks.canVolunteer()));
            }
            rows.add(new Row(watch, line.isEmpty() ? FREE : crew.name(line.get(0)), "", pending, Row.Look.WORD,
                    then.toString(), moves));
        }
        return rows;
    }

    /** Whether this client has asked for something that has not been sequenced. */
    private boolean pending(TaskManager tasks, String watch) {
        Boolean wanted = desks.of(tasks).things().get(watch);
        if (wanted != null && (wanted == tasks.queued(watch) || !tasks.canVolunteer())) {
            desks.of(tasks).things().remove(watch);
            return false;
        }
        return wanted != null;
    }

    @Override
    public void act(TaskManager tasks, String key, Action action, String self) {
        switch (action) {
            case VOLUNTEER -> volunteer(tasks, key);
            case ABANDON -> abandon(tasks, key);
            case COMPLETE -> {
                if (tasks.assigned(key)) {
                    desks.of(tasks).things().put(key, false);
                    tasks.complete(key);
                }
            }
            default -> throw Texts.cannot(this, action);
        }
    }

    private void volunteer(TaskManager tasks, String watch) {
        Desk<Boolean> desk = desks.of(tasks);
        desk.things().put(watch, true);
        desk.file(watch, "");
        tasks.volunteer(watch, outcome -> desk.settle(watch, switch (outcome) {
            case TaskOutcome.Assigned assigned -> "";
            case TaskOutcome.Abandoned abandoned -> "";
            case TaskOutcome.Completed completed -> {
                desk.things().remove(watch);
                yield "done by another before this turn came";
            }
            case TaskOutcome.Disconnected disconnected -> "no connection: the place in line is lost";
            case TaskOutcome.Aborted aborted -> "taken back before it was sent";
            case TaskOutcome.Unknown unknown -> "outcome unknown: " + unknown.reason();
        }));
    }

    private void abandon(TaskManager tasks, String watch) {
        desks.of(tasks).things().put(watch, false);
        tasks.abandon(watch);
    }

    @Override
    public String raceLabel() {
        return "Race: both volunteer";
    }

    @Override
    public @Nullable Race plan(TaskManager tasks, double chance) {
        List<String> free = new ArrayList<>();
        for (String watch : WATCHES) {
            if (tasks.queue(watch).isEmpty() && !pending(tasks, watch)) {
                free.add(watch);
            }
        }
        return free.isEmpty() ? null : new Race(free.get((int) (chance * free.size())), 0);
    }

    @Override
    public void race(TaskManager tasks, Race race, Side side, String self) {
        if (tasks.canVolunteer()) {
            volunteer(tasks, race.key());
        }
    }

    @Override
    public void relinquish(TaskManager tasks) {
        for (String watch : WATCHES) {
            if (tasks.queued(watch)) {
                abandon(tasks, watch);
            }
        }
        desks.of(tasks).clear();
    }

    /* Everyone has left the lines by now, and there is nothing else to bring back. */
    @Override
    public void reset(TaskManager tasks, String self) {}

    @Override
    public String describe(JsonObject operation) {
        return Texts.word(operation, "type") + " " + Texts.word(operation, "taskId");
    }

    /* A lamp for each watch, lit when somebody has it, and a stool for everyone in line. */
    @Override
    public List<Shape> drawing(TaskManager tasks, Crew crew) {
        List<Shape> shapes = new ArrayList<>();
        for (int i = 0; i < WATCHES.length; i++) {
            int left = 16 + i * 104;
            List<String> line = tasks.queue(WATCHES[i]);
            shapes.add(Shape.line("ink", left, 76, left, 22));
            shapes.add(
                    Shape.ellipse(pending(tasks, WATCHES[i]) ? "draft" : line.isEmpty() ? "paper" : "water", left, 16,
                            9, 9));
            for (int j = 0; j < Math.min(4, line.size()); j++) {
                shapes.add(Shape.rect(j == 0 ? "earth" : "paper", left + 12 + j * 19, 54, 14, 22));
            }
            shapes.add(Shape.text("", left - 10, 89, WATCHES[i]));
        }
        shapes.add(Shape.line("ink", 4, 77, 316, 77));
        return shapes;
    }
}
