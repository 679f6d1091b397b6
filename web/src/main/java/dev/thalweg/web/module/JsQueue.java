package dev.thalweg.web.module;

import dev.thalweg.dds.queue.AcquireOutcome;
import dev.thalweg.dds.queue.AddOutcome;
import dev.thalweg.dds.queue.ConsensusQueue;
import dev.thalweg.dds.queue.Job;
import dev.thalweg.dds.queue.QueueEvent;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.teavm.jso.JSClass;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;
import org.teavm.jso.core.JSPromise;

/** A queue from which each item goes to one client. */
@JSClass(name = "ConsensusQueue")
public final class JsQueue extends JsChannel<QueueEvent> {
    private final ConsensusQueue queue;

    JsQueue(JsContainer container, ConsensusQueue queue) {
        super(container, queue);
        this.queue = queue;
    }

    /** What {@code initialObjects} and {@code create} know it by. */
    @JSExport
    public static String type() {
        return ConsensusQueue.TYPE.attributes().type();
    }

    @JSExport
    @JSProperty
    public int getSize() {
        return queue.size();
    }

    @JSExport
    public JSObject items() {
        return Js.array(queue.items());
    }

    @JSExport
    public JSObject jobs() {
        List<JsonValue> jobs = new ArrayList<>();
        for (Job job : queue.jobs()) {
            jobs.add(Plain.object().put("acquireId", job.acquireId()).put("value", job.value())
                    .put("clientId", job.clientId()).build());
        }
        return Js.array(jobs);
    }

    @JSExport
    public JSPromise<Object> add(JSObject value) {
        return Promises.<AddOutcome>outcome(outcome -> queue.add(Js.value(value, "value"), outcome),
                outcome -> Js.out(switch (outcome) {
                    case AddOutcome.Added added -> Plain.outcome("added").build();
                    case AddOutcome.Aborted aborted -> Plain.outcome("aborted").build();
                    case AddOutcome.Unknown unknown -> Plain.unknown(unknown.reason()).build();
                }));
    }

    @JSExport
    public JSPromise<Object> acquire() {
        return Promises.<AcquireOutcome>outcome(queue::acquire, JsQueue::acquired);
    }

    @JSExport
    public JSPromise<Object> waitAndAcquire() {
        return Promises.<AcquireOutcome>outcome(queue::waitAndAcquire, JsQueue::acquired);
    }

    private static Object acquired(AcquireOutcome outcome) {
        return switch (outcome) {
            case AcquireOutcome.Acquired acquired -> {
                JSObject result = Js.out(Plain.outcome("acquired").build());
                Js.define(result, "acquisition", new JsAcquisition(acquired.acquisition()));
                yield result;
            }
            case AcquireOutcome.Empty empty -> Js.out(Plain.outcome("empty").build());
            case AcquireOutcome.Aborted aborted -> Js.out(Plain.outcome("aborted").build());
            case AcquireOutcome.Unknown unknown -> Js.out(Plain.unknown(unknown.reason()).build());
        };
    }

    @Override
    JsonObject describe(QueueEvent event) {
        return switch (event) {
            case QueueEvent.Added added -> Plain.event("add", event).put("value", added.value())
                    .put("newlyAdded", added.newlyAdded()).put("returnedFrom", added.returnedFrom()).build();
            case QueueEvent.Acquired acquired -> Plain.event("acquire", event).put("acquireId", acquired.acquireId())
                    .put("value", acquired.value()).put("clientId", acquired.clientId()).build();
            case QueueEvent.Completed completed -> Plain.event("complete", event)
                    .put("acquireId", completed.acquireId()).put("value", completed.value()).build();
            case QueueEvent.LocalReleased released -> Plain.event("localRelease", event)
                    .put("acquireId", released.acquireId()).put("value", released.value())
                    .put("intentional", released.intentional()).build();
            case QueueEvent.Missed missed -> Plain.event("missed", event).build();
            case QueueEvent.Aborted aborted -> Plain.event("aborted", event).build();
        };
    }
}
