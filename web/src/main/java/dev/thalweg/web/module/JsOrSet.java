package dev.thalweg.web.module;

import dev.thalweg.dds.orset.OrSetEvent;
import dev.thalweg.dds.orset.SharedOrSet;
import dev.thalweg.json.JsonObject;
import org.teavm.jso.JSClass;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;

/** A set in which an addition outlives a removal made at the same time. */
@JSClass(name = "SharedOrSet")
public final class JsOrSet extends JsLattice<OrSetEvent> {
    private final SharedOrSet set;

    JsOrSet(JsContainer container, SharedOrSet set) {
        super(container, set);
        this.set = set;
    }

    /** What {@code initialObjects} and {@code create} know it by. */
    @JSExport
    public static String type() {
        return SharedOrSet.TYPE.attributes().type();
    }

    @JSExport
    public boolean has(JSObject element) {
        return set.contains(Js.text(element, "element"));
    }

    @JSExport
    public boolean pending(JSObject element) {
        return set.pending(Js.text(element, "element"));
    }

    @JSExport
    public JSObject elements() {
        return Js.out(set.elements());
    }

    @JSExport
    public JSObject sequencedElements() {
        return Js.out(set.sequencedElements());
    }

    @JSExport
    public void add(JSObject element) {
        set.add(Js.text(element, "element"));
    }

    @JSExport
    public boolean remove(JSObject element) {
        return set.remove(Js.text(element, "element"));
    }

    @Override
    JsonObject describe(OrSetEvent event) {
        return switch (event) {
            case OrSetEvent.Added added -> Plain.event("added", event).put("element", added.element()).build();
            case OrSetEvent.Removed removed -> Plain.event("removed", event).put("element", removed.element()).build();
        };
    }
}
