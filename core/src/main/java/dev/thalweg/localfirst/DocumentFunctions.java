package dev.thalweg.localfirst;

import dev.thalweg.ephemeral.EphemeralEntry;
import dev.thalweg.ephemeral.EphemeralJson;
import dev.thalweg.ephemeral.EphemeralMerge;
import dev.thalweg.ephemeral.EphemeralState;
import dev.thalweg.ephemeral.EphemeralStore;
import dev.thalweg.eventgraph.TableDocument;
import dev.thalweg.eventgraph.TableJson;
import dev.thalweg.eventgraph.TableMergeResult;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tables and an ephemeral store by handle, with JSON texts for everything else: the functions of mizchi/converge, and one
 * that lets a handle go. {@link TableJson} and {@link EphemeralJson} say what the texts look like.
 *
 * <p>All of them throw an {@link IllegalArgumentException} for a handle that there is not, and a {@link ProtocolException}
 * for a text that they cannot read; then nothing has changed.
 */
public final class DocumentFunctions {
    private final Map<Integer, Open> open = new HashMap<>();
    private int next = 1;

    private record Open(TableDocument tables, EphemeralStore store) {}

    /** Creates one without documents. */
    public DocumentFunctions() {}

    private Open find(int handle) {
        Open found = open.get(handle);
        if (found == null) {
            throw new IllegalArgumentException("no document has the handle " + handle);
        }
        return found;
    }

    /** {@code create_doc}: an empty document. @param peer a name that is this replica's alone @return its handle */
    public int createDoc(String peer) {
        open.put(next, new Open(new TableDocument(peer), new EphemeralStore(peer)));
        return next++;
    }

    /** {@code free_doc}: lets a document go, with everything in it. */
    public void freeDoc(int handle) {
        find(handle);
        open.remove(handle);
    }

    /** {@code doc_insert}. @param values {@code [["column", value], …]} @return the event */
    public String docInsert(int handle, String table, String row, String values) throws ProtocolException {
        return TableJson.event(
                find(handle).tables().insert(table, row, TableJson.readValues(JsonValue.parse(values)))).toJson();
    }

    /** {@code doc_update}. @return the event @throws IllegalArgumentException when the row is not there */
    public String docUpdate(int handle, String table, String row, String column, String value)
            throws ProtocolException {
        return TableJson.event(find(handle).tables().update(table, row, column, JsonValue.parse(value))).toJson();
    }

    /** {@code doc_delete}. @return the event @throws IllegalArgumentException when the row is not there */
    public String docDelete(int handle, String table, String row) {
        return TableJson.event(find(handle).tables().delete(table, row)).toJson();
    }

    /** {@code doc_merge_remote}. @return what to do to a copy of the tables */
    public String docMergeRemote(int handle, String runs) throws ProtocolException {
        TableMergeResult result = find(handle).tables().merge(TableJson.readRuns(JsonValue.parse(runs)));
        return TableJson.changes(result.changes()).toJson();
    }

    /** {@code doc_get_pending}. @param known {@code {"agent": number of its last event}} @return the runs beyond that */
    public String docGetPending(int handle, String known) throws ProtocolException {
        return TableJson.runs(find(handle).tables().runsSince(TableJson.readKnown(JsonValue.parse(known)))).toJson();
    }

    /** {@code doc_sync_state}. @return the frontier and the number of each agent's last event */
    public String docSyncState(int handle) {
        return TableJson.state(find(handle).tables()).toJson();
    }

    /** {@code ephemeral_set}. @return the entry */
    public String ephemeralSet(int handle, String namespace, String key, String value, double timestamp)
            throws ProtocolException {
        EphemeralEntry entry = find(handle).store().set(namespace, key, JsonValue.parse(value), timestamp);
        return EphemeralJson.entry(key, entry).toJson();
    }

    /** {@code ephemeral_get}. @return the entry, or {@code null} */
    public String ephemeralGet(int handle, String namespace, String key) {
        @Nullable
        EphemeralEntry entry = find(handle).store().get(namespace, key);
        return entry == null ? "null" : EphemeralJson.entry(key, entry).toJson();
    }

    /** {@code ephemeral_get_all}. @return the entries by key */
    public String ephemeralGetAll(int handle, String namespace) {
        return EphemeralJson.namespace(find(handle).store().getAll(namespace)).toJson();
    }

    /** {@code ephemeral_merge}. @param entries by namespace and key @return those that were new here */
    public String ephemeralMerge(int handle, String entries) throws ProtocolException {
        EphemeralMerge result = find(handle).store()
                .merge(new EphemeralState(EphemeralJson.readEntries(JsonValue.parse(entries)), Map.of()));
        return EphemeralJson.entries(result.fresh().entries()).toJson();
    }
}
