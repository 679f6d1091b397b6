package dev.thalweg.web.module;

import dev.thalweg.json.JsonValue;
import dev.thalweg.presence.Attendee;
import dev.thalweg.presence.LatestMap;
import dev.thalweg.presence.Presence;
import java.util.List;
import org.teavm.jso.JSClass;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;

/** Keys with a value each, of each attendee. */
@JSClass(name = "LatestMap")
public final class JsLatestMap {
    private final Presence presence;
    private final LatestMap<JsonValue> map;

    JsLatestMap(Presence presence, LatestMap<JsonValue> map) {
        this.presence = presence;
        this.map = map;
    }

    @JSExport
    public JSObject local(JSObject key) {
        return JsWorkspace.out(map.local(Js.text(key, "key")));
    }

    @JSExport
    public JSObject keys() {
        return Js.out(map.keys());
    }

    @JSExport
    public void set(JSObject key, JSObject value) {
        map.set(Js.text(key, "key"), Js.value(value, "value"));
    }

    @JSExport
    public void delete(JSObject key) {
        map.delete(Js.text(key, "key"));
    }

    @JSExport
    public JSObject remote(JSObject attendeeId, JSObject key) {
        Attendee attendee = JsWorkspace.attendee(presence, attendeeId);
        return attendee == null ? Js.undefined() : JsWorkspace.out(map.remote(attendee, Js.text(key, "key")));
    }

    @JSExport
    public JSObject remoteKeys(JSObject attendeeId) {
        Attendee attendee = JsWorkspace.attendee(presence, attendeeId);
        return Js.out(attendee == null ? List.<String>of() : map.keys(attendee));
    }
}
