package dev.thalweg.web.module;

import dev.thalweg.dds.tasks.TaskEvent;
import dev.thalweg.dds.tasks.TaskManager;
import dev.thalweg.dds.tasks.TaskOutcome;
import dev.thalweg.json.JsonObject;
import org.teavm.jso.JSClass;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;
import org.teavm.jso.core.JSPromise;

/** Tasks of which each is done by one client at a time. */
@JSClass(name = "TaskManager")
public final class JsTasks extends JsChannel<TaskEvent> {
    private final TaskManager tasks;

    JsTasks(JsContainer container, TaskManager tasks) {
        super(container, tasks);
        this.tasks = tasks;
    }

    /** What {@code initialObjects} and {@code create} know it by. */
    @JSExport
    public static String type() {
        return TaskManager.TYPE.attributes().type();
    }

    @JSExport
    public boolean assigned(JSObject task) {
        return tasks.assigned(Js.text(task, "task"));
    }

    @JSExport
    public boolean queued(JSObject task) {
        return tasks.queued(Js.text(task, "task"));
    }

    @JSExport
    public boolean subscribed(JSObject task) {
        return tasks.subscribed(Js.text(task, "task"));
    }

    @JSExport
    @JSProperty
    public boolean isCanVolunteer() {
        return tasks.canVolunteer();
    }

    @JSExport
    public JSObject tasks() {
        return Js.out(tasks.tasks());
    }

    @JSExport
    public JSObject queue(JSObject task) {
        return Js.out(tasks.queue(Js.text(task, "task")));
    }

    @JSExport
    public JSPromise<Object> volunteerForTask(JSObject task) {
        return Promises.<TaskOutcome>outcome(outcome -> tasks.volunteer(Js.text(task, "task"), outcome),
                outcome -> Js.out(switch (outcome) {
                    case TaskOutcome.Assigned assigned -> Plain.outcome("assigned").build();
                    case TaskOutcome.Completed completed -> Plain.outcome("completed").build();
                    case TaskOutcome.Abandoned abandoned -> Plain.outcome("abandoned").build();
                    case TaskOutcome.Disconnected disconnected -> Plain.outcome("disconnected").build();
                    case TaskOutcome.Aborted aborted -> Plain.outcome("aborted").build();
                    case TaskOutcome.Unknown unknown -> Plain.unknown(unknown.reason()).build();
                }));
    }

    @JSExport
    public void subscribeToTask(JSObject task) {
        tasks.subscribe(Js.text(task, "task"));
    }

    @JSExport
    public void abandon(JSObject task) {
        tasks.abandon(Js.text(task, "task"));
    }

    @JSExport
    public void complete(JSObject task) {
        tasks.complete(Js.text(task, "task"));
    }

    @Override
    JsonObject describe(TaskEvent event) {
        return switch (event) {
            case TaskEvent.Queued queued -> Plain.event("queued", event).put("taskId", queued.task())
                    .put("clientId", queued.clientId()).build();
            case TaskEvent.Left left -> Plain.event("left", event).put("taskId", left.task())
                    .put("clientId", left.clientId()).build();
            case TaskEvent.Completed completed -> Plain.event("completed", event).put("taskId", completed.task())
                    .build();
            case TaskEvent.Assigned assigned -> Plain.event("assigned", event).put("taskId", assigned.task()).build();
            case TaskEvent.Lost lost -> Plain.event("lost", event).put("taskId", lost.task()).build();
            case TaskEvent.RolledBack taken -> Plain.event("rolledBack", event).put("taskId", taken.task()).build();
        };
    }
}
