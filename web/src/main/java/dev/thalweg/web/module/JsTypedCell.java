package dev.thalweg.web.module;

import dev.thalweg.json.JsonValue;
import dev.thalweg.schema.Codec;
import dev.thalweg.schema.TypedCell;
import org.teavm.jso.JSClass;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/** A cell whose value has a shape. */
@JSClass(name = "TypedCell")
public final class JsTypedCell {
    private final JsCell structure;
    private final TypedCell<JsonValue> cell;

    JsTypedCell(JsCell structure, Codec<JsonValue> codec) {
        this.structure = structure;
        this.cell = TypedCell.over(structure.cell(), codec);
    }

    @JSExport
    public static Object over(Object structure, Object codec) {
        if (structure instanceof JsCell cell) {
            return new JsTypedCell(cell, JsCodec.codec(codec, "codec"));
        }
        throw new IllegalArgumentException("structure must be a SharedCell");
    }

    @JSExport
    @JSProperty
    public Object getStructure() {
        return structure;
    }

    @JSExport
    public JSObject get() {
        return JsCodec.out(cell.get());
    }

    @JSExport
    public void set(JSObject value) {
        cell.set(Js.value(value, "value"));
    }

    @JSExport
    public void delete() {
        cell.delete();
    }
}
