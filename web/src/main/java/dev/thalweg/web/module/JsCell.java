package dev.thalweg.web.module;

import dev.thalweg.dds.cell.CellEvent;
import dev.thalweg.dds.cell.SharedCell;
import dev.thalweg.json.JsonObject;
import org.teavm.jso.JSClass;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/** One value; the last write wins. */
@JSClass(name = "SharedCell")
public final class JsCell extends JsChannel<CellEvent> {
    private final SharedCell cell;

    JsCell(JsContainer container, SharedCell cell) {
        super(container, cell);
        this.cell = cell;
    }

    SharedCell cell() {
        return cell;
    }

    /** What {@code initialObjects} and {@code create} know it by. */
    @JSExport
    public static String type() {
        return SharedCell.TYPE.attributes().type();
    }

    @JSExport
    public JSObject get() {
        return Js.out(cell.get());
    }

    @JSExport
    @JSProperty
    public boolean isEmpty() {
        return cell.empty();
    }

    @JSExport
    @JSProperty
    public boolean isPending() {
        return cell.pending();
    }

    @JSExport
    public void set(JSObject value) {
        cell.set(Js.value(value, "value"));
    }

    @JSExport
    public void delete() {
        cell.delete();
    }

    @Override
    JsonObject describe(CellEvent event) {
        return switch (event) {
            case CellEvent.ValueChanged changed -> Plain.event("valueChanged", event).put("value", changed.value())
                    .build();
            case CellEvent.Deleted deleted -> Plain.event("delete", event).build();
        };
    }
}
