package dev.thalweg.web.module;

import dev.thalweg.json.JsonValue;
import dev.thalweg.presence.Attendee;
import dev.thalweg.presence.Presence;
import dev.thalweg.presence.Workspace;
import dev.thalweg.schema.Codecs;
import dev.thalweg.schema.Reading;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSClass;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;

/** A named group of values. */
@JSClass(name = "Workspace")
public final class JsWorkspace {
    private final Presence presence;
    private final Workspace workspace;

    JsWorkspace(Presence presence, Workspace workspace) {
        this.presence = presence;
        this.workspace = workspace;
    }

    @JSExport
    public Object latest(JSObject name, JSObject ttlMillis) {
        return new JsLatest(presence, workspace.latest(Js.text(name, "name"), Codecs.JSON, ttl(ttlMillis)));
    }

    @JSExport
    public Object latestMap(JSObject name, JSObject ttlMillis) {
        return new JsLatestMap(presence, workspace.latestMap(Js.text(name, "name"), Codecs.JSON, ttl(ttlMillis)));
    }

    /** The attendee of an id, or null when there is none. */
    static @Nullable Attendee attendee(Presence presence, JSObject id) {
        return presence.attendee(Js.text(id, "attendeeId"));
    }

    /** A value that was read; whatever is there is JSON. */
    static JSObject out(Reading<JsonValue> reading) {
        return reading instanceof Reading.Decoded<JsonValue> decoded ? Js.out(decoded.value()) : Js.undefined();
    }

    private static double ttl(JSObject ttlMillis) {
        return Js.missing(ttlMillis) ? 0 : Js.number(ttlMillis, "ttlMillis");
    }
}
