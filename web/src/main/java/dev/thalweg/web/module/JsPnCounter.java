package dev.thalweg.web.module;

import dev.thalweg.dds.pncounter.PnCounterEvent;
import dev.thalweg.dds.pncounter.SharedPnCounter;
import dev.thalweg.json.JsonObject;
import org.teavm.jso.JSClass;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/** A number to which clients add and from which they take. */
@JSClass(name = "SharedPnCounter")
public final class JsPnCounter extends JsLattice<PnCounterEvent> {
    private final SharedPnCounter counter;

    JsPnCounter(JsContainer container, SharedPnCounter counter) {
        super(container, counter);
        this.counter = counter;
    }

    /** What {@code initialObjects} and {@code create} know it by. */
    @JSExport
    public static String type() {
        return SharedPnCounter.TYPE.attributes().type();
    }

    @JSExport
    @JSProperty
    public double getValue() {
        return counter.value();
    }

    @JSExport
    @JSProperty
    public double getIncrements() {
        return counter.increments();
    }

    @JSExport
    @JSProperty
    public double getDecrements() {
        return counter.decrements();
    }

    @JSExport
    @JSProperty
    public double getSequencedValue() {
        return counter.sequencedValue();
    }

    @JSExport
    public void update(JSObject amount) {
        counter.update(Js.whole(amount, "amount"));
    }

    @Override
    JsonObject describe(PnCounterEvent event) {
        return switch (event) {
            case PnCounterEvent.Updated updated -> Plain.event("updated", event).put("amount", updated.amount())
                    .put("newValue", updated.newValue()).build();
        };
    }
}
