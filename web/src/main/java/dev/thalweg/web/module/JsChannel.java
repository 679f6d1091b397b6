package dev.thalweg.web.module;

import dev.thalweg.dds.ChannelEvent;
import dev.thalweg.dds.SharedObject;
import dev.thalweg.json.JsonObject;
import org.teavm.jso.JSClass;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/**
 * What all structures have in common.
 *
 * @param <E> their events
 */
@JSClass(name = "SharedObject")
public abstract class JsChannel<E extends ChannelEvent> {
    private final JsContainer container;
    private final SharedObject<?, E> object;

    JsChannel(JsContainer container, SharedObject<?, E> object) {
        this.container = container;
        this.object = object;
    }

    /** An event as JavaScript hears it. */
    abstract JsonObject describe(E event);

    /** What it stands for. */
    SharedObject<?, E> object() {
        return object;
    }

    /** Its address in its data store. */
    @JSExport
    @JSProperty
    public String getId() {
        return object.id();
    }

    /** Its reference, to be stored in a value. */
    @JSExport
    @JSProperty
    public JSObject getHandle() {
        return Js.out(container.container().handle(object).toJson());
    }

    /** How many of its edits were made here and are not acknowledged. */
    @JSExport
    @JSProperty
    public int getPendingCount() {
        return container.container().pendingCount(object);
    }

    /** Hears events. @return a function that ends this */
    @JSExport
    public JSObject on(JSObject event, JSObject listener) {
        Hearer hearer = Hearer.of(event, listener);
        return Hearer.unsubscribe(object.subscribe(happened -> hearer.hear(describe(happened))));
    }
}
