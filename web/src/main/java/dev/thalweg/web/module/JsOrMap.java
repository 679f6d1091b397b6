package dev.thalweg.web.module;

import dev.thalweg.dds.ormap.OrMapEvent;
import dev.thalweg.dds.ormap.SharedOrMap;
import dev.thalweg.json.JsonObject;
import org.teavm.jso.JSClass;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/** Rows that come and go, of which an opening outlives a removal made at the same time. */
@JSClass(name = "SharedOrMap")
public abstract class JsOrMap extends JsLattice<OrMapEvent> {
    final SharedOrMap map;

    JsOrMap(JsContainer container, SharedOrMap map) {
        super(container, map);
        this.map = map;
    }

    @JSExport
    public JSObject keys() {
        return Js.out(map.keys());
    }

    @JSExport
    @JSProperty
    public int getSize() {
        return map.size();
    }

    @JSExport
    public boolean has(JSObject key) {
        return map.has(Js.text(key, "key"));
    }

    @JSExport
    public boolean pending(JSObject key) {
        return map.pending(Js.text(key, "key"));
    }

    @JSExport
    public boolean removing(JSObject key) {
        return map.removing(Js.text(key, "key"));
    }

    @JSExport
    public void open(JSObject key) {
        map.open(Js.text(key, "key"));
    }

    @JSExport
    public boolean remove(JSObject key) {
        return map.remove(Js.text(key, "key"));
    }

    @Override
    JsonObject describe(OrMapEvent event) {
        return switch (event) {
            case OrMapEvent.Opened opened -> Plain.event("opened", event).put("key", opened.key())
                    .put("value", opened.value()).build();
            case OrMapEvent.Tallied tallied -> Plain.event("tallied", event).put("key", tallied.key())
                    .put("amount", tallied.amount()).put("newValue", tallied.newValue()).build();
            case OrMapEvent.Written written -> Plain.event("written", event).put("key", written.key())
                    .put("value", written.value()).put("previousValue", written.previous()).build();
            case OrMapEvent.Striking striking -> Plain.event("striking", event).put("key", striking.key())
                    .put("striking", striking.striking()).build();
            case OrMapEvent.Removed removed -> Plain.event("removed", event).put("key", removed.key()).build();
        };
    }
}
