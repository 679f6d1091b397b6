package dev.thalweg.web.module;

import dev.thalweg.dds.counter.CounterEvent;
import dev.thalweg.dds.counter.SharedCounter;
import dev.thalweg.json.JsonObject;
import org.teavm.jso.JSClass;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/** A number to which clients add. */
@JSClass(name = "SharedCounter")
public final class JsCounter extends JsChannel<CounterEvent> {
    private final SharedCounter counter;

    JsCounter(JsContainer container, SharedCounter counter) {
        super(container, counter);
        this.counter = counter;
    }

    /** What {@code initialObjects} and {@code create} know it by. */
    @JSExport
    public static String type() {
        return SharedCounter.TYPE.attributes().type();
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
    JsonObject describe(CounterEvent event) {
        return switch (event) {
            case CounterEvent.Incremented incremented -> Plain.event("incremented", event)
                    .put("incrementAmount", incremented.amount()).put("newValue", incremented.newValue()).build();
        };
    }
}
