package dev.thalweg.web.module;

import dev.thalweg.dds.Absorbing;
import dev.thalweg.dds.ChannelEvent;
import dev.thalweg.dds.SharedObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import org.teavm.jso.JSClass;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;

/**
 * What structures have in common whose operations may come by any way, in any order and any number of times.
 *
 * @param <E> their events
 */
@JSClass(name = "SharedLattice")
public abstract class JsLattice<E extends ChannelEvent> extends JsChannel<E> {
    private final Absorbing lattice;

    <S extends SharedObject<?, E> & Absorbing> JsLattice(JsContainer container, S object) {
        super(container, object);
        this.lattice = object;
    }

    /** Takes an operation that came by another way. @return whether anything changed */
    @JSExport
    public boolean absorb(JSObject operation) throws ProtocolException {
        JsonValue contents = Js.value(operation, "operation");
        return lattice.absorb(contents);
    }
}
