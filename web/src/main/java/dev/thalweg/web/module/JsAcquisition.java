package dev.thalweg.web.module;

import dev.thalweg.dds.queue.Acquisition;
import dev.thalweg.dds.queue.CompleteOutcome;
import org.teavm.jso.JSClass;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;
import org.teavm.jso.core.JSPromise;

/** An item of a queue in this client's hand. */
@JSClass(name = "Acquisition")
public final class JsAcquisition {
    private final Acquisition acquisition;

    JsAcquisition(Acquisition acquisition) {
        this.acquisition = acquisition;
    }

    @JSExport
    @JSProperty
    public String getId() {
        return acquisition.id();
    }

    @JSExport
    @JSProperty
    public JSObject getValue() {
        return Js.out(acquisition.value());
    }

    @JSExport
    @JSProperty
    public boolean isOver() {
        return acquisition.over();
    }

    @JSExport
    public JSPromise<Object> complete() {
        return Promises.<CompleteOutcome>outcome(acquisition::complete, outcome -> Js.out(switch (outcome) {
            case CompleteOutcome.Completed completed -> Plain.outcome("completed").build();
            case CompleteOutcome.Returned returned -> Plain.outcome("returned").build();
            case CompleteOutcome.Aborted aborted -> Plain.outcome("aborted").build();
            case CompleteOutcome.Unknown unknown -> Plain.unknown(unknown.reason()).build();
        }));
    }

    @JSExport
    public void release() {
        acquisition.release();
    }
}
