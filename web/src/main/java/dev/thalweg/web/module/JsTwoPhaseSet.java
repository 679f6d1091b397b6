package dev.thalweg.web.module;

import dev.thalweg.dds.twophaseset.SharedTwoPhaseSet;
import dev.thalweg.dds.twophaseset.TwoPhaseSetEvent;
import dev.thalweg.json.JsonObject;
import org.teavm.jso.JSClass;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;

/** A set to which what was removed never comes back. */
@JSClass(name = "SharedTwoPhaseSet")
public final class JsTwoPhaseSet extends JsLattice<TwoPhaseSetEvent> {
    private final SharedTwoPhaseSet set;

    JsTwoPhaseSet(JsContainer container, SharedTwoPhaseSet set) {
        super(container, set);
        this.set = set;
    }

    /** What {@code initialObjects} and {@code create} know it by. */
    @JSExport
    public static String type() {
        return SharedTwoPhaseSet.TYPE.attributes().type();
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

    @JSExport
    public boolean remove(JSObject element) {
        return set.remove(Js.text(element, "element"));
    }

    @JSExport
    public boolean removed(JSObject element) {
        return set.removed(Js.text(element, "element"));
    }

    @Override
    JsonObject describe(TwoPhaseSetEvent event) {
        return switch (event) {
            case TwoPhaseSetEvent.Added added -> Plain.event("added", event).put("element", added.element()).build();
            case TwoPhaseSetEvent.Removed removed ->
                    Plain.event("removed", event).put("element", removed.element()).build();
        };
    }
}
