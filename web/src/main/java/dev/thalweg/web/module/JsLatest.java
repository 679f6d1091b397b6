package dev.thalweg.web.module;

import dev.thalweg.json.JsonValue;
import dev.thalweg.presence.Attendee;
import dev.thalweg.presence.Latest;
import dev.thalweg.presence.Presence;
import org.teavm.jso.JSClass;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/** One value of each attendee. */
@JSClass(name = "Latest")
public final class JsLatest {
    private final Presence presence;
    private final Latest<JsonValue> latest;

    JsLatest(Presence presence, Latest<JsonValue> latest) {
        this.presence = presence;
        this.latest = latest;
    }

    @JSExport
    @JSProperty
    public JSObject getLocal() {
        return JsWorkspace.out(latest.local());
    }

    @JSExport
    public void set(JSObject value) {
        latest.set(Js.value(value, "value"));
    }

    @JSExport
    public void clear() {
        latest.clear();
    }

    @JSExport
    public JSObject remote(JSObject attendeeId) {
        Attendee attendee = JsWorkspace.attendee(presence, attendeeId);
        return attendee == null ? Js.undefined() : JsWorkspace.out(latest.remote(attendee));
    }
}
