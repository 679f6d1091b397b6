package dev.thalweg.web.module;

import dev.thalweg.dds.directory.DirectoryEvent;
import dev.thalweg.dds.directory.SharedDirectory;
import dev.thalweg.json.JsonObject;
import org.teavm.jso.JSClass;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/** A tree of directories; this is its root. */
@JSClass(name = "SharedDirectory")
public final class JsSharedDirectory extends JsChannel<DirectoryEvent> {
    private final JsDirectory directory;

    JsSharedDirectory(JsContainer container, SharedDirectory root) {
        super(container, root);
        this.directory = new JsDirectory(root);
    }

    JsDirectory root() {
        return directory;
    }

    /** What {@code initialObjects} and {@code create} know it by. */
    @JSExport
    public static String type() {
        return SharedDirectory.TYPE.attributes().type();
    }

    @JSExport
    public JSObject get(JSObject key) {
        return directory.get(key);
    }

    @JSExport
    public boolean has(JSObject key) {
        return directory.has(key);
    }

    @JSExport
    @JSProperty
    public int getSize() {
        return directory.getSize();
    }

    @JSExport
    public JSObject keys() {
        return directory.keys();
    }

    @JSExport
    public JSObject entries() {
        return directory.entries();
    }

    @JSExport
    public boolean pending(JSObject key) {
        return directory.pending(key);
    }

    @JSExport
    public void set(JSObject key, JSObject value) {
        directory.set(key, value);
    }

    @JSExport
    public boolean delete(JSObject key) {
        return directory.delete(key);
    }

    @JSExport
    public void clear() {
        directory.clear();
    }

    @JSExport
    @JSProperty
    public String getPath() {
        return directory.getPath();
    }

    @JSExport
    @JSProperty
    public boolean isDisposed() {
        return directory.isDisposed();
    }

    @JSExport
    public Object createSubDirectory(JSObject name) {
        return directory.createSubDirectory(name);
    }

    @JSExport
    public Object getSubDirectory(JSObject name) {
        return directory.getSubDirectory(name);
    }

    @JSExport
    public boolean hasSubDirectory(JSObject name) {
        return directory.hasSubDirectory(name);
    }

    @JSExport
    public boolean pendingSubDirectory(JSObject name) {
        return directory.pendingSubDirectory(name);
    }

    @JSExport
    public boolean deleteSubDirectory(JSObject name) {
        return directory.deleteSubDirectory(name);
    }

    @JSExport
    public JSObject subdirectories() {
        return directory.subdirectories();
    }

    @JSExport
    public Object getWorkingDirectory(JSObject path) {
        return directory.getWorkingDirectory(path);
    }

    @Override
    JsonObject describe(DirectoryEvent event) {
        return JsDirectory.describe(event);
    }
}
