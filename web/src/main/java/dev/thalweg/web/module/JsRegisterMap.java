package dev.thalweg.web.module;

import dev.thalweg.dds.ormap.SharedOrMap;
import org.teavm.jso.JSClass;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;

/** Rows that hold a value each; the last write of a row wins. */
@JSClass(name = "SharedRegisterMap")
public final class JsRegisterMap extends JsOrMap {
    JsRegisterMap(JsContainer container, SharedOrMap map) {
        super(container, map);
    }

    /** What {@code initialObjects} and {@code create} know it by. */
    @JSExport
    public static String type() {
        return SharedOrMap.REGISTER.attributes().type();
    }

    @JSExport
    public JSObject get(JSObject key) {
        return Js.out(map.register(Js.text(key, "key")));
    }

    @JSExport
    public void set(JSObject key, JSObject value) {
        map.set(Js.text(key, "key"), Js.value(value, "value"));
    }
}
