package dev.thalweg.web;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.web.dom.El;
import dev.thalweg.web.platform.BrowserPlatform;
import dev.thalweg.web.platform.BrowserStorage;
import dev.thalweg.web.rig.Demo;
import dev.thalweg.web.rig.RigOptions;
import java.util.HashMap;
import java.util.Map;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** The demo program: what the page's loader calls. */
public final class Main {
    /** Under which the sheet is kept that the reader looks at, for when the page is loaded with the other target. */
    private static final String PICKED = "thalweg-sheet";

    private static final Map<Integer, Demo> DEMOS = new HashMap<>();
    private static int made;

    private Main() {}

    /** Called by the module's loader; a demo starts when it is mounted. */
    public static void main(String[] arguments) {}

    /** What the program is, in a word or two. */
    @JSExport
    public static String about() {
        return "Thalweg demo";
    }

    /**
     * Puts a rig into an element.
     *
     * @param host    the element, whose contents are replaced
     * @param options JSON, see {@link RigOptions}
     * @param tell    hears events by name, each with details as JSON
     * @return what {@link #unmount} wants
     */
    @JSExport
    public static int mount(JSObject host, String options, Tell tell) {
        RigOptions read;
        try {
            read = RigOptions.read(options, RigOptions.USUAL_LATENCY);
        } catch (ProtocolException e) {
            throw new IllegalArgumentException("options cannot be read: " + e.getMessage(), e);
        }
        int id = ++made;
        String picked = read.embedded() ? null : BrowserStorage.get(PICKED);
        DEMOS.put(id, new Demo(read, BrowserPlatform.create(), El.existing(host), picked, new Demo.Page() {
            @Override
            public void opened(String documentId) {
                if (!read.embedded() && !read.loopback()) {
                    address("doc=" + documentId);
                }
            }

            @Override
            public void picked(String sheetId) {
                if (!read.embedded()) {
                    BrowserStorage.put(PICKED, sheetId);
                }
            }

            @Override
            public void tell(String event, String state, int sequenceNumber, String documentId) {
                tell.tell(event, JsonObject.builder().put("state", state).put("sequenceNumber", sequenceNumber)
                        .put("document", documentId).build().toJson());
            }
        }));
        return id;
    }

    /** Ends a rig that was mounted. */
    @JSExport
    public static void unmount(int id) {
        Demo demo = DEMOS.remove(id);
        if (demo != null) {
            demo.stop();
        }
    }

    /** Hears what a rig has to tell. */
    @JSFunctor
    public interface Tell extends JSObject {
        void tell(String event, String detail);
    }

    @JSBody(params = "fragment", script = "history.replaceState(history.state, '', '#' + fragment);")
    private static native void address(String fragment);
}
