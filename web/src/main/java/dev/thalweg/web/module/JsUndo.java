package dev.thalweg.web.module;

import dev.thalweg.dds.SharedObject;
import dev.thalweg.dds.cell.SharedCell;
import dev.thalweg.dds.counter.SharedCounter;
import dev.thalweg.dds.directory.SharedDirectory;
import dev.thalweg.dds.map.SharedMap;
import dev.thalweg.dds.ormap.SharedOrMap;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonValue;
import dev.thalweg.platform.Subscription;
import dev.thalweg.undo.UndoOutcome;
import dev.thalweg.undo.UndoRedoStackManager;
import java.util.ArrayList;
import java.util.List;
import org.teavm.jso.JSClass;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/** Undo and redo of what this client did. */
@JSClass(name = "UndoRedoStackManager")
public final class JsUndo {
    private final UndoRedoStackManager manager;

    /** For the structures of a container. */
    @JSExport
    public JsUndo(Object container, JSObject limit) {
        Errors.install();
        if (!(container instanceof JsContainer document)) {
            throw new IllegalArgumentException("container must be a Container");
        }
        long steps = Js.missing(limit) ? UndoRedoStackManager.STEPS : Js.whole(limit, "limit");
        manager = new UndoRedoStackManager(document.container(), (int) Math.min(steps, Integer.MAX_VALUE));
    }

    @JSExport
    public JSObject track(Object structure) {
        return Hearer.unsubscribe(tracked(structure));
    }

    @JSExport
    @JSProperty
    public boolean isCanUndo() {
        return manager.canUndo();
    }

    @JSExport
    @JSProperty
    public boolean isCanRedo() {
        return manager.canRedo();
    }

    @JSExport
    public JSObject undoOperation() {
        return describe(manager.undoOperation());
    }

    @JSExport
    public JSObject redoOperation() {
        return describe(manager.redoOperation());
    }

    @JSExport
    public void clear() {
        manager.clear();
    }

    /** Hears when there is something to undo or redo. @return a function that ends this */
    @JSExport
    public JSObject on(JSObject event, JSObject listener) {
        Hearer hearer = Hearer.of(event, listener);
        return Hearer.unsubscribe(manager.subscribe(changed -> hearer.hear(Plain.event("changed")
                .put("canUndo", changed.canUndo()).put("canRedo", changed.canRedo()).build())));
    }

    private Subscription tracked(Object structure) {
        SharedObject<?, ?> object = structure instanceof JsChannel<?> channel ? channel.object() : null;
        if (object instanceof SharedMap map) {
            return manager.track(map);
        }
        if (object instanceof SharedDirectory directory) {
            return manager.track(directory);
        }
        if (object instanceof SharedCell cell) {
            return manager.track(cell);
        }
        if (object instanceof SharedCounter counter) {
            return manager.track(counter);
        }
        if (object instanceof SharedOrMap map) {
            return manager.track(map);
        }
        throw new IllegalArgumentException(
                "maps, directories, cells, counters and OR-maps can be undone, nothing else");
    }

    private static JSObject describe(UndoOutcome outcome) {
        List<JsonValue> skipped = new ArrayList<>();
        for (UndoOutcome.Skipped part : outcome.skipped()) {
            skipped.add(Plain.object().put("id", part.channelId()).put("what", part.what())
                    .put("reason", switch (part.reason()) {
                        case OVERWRITTEN -> "overwritten";
                        case GONE -> "gone";
                        case UNTRACKED -> "untracked";
                    }).build());
        }
        return Js.out(Plain.object().put("done", outcome.done()).put("skipped", new JsonArray(skipped)).build());
    }
}
