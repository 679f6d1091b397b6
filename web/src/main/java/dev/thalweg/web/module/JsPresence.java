package dev.thalweg.web.module;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.presence.Attendee;
import dev.thalweg.presence.Presence;
import dev.thalweg.presence.PresenceEvent;
import java.util.ArrayList;
import java.util.List;
import org.teavm.jso.JSClass;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/** Who is at a document and what they are just doing. */
@JSClass(name = "Presence")
public final class JsPresence {
    private final Presence presence;

    JsPresence(Presence presence) {
        this.presence = presence;
    }

    @JSExport
    @JSProperty
    public String getMyself() {
        return presence.myself();
    }

    @JSExport
    public JSObject attendees() {
        List<JsonValue> attendees = new ArrayList<>();
        for (Attendee attendee : presence.attendees()) {
            attendees.add(describe(attendee));
        }
        return Js.array(attendees);
    }

    @JSExport
    public Object workspace(JSObject name) {
        return new JsWorkspace(presence, presence.workspace(Js.text(name, "name")));
    }

    @JSExport
    public void dispose() {
        presence.dispose();
    }

    /** Hears what happens. @return a function that ends this */
    @JSExport
    public JSObject on(JSObject event, JSObject listener) {
        Hearer hearer = Hearer.of(event, listener);
        return Hearer.unsubscribe(presence.subscribe(happened -> hearer.hear(switch (happened) {
            case PresenceEvent.AttendeeConnected connected -> Plain.event("attendeeConnected")
                    .put("attendee", describe(connected.attendee())).build();
            case PresenceEvent.AttendeeDisconnected disconnected -> Plain.event("attendeeDisconnected")
                    .put("attendee", describe(disconnected.attendee())).build();
            case PresenceEvent.AttendeeForgotten forgotten -> Plain.event("attendeeForgotten")
                    .put("attendee", describe(forgotten.attendee())).build();
            case PresenceEvent.ValueChanged changed -> Plain.event("valueChanged")
                    .put("attendee", describe(changed.attendee())).put("workspace", changed.workspace())
                    .put("name", changed.name()).put("key", changed.key()).build();
        })));
    }

    private static JsonObject describe(Attendee attendee) {
        return Plain.object().put("id", attendee.id()).put("clientId", attendee.clientId())
                .put("connected", attendee.status() == Attendee.Status.CONNECTED).build();
    }
}
