package dev.thalweg.web.module;

import dev.thalweg.dds.directory.Directory;
import dev.thalweg.dds.directory.DirectoryEvent;
import dev.thalweg.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSClass;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/** One directory of a tree: keys with values, and subdirectories. */
@JSClass(name = "Directory")
public final class JsDirectory {
    private final Directory directory;

    JsDirectory(Directory directory) {
        this.directory = directory;
    }

    Directory directory() {
        return directory;
    }

    @JSExport
    public JSObject get(JSObject key) {
        return Js.out(directory.get(Js.text(key, "key")));
    }

    @JSExport
    public boolean has(JSObject key) {
        return directory.has(Js.text(key, "key"));
    }

    @JSExport
    @JSProperty
    public int getSize() {
        return directory.size();
    }

    @JSExport
    public JSObject keys() {
        return Js.out(directory.keys());
    }

    @JSExport
    public JSObject entries() {
        return Js.entries(directory::forEach);
    }

    @JSExport
    public boolean pending(JSObject key) {
        return directory.pending(Js.text(key, "key"));
    }

    @JSExport
    public void set(JSObject key, JSObject value) {
        directory.set(Js.text(key, "key"), Js.value(value, "value"));
    }

    @JSExport
    public boolean delete(JSObject key) {
        return directory.delete(Js.text(key, "key"));
    }

    @JSExport
    public void clear() {
        directory.clear();
    }

    @JSExport
    @JSProperty
    public String getPath() {
        return directory.path();
    }

    @JSExport
    @JSProperty
    public boolean isDisposed() {
        return directory.disposed();
    }

    @JSExport
    public Object createSubDirectory(JSObject name) {
        return of(directory.createSubDirectory(Js.text(name, "name")));
    }

    @JSExport
    public Object getSubDirectory(JSObject name) {
        return of(directory.getSubDirectory(Js.text(name, "name")));
    }

    @JSExport
    public boolean hasSubDirectory(JSObject name) {
        return directory.hasSubDirectory(Js.text(name, "name"));
    }

    @JSExport
    public boolean pendingSubDirectory(JSObject name) {
        return directory.pendingSubDirectory(Js.text(name, "name"));
    }

    @JSExport
    public boolean deleteSubDirectory(JSObject name) {
        return directory.deleteSubDirectory(Js.text(name, "name"));
    }

    @JSExport
    public JSObject subdirectories() {
        List<String> names = new ArrayList<>();
        directory.forEachSubDirectory((name, directory) -> names.add(name));
        return Js.out(names);
    }

    @JSExport
    public Object getWorkingDirectory(JSObject path) {
        return of(directory.getWorkingDirectory(Js.text(path, "path")));
    }

    /** Hears what happens here. @return a function that ends this */
    @JSExport
    public JSObject on(JSObject event, JSObject listener) {
        Hearer hearer = Hearer.of(event, listener);
        return Hearer.unsubscribe(directory.subscribe(happened -> hearer.hear(describe(happened))));
    }

    private static Object of(@Nullable Directory directory) {
        return directory == null ? Js.undefined() : new JsDirectory(directory);
    }

    static JsonObject describe(DirectoryEvent event) {
        Plain plain = Plain.event(switch (event) {
            case DirectoryEvent.ValueChanged changed -> "valueChanged";
            case DirectoryEvent.ValueKept kept -> "valueKept";
            case DirectoryEvent.Cleared cleared -> "clear";
            case DirectoryEvent.SubDirectoryCreated created -> "subDirectoryCreated";
            case DirectoryEvent.SubDirectoryDeleted deleted -> "subDirectoryDeleted";
            case DirectoryEvent.Disposed disposed -> "disposed";
            case DirectoryEvent.Undisposed undisposed -> "undisposed";
        }, event).put("path", event.directory().path());
        if (event instanceof DirectoryEvent.ValueChanged changed) {
            plain.put("key", changed.key()).put("previousValue", changed.previous());
        } else if (event instanceof DirectoryEvent.ValueKept kept) {
            plain.put("key", kept.key()).put("clearedValue", kept.cleared());
        }
        return plain.build();
    }
}
