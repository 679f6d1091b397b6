package dev.thalweg.web.module;

import dev.thalweg.dds.ormap.SharedOrMap;
import org.teavm.jso.JSClass;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;

/** Rows that hold a number each, to which clients add and from which they take. */
@JSClass(name = "SharedTallyMap")
public final class JsTallyMap extends JsOrMap {
    JsTallyMap(JsContainer container, SharedOrMap map) {
        super(container, map);
    }

    /** What {@code initialObjects} and {@code create} know it by. */
    @JSExport
    public static String type() {
        return SharedOrMap.TALLY.attributes().type();
    }

    @JSExport
    public double get(JSObject key) {
        return map.tally(Js.text(key, "key"));
    }

    @JSExport
    public double sequenced(JSObject key) {
        return map.sequencedTally(Js.text(key, "key"));
    }

    @JSExport
    public void increment(JSObject key, JSObject amount) {
        map.increment(Js.text(key, "key"), Js.whole(amount, "amount"));
    }
}
