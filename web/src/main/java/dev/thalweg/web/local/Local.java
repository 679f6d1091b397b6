package dev.thalweg.web.local;

import dev.thalweg.web.dom.El;
import dev.thalweg.web.local.editor.Editors;
import dev.thalweg.web.local.field.FieldSheet;
import dev.thalweg.web.local.table.TableSheet;
import dev.thalweg.web.platform.BrowserTimers;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;

/** The program of the page of documents that need no service, which is loaded when a reader comes near a sheet. */
public final class Local {
    private Local() {}

    /** Called by the module's loader; a sheet starts when it is mounted. */
    public static void main(String[] arguments) {}

    /**
     * Puts a sheet into an element.
     *
     * @param target what this program was compiled to
     * @param sheet  which one
     */
    @JSExport
    public static void mount(JSObject host, String target, String sheet) {
        El place = El.existing(host).attr("data-target", target);
        switch (sheet) {
            case "editor" -> Editors.mount(place);
            case "topology" -> dev.thalweg.web.local.topology.Sheet.mount(place, new BrowserTimers());
            case "trust" -> dev.thalweg.web.local.trust.Sheet.mount(place);
            case "field" -> FieldSheet.start(place);
            case "table" -> TableSheet.start(place);
            default -> throw new IllegalArgumentException("there is no sheet called " + sheet + " in this program");
        }
    }
}
