package dev.thalweg.web.module;

import dev.thalweg.eventgraph.Affinity;
import dev.thalweg.eventgraph.Authorship;
import dev.thalweg.eventgraph.DocumentKind;
import dev.thalweg.eventgraph.EventRun;
import dev.thalweg.eventgraph.Expand;
import dev.thalweg.eventgraph.RichChange;
import dev.thalweg.eventgraph.RichText;
import dev.thalweg.eventgraph.TableJson;
import dev.thalweg.eventgraph.TextCursor;
import dev.thalweg.eventgraph.TextDocument;
import dev.thalweg.eventgraph.TextHistory;
import dev.thalweg.eventgraph.TextJson;
import dev.thalweg.eventgraph.TextPlayer;
import dev.thalweg.eventgraph.TextUndoManager;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import org.teavm.jso.JSClass;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/**
 * A text that needs no service, with its marks, its history, and undo of what is done here. What is called at each letter is
 * not exported from here but among {@link JsDocumentFunctions}.
 */
@JSClass(name = "TextDocument")
public final class JsText {
    private static final String BOUNDS = "position";

    private final TextDocument document;
    private final RichText text;
    private final TextUndoManager undo;
    private final TextPlayer player;

    /** An empty text, or one from a file of this replica's own. */
    @JSExport
    public JsText(JSObject agent, JSObject file) throws ProtocolException {
        Errors.install();
        String name = Js.text(agent, "agent");
        document = Js.missing(file) ? new TextDocument(name) : TextDocument.load(name, Bytes.in(file, "file"));
        TextHistory history = new TextHistory(document);
        text = new RichText(history);
        undo = new TextUndoManager(text);
        player = new TextPlayer(history);
    }

    private static int index(JSObject value, String what) {
        double index = Js.wholeDouble(value, what);
        return (int) Math.max(-1, Math.min(index, Integer.MAX_VALUE));
    }

    @JSExport
    @JSProperty
    public JSObject getAgent() {
        return Js.out(document.agent());
    }

    int length() {
        return document.length();
    }

    /** How many events there are. */
    int events() {
        return document.graph().size();
    }

    @JSExport
    @JSProperty
    public JSObject getText() {
        return Js.out(document.text());
    }

    @JSExport
    public JSObject contents() {
        return Js.out(text.contents().toJson());
    }

    /** Puts text in. @return the attributes that it has there, undefined for none */
    JSObject insert(JSObject position, JSObject inserted) {
        int at = index(position, BOUNDS);
        String units = Js.text(inserted, "text");
        if (text.isPlain()) {
            document.insert(at, units);
            return Js.undefined();
        }
        for (RichChange.Edit edit : text.insert(at, units).edits()) {
            if (edit instanceof RichChange.Edit.Insert insert && insert.attributes().size() > 0) {
                return Js.out(insert.attributes());
            }
        }
        return Js.undefined();
    }

    void delete(JSObject position, JSObject length) {
        int at = index(position, BOUNDS);
        int count = index(length, "length");
        if (text.isPlain()) {
            document.delete(at, count);
        } else {
            text.delete(at, count);
        }
    }

    @JSExport
    public JSObject mark(JSObject from, JSObject to, JSObject name, JSObject value, JSObject expand) {
        return Js.out(text.mark(index(from, "from"), index(to, "to"), Js.text(name, "name"), Js.value(value, "value"),
                expand(expand)).toJson());
    }

    private static Expand expand(JSObject value) {
        String name = Js.missing(value) ? "after" : Js.text(value, "expand");
        return switch (name) {
            case "none" -> Expand.NONE;
            case "before" -> Expand.BEFORE;
            case "after" -> Expand.AFTER;
            case "both" -> Expand.BOTH;
            default -> throw new IllegalArgumentException("expand must be none, before, after or both, was " + name);
        };
    }

    @JSExport
    public JSObject merge(JSObject bytes) throws ProtocolException {
        return Js.out(text.merge(Bytes.in(bytes, "bytes")).change().toJson());
    }

    @JSExport
    public JSObject encode() {
        return Bytes.out(document.encode(true));
    }

    @JSExport
    public JSObject encodeSince(JSObject known) throws ProtocolException {
        return Bytes.out(document.encodeSince(TableJson.readKnown(Js.value(known, "known"))));
    }

    /** What came here after so many events. */
    JSObject encodeFrom(JSObject events) {
        return Bytes.out(document.encodeFrom(index(events, "events")));
    }

    /** What this replica knows, for others' {@code encodeSince}. */
    @JSExport
    public JSObject known() {
        return Js.out(TableJson.known(document.versionVector()));
    }

    @JSExport
    public JSObject runsSince(JSObject known) throws ProtocolException {
        return Js.out(TextJson.runs(document, TableJson.readKnown(Js.value(known, "known"))));
    }

    /** Takes in what {@link #runsSince} gave. */
    @JSExport
    public JSObject mergeRuns(JSObject runs) throws ProtocolException {
        return Js.out(text.merge(text.read(EventRun.read(DocumentKind.TEXT, Js.value(runs, "runs")))).change()
                .toJson());
    }

    @JSExport
    public JSObject cursor(JSObject position, JSObject affinity) {
        String side = Js.missing(affinity) ? "before" : Js.text(affinity, "affinity");
        if (!side.equals("before") && !side.equals("after")) {
            throw new IllegalArgumentException("affinity must be before or after, was " + side);
        }
        return Js.out(text.history()
                .cursor(index(position, BOUNDS), side.equals("before") ? Affinity.BEFORE : Affinity.AFTER).toJson());
    }

    @JSExport
    public int position(JSObject cursor) throws ProtocolException {
        return text.history().position(TextCursor.read(Js.value(cursor, "cursor")));
    }

    @JSExport
    public JSObject blame(JSObject from, JSObject to) {
        List<JsonValue> stretches = new ArrayList<>();
        for (Authorship each : text.history().blame(index(from, "from"), index(to, "to"))) {
            stretches.add(Plain.object().put("agent", each.first().agent()).put("first", each.first().sequence())
                    .put("length", each.length()).build());
        }
        return Js.array(stretches);
    }

    /** Plays the history to after so many events. */
    @JSExport
    public JSObject play(JSObject events) {
        return Js.out(TextJson.change(player.moveTo(index(events, "events"))));
    }

    /** The text that is played. */
    @JSExport
    @JSProperty
    public JSObject getPlayed() {
        return Js.out(player.text());
    }

    @JSExport
    @JSProperty
    public boolean isCanUndo() {
        return undo.canUndo();
    }

    @JSExport
    @JSProperty
    public boolean isCanRedo() {
        return undo.canRedo();
    }

    @JSExport
    public void closeStep() {
        undo.closeStep();
    }

    @JSExport
    public JSObject undo() {
        return Js.out(text.undo(undo).toJson());
    }

    @JSExport
    public JSObject redo() {
        return Js.out(text.redo(undo).toJson());
    }
}
