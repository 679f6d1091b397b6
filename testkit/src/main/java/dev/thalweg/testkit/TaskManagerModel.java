package dev.thalweg.testkit;

import dev.thalweg.dds.ChannelEvent;
import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.Listener;
import dev.thalweg.dds.tasks.TaskEvent;
import dev.thalweg.dds.tasks.TaskManager;
import dev.thalweg.dds.tasks.TaskOutcome;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Calls: {@code {"m":"volunteer","t":"t1"}}, {@code subscribe}, {@code abandon}, {@code complete}. State: {@code queues},
 * pairs of task and queue by task, and {@code me}, for t1 and t2 whether the client has the
 * task, stands in line, is subscribed.
 */
final class TaskManagerModel implements StructureModel<TaskManager> {
    private static final List<String> OWN = List.of("t1", "t2");
    private static final List<String> TASKS = List.of("t1", "t2", "t1", "t2", "", "🌊");

    @Override
    public String name() {
        return "taskManager";
    }

    @Override
    public ChannelType<TaskManager> type() {
        return TaskManager.TYPE;
    }

    @Override
    public JsonValue generate(Rng rng, TaskManager channel) {
        String verb = switch (rng.weighted(40, 20, 20, 20)) {
            case 0 -> "volunteer";
            case 1 -> "subscribe";
            case 2 -> "abandon";
            default -> "complete";
        };
        String task = rng.pick(TASKS);
        for (int i = 0; verb.equals("complete") && !channel.assigned(task) && i < 4; i++) {
            task = rng.pick(TASKS);
        }
        return JsonObject.builder().put("m", verb).put("t", task).build();
    }

    @Override
    public @Nullable JsonValue perform(TaskManager channel, JsonValue call) {
        return perform(channel, call, new Once<>(call));
    }

    @Override
    public Caller caller(TaskManager channel, Answers answers) {
        return (id, call) -> {
            boolean connected = channel.canVolunteer();
            return perform(channel, call, new Once<>(call,
                    outcome -> answers.resolve(id, spell(outcome, connected), 0)));
        };
    }

    private static @Nullable JsonValue perform(TaskManager channel, JsonValue call, Listener<TaskOutcome> outcome) {
        String task = Calls.string(call, "t");
        switch (Calls.verb(call)) {
            case "volunteer" -> channel.volunteer(task, outcome);
            case "subscribe" -> channel.subscribe(task);
            case "abandon" -> channel.abandon(task);
            case "complete" -> {
                if (!channel.assigned(task)) {
                    return refused(channel, task);
                }
                channel.complete(task);
            }
            default -> throw Calls.unknown(call);
        }
        return null;
    }

    private static JsonValue refused(TaskManager channel, String task) {
        try {
            channel.complete(task);
        } catch (IllegalStateException e) {
            return JsonObject.of("threw",
                    JsonValue.of("Attempted to mark task as complete while not being assigned"));
        }
        throw new IllegalStateException("a task that was not assigned could be completed: " + task);
    }

    /** As Fluid's promise would be settled. @param connected whether the client was when it volunteered */
    private static JsonValue spell(TaskOutcome outcome, boolean connected) {
        return switch (outcome) {
            case TaskOutcome.Assigned assigned -> JsonValue.of(true);
            case TaskOutcome.Completed completed -> JsonValue.of(false);
            case TaskOutcome.Abandoned abandoned -> rejected("Abandoned before acquiring task assignment");
            case TaskOutcome.Disconnected disconnected -> rejected(connected
                    ? "Disconnected before acquiring task assignment"
                    : "Attempted to volunteer in disconnected state");
            case TaskOutcome.Aborted aborted -> JsonValue.of(false);
            case TaskOutcome.Unknown unknown -> rejected(unknown.reason());
        };
    }

    private static JsonValue rejected(String message) {
        return JsonObject.of("rejected", JsonValue.of(message));
    }

    @Override
    public JsonValue state(TaskManager channel) {
        Map<String, JsonValue> queues = new TreeMap<>();
        for (String task : channel.tasks()) {
            queues.put(task, JsonArray.of(JsonValue.of(task), JsonArray.ofStrings(channel.queue(task))));
        }
        List<JsonValue> own = new ArrayList<>();
        for (String task : OWN) {
            own.add(JsonArray.of(JsonValue.of(channel.assigned(task)), JsonValue.of(channel.queued(task)),
                    JsonValue.of(channel.subscribed(task))));
        }
        return JsonObject.builder().put("queues", new JsonArray(new ArrayList<>(queues.values())))
                .put("me", new JsonArray(own)).build();
    }

