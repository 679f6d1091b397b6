package dev.thalweg.web.module;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonString;
import dev.thalweg.platform.Subscription;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** A JavaScript function that hears events of one name, or of all when the name is {@code *}. */
final class Hearer {
    private final String name;
    private final JSObject listener;

    private Hearer(String name, JSObject listener) {
        this.name = name;
        this.listener = listener;
    }

    /** Called to hear no more. */
    @JSFunctor
    interface Unsubscribe extends JSObject {
        void run();
    }

    /** From the arguments of {@code on}. */
    static Hearer of(JSObject name, JSObject listener) {
        return new Hearer(Js.text(name, "event"), Js.function(listener, "listener"));
    }

    /** Tells the function, if it is its event. */
    void hear(JsonObject event) {
        if (name.equals("*") || event.get("type") instanceof JsonString type && type.value().equals(name)) {
            call(listener, Js.out(event));
        }
    }

    /** Tells the function, if it is its event, of something that is no JSON. */
    void hear(String event, String member, JSObject value) {
        if (name.equals("*") || name.equals(event)) {
            JSObject told = Js.out(Plain.event(event).build());
            Js.define(told, member, value);
            call(listener, told);
        }
    }

    /** What {@code on} returns. */
    static JSObject unsubscribe(Subscription subscription) {
        return function(subscription::cancel);
    }

    @JSBody(params = "end", script = "return end;")
    private static native JSObject function(Unsubscribe end);

    @JSBody(params = {"listener", "event"}, script = "listener(event);")
    private static native void call(JSObject listener, JSObject event);
}
