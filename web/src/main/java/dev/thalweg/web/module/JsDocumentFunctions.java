package dev.thalweg.web.module;

import dev.thalweg.json.ProtocolException;
import dev.thalweg.localfirst.DocumentFunctions;
import org.teavm.jso.JSClass;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;

/**
 * Tables and ephemeral stores by handle; {@code thalweg-local.js} gives the functions the names they have elsewhere. And
 * what is asked of a text at each letter, which {@code thalweg-local.js} makes methods of: to hand an exported method its
 * receiver, the compiler makes three arrays at each call, which takes longer than the insertion of a letter.
 */
@JSClass(name = "DocumentFunctions")
public final class JsDocumentFunctions {
    private static final DocumentFunctions DOCUMENTS = new DocumentFunctions();

    private JsDocumentFunctions() {}

    private static int handle(JSObject value) {
        Errors.install();
        double handle = Js.whole(value, "handle");
        return (int) Math.max(-1, Math.min(handle, Integer.MAX_VALUE));
    }

    @JSExport
    public static int createDoc(JSObject peer) {
        Errors.install();
        return DOCUMENTS.createDoc(Js.text(peer, "peer_id"));
    }

    @JSExport
    public static void freeDoc(JSObject document) {
        DOCUMENTS.freeDoc(handle(document));
    }

    @JSExport
    public static JSObject docInsert(JSObject document, JSObject table, JSObject row, JSObject values)
            throws ProtocolException {
        return Js.out(DOCUMENTS.docInsert(handle(document), Js.text(table, "tbl"), Js.text(row, "row_id"),
                Js.text(values, "values_json")));
    }

    @JSExport
    public static JSObject docUpdate(JSObject document, JSObject table, JSObject row, JSObject column, JSObject value)
            throws ProtocolException {
        return Js.out(DOCUMENTS.docUpdate(handle(document), Js.text(table, "tbl"), Js.text(row, "row_id"),
                Js.text(column, "col"), Js.text(value, "value_json")));
    }

    @JSExport
    public static JSObject docDelete(JSObject document, JSObject table, JSObject row) {
        return Js.out(DOCUMENTS.docDelete(handle(document), Js.text(table, "tbl"), Js.text(row, "row_id")));
    }

    @JSExport
    public static JSObject docMergeRemote(JSObject document, JSObject runs) throws ProtocolException {
        return Js.out(DOCUMENTS.docMergeRemote(handle(document), Js.text(runs, "runs_json")));
    }

    @JSExport
    public static JSObject docGetPending(JSObject document, JSObject known) throws ProtocolException {
        return Js.out(DOCUMENTS.docGetPending(handle(document), Js.text(known, "known_json")));
    }

    @JSExport
    public static JSObject docSyncState(JSObject document) {
        return Js.out(DOCUMENTS.docSyncState(handle(document)));
    }

    @JSExport
    public static JSObject ephemeralSet(JSObject document, JSObject namespace, JSObject key, JSObject value,
            JSObject timestamp) throws ProtocolException {
        return Js.out(DOCUMENTS.ephemeralSet(handle(document), Js.text(namespace, "ns"), Js.text(key, "key"),
                Js.text(value, "value_json"), Js.number(timestamp, "timestamp")));
    }

    @JSExport
    public static JSObject ephemeralGet(JSObject document, JSObject namespace, JSObject key) {
        return Js.out(DOCUMENTS.ephemeralGet(handle(document), Js.text(namespace, "ns"), Js.text(key, "key")));
    }

    @JSExport
    public static JSObject ephemeralGetAll(JSObject document, JSObject namespace) {
        return Js.out(DOCUMENTS.ephemeralGetAll(handle(document), Js.text(namespace, "ns")));
    }

    @JSExport
    public static JSObject ephemeralMerge(JSObject document, JSObject entries) throws ProtocolException {
        return Js.out(DOCUMENTS.ephemeralMerge(handle(document), Js.text(entries, "entries_json")));
    }

    @JSExport
    public static JSObject textInsert(JsText text, JSObject position, JSObject inserted) {
        return text.insert(position, inserted);
    }

    @JSExport
    public static void textDelete(JsText text, JSObject position, JSObject length) {
        text.delete(position, length);
    }

    @JSExport
    public static JSObject textEncodeFrom(JsText text, JSObject events) {
        return text.encodeFrom(events);
    }

    @JSExport
    public static int textEvents(JsText text) {
        return text.events();
    }

    @JSExport
    public static int textLength(JsText text) {
        return text.length();
    }
}