    /** The queues, by task. */
    @Override
    public JsonValue shared(JsonValue state) {
        Map<String, JsonValue> sorted = new TreeMap<>();
        for (JsonValue pair : Fields.array(state, "queues").values()) {
            if (pair instanceof JsonArray array && array.get(0) instanceof JsonString task) {
                sorted.put(task.value(), array);
            }
        }
        return new JsonArray(new ArrayList<>(sorted.values()));
    }

    /** A subscription that sent nothing cannot be taken back. */
    @Override
    public JsonValue restored(JsonValue state, List<JsonValue> calls) {
        return shared(state);
    }

    @Override
    public JsonValue event(ChannelEvent event) {
        return switch ((TaskEvent) event) {
            case TaskEvent.Assigned assigned -> event("assigned", assigned);
            case TaskEvent.Lost lost -> event("lost", lost);
            case TaskEvent.Completed completed -> event("completed", completed);
            case TaskEvent.Queued queued -> event("queued", queued);
            case TaskEvent.Left left -> event("left", left);
            case TaskEvent.RolledBack taken -> event("rolledBack", taken);
        };
    }

    /** Fluid tells what concerns its own client, and nothing of the others in the queue. */
    @Override
    public List<JsonValue> events(ChannelEvent event) {
        return switch ((TaskEvent) event) {
            case TaskEvent.Assigned assigned -> List.of(event(event));
            case TaskEvent.Lost lost -> List.of(event(event));
            case TaskEvent.Completed completed -> List.of(event(event));
            case TaskEvent.Queued queued -> List.of();
            case TaskEvent.Left left -> List.of();
            case TaskEvent.RolledBack taken -> List.of();
        };
    }

    private static JsonValue event(String name, TaskEvent event) {
        return JsonArray.of(JsonValue.of(name), JsonValue.of(event.task()));
    }

    /**
     * When the connection drops, Fluid tells twice that a task is lost, and forgets the place of its queue among the
     * others; records say so.
     */
    @Override
    public JsonObject recordedStep(JsonObject step) {
        JsonObject ours = step;
        if (Fields.string(step, "a").equals("disc") && step.has("events")) {
            Set<JsonValue> once = new LinkedHashSet<>(Fields.array(step, "events").values());
            ours = ours.with("events", new JsonArray(new ArrayList<>(once)));
        }
        for (String name : List.of("state", "loaded")) {
            if (ours.get(name) instanceof JsonObject state) {
                ours = ours.with(name, state.with("queues", shared(state)));
            }
        }
        return ours;
    }

    @Override
    public Follower follow(TaskManager channel) {
        return new TaskFollower(channel);
    }

    /** Goes down the line with a list for each task. */
    @Override
    public JsonValue expectedOfLine(JsonArray line) {
        Set<String> here = new LinkedHashSet<>();
        Map<String, List<String>> queues = new TreeMap<>();
        for (JsonValue entry : line.values()) {
            String client = Fields.string(entry, "client");
            switch (Fields.string(entry, "type")) {
                case "join" -> here.add(client);
                case "leave" -> {
                    here.remove(client);
                    queues.values().forEach(queue -> queue.remove(client));
                }
                default -> {
                    for (JsonValue operation : Fields.array(entry, "contents").values()) {
                        List<String> queue = queues.computeIfAbsent(Fields.string(operation, "taskId"),
                                task -> new ArrayList<>());
                        switch (Fields.string(operation, "type")) {
                            case "volunteer" -> {
                                if (here.contains(client) && !queue.contains(client)) {
                                    queue.add(client);
                                }
                            }
                            case "abandon" -> queue.remove(client);
                            default -> queue.clear();
                        }
                    }
                }
            }
        }
        Map<String, JsonValue> rows = new TreeMap<>();
        queues.forEach((task, queue) -> {
            if (!queue.isEmpty()) {
                rows.put(task, JsonArray.of(JsonValue.of(task), JsonArray.ofStrings(queue)));
            }
        });
        return new JsonArray(new ArrayList<>(rows.values()));
    }
}
