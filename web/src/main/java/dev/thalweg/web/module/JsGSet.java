package dev.thalweg.web.module;

import dev.thalweg.dds.gset.GSetEvent;
import dev.thalweg.dds.gset.SharedGSet;
import dev.thalweg.json.JsonObject;
import org.teavm.jso.JSClass;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;

/** A set that only grows. */
@JSClass(name = "SharedGSet")
public final class JsGSet extends JsLattice<GSetEvent> {
    private final SharedGSet set;

    JsGSet(JsContainer container, SharedGSet set) {
        super(container, set);
        this.set = set;
    }

    /** What {@code initialObjects} and {@code create} know it by. */
    @JSExport
    public static String type() {
        return SharedGSet.TYPE.attributes().type();
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
    public boolean add(JSObject element) {
        return set.add(Js.text(element, "element"));
    }

    @Override
    JsonObject describe(GSetEvent event) {
        return switch (event) {
            case GSetEvent.Added added -> Plain.event("added", event).put("element", added.element()).build();
            case GSetEvent.Removed removed -> Plain.event("removed", event).put("element", removed.element()).build();
        };
    }
}
