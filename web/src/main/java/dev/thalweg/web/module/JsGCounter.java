package dev.thalweg.web.module;

import dev.thalweg.dds.gcounter.GCounterEvent;
import dev.thalweg.dds.gcounter.SharedGCounter;
import dev.thalweg.json.JsonObject;
import org.teavm.jso.JSClass;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/** A number that only grows. */
@JSClass(name = "SharedGCounter")
public final class JsGCounter extends JsLattice<GCounterEvent> {
    private final SharedGCounter counter;

    JsGCounter(JsContainer container, SharedGCounter counter) {
        super(container, counter);
        this.counter = counter;
    }

    /** What {@code initialObjects} and {@code create} know it by. */
    @JSExport
    public static String type() {
        return SharedGCounter.TYPE.attributes().type();
    }

    @JSExport
    @JSProperty
    public double getValue() {
        return counter.value();
    }

    @JSExport
    @JSProperty
    public double getSequencedValue() {
        return counter.sequencedValue();
    }

    @JSExport
    public void increment(JSObject amount) {
        counter.increment(Js.whole(amount, "amount"));
    }

    @Override
    JsonObject describe(GCounterEvent event) {
        return switch (event) {
            case GCounterEvent.Incremented incremented -> Plain.event("incremented", event)
                    .put("amount", incremented.amount()).put("newValue", incremented.newValue()).build();
        };
    }
}
