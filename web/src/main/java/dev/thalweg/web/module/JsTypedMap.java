package dev.thalweg.web.module;

import dev.thalweg.json.JsonValue;
import dev.thalweg.schema.Codec;
import dev.thalweg.schema.TypedMap;
import org.teavm.jso.JSClass;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/** Keys whose values have a shape. */
@JSClass(name = "TypedMap")
public final class JsTypedMap {
    private final Object structure;
    private final TypedMap<JsonValue> map;

    JsTypedMap(Object structure, Codec<JsonValue> codec) {
        this.structure = structure;
        this.map = over(structure, codec);
    }

    @JSExport
    public static Object over(Object structure, Object codec) {
        return new JsTypedMap(structure, JsCodec.codec(codec, "codec"));
    }

    @JSExport
    @JSProperty
    public Object getStructure() {
        return structure;
    }

    @JSExport
    public JSObject get(JSObject key) {
        return JsCodec.out(map.get(Js.text(key, "key")));
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
    public JSObject keys() {
        return Js.out(map.keys());
    }

    private static TypedMap<JsonValue> over(Object structure, Codec<JsonValue> codec) {
        if (structure instanceof JsMap map) {
            return TypedMap.over(map.map(), codec);
        }
        if (structure instanceof JsSharedDirectory root) {
            return TypedMap.over(root.root().directory(), codec);
        }
        if (structure instanceof JsDirectory directory) {
            return TypedMap.over(directory.directory(), codec);
        }
        if (structure instanceof JsRegisterMap registers) {
            return TypedMap.over(registers.map, codec);
        }
        throw new IllegalArgumentException("structure must be a map, a directory or a map of registers");
    }
}
