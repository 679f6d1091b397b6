package dev.thalweg.web.module;

import dev.thalweg.dds.map.MapEvent;
import dev.thalweg.dds.map.SharedMap;
import dev.thalweg.json.JsonObject;
import org.teavm.jso.JSClass;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/** Keys and values; the last write of a key wins. */
@JSClass(name = "SharedMap")
public final class JsMap extends JsChannel<MapEvent> {
    private final SharedMap map;

    JsMap(JsContainer container, SharedMap map) {
        super(container, map);
        this.map = map;
    }

    SharedMap map() {
        return map;
    }

    /** What {@code initialObjects} and {@code create} know it by. */
    @JSExport
    public static String type() {
        return SharedMap.TYPE.attributes().type();
    }

    @JSExport
    public JSObject get(JSObject key) {
        return Js.out(map.get(Js.text(key, "key")));
    }

    @JSExport
    public boolean has(JSObject key) {
        return map.has(Js.text(key, "key"));
    }

    @JSExport
    @JSProperty
    public int getSize() {
        return map.size();
    }

    @JSExport
    public JSObject keys() {
        return Js.out(map.keys());
    }

    @JSExport
    public JSObject entries() {
        return Js.entries(map::forEach);
    }

    @JSExport
    public boolean pending(JSObject key) {
        return map.pending(Js.text(key, "key"));
    }

    @JSExport
    public void set(JSObject key, JSObject value) {
        map.set(Js.text(key, "key"), Js.value(value, "value"));
    }

    @JSExport
    public boolean delete(JSObject key) {
        return map.delete(Js.text(key, "key"));
    }

    @JSExport
    public void clear() {
        map.clear();
    }

    @Override
    JsonObject describe(MapEvent event) {
        return switch (event) {
            case MapEvent.ValueChanged changed -> Plain.event("valueChanged", event).put("key", changed.key())
                    .put("previousValue", changed.previous()).build();
            case MapEvent.Cleared cleared -> Plain.event("clear", event).build();
        };
    }
}
