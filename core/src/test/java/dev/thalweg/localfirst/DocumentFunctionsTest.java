package dev.thalweg.localfirst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.json.ProtocolException;
import org.junit.jupiter.api.Test;

class DocumentFunctionsTest {
    private final DocumentFunctions functions = new DocumentFunctions();
    private final int ann = functions.createDoc("ann");
    private final int bob = functions.createDoc("bob");

    @Test
    void twoPeersShareATodo() throws ProtocolException {
        assertThat(functions.docInsert(ann, "todos", "t1", "[[\"title\",\"milk\"],[\"done\",false]]")).isEqualTo(
                "{\"id\":[\"ann\",0],\"deps\":[],\"lamport\":1,\"op\":{\"type\":\"insert\",\"tbl\":\"todos\",\"row_id\":\"t1\","
                        + "\"values\":[[\"title\",\"milk\"],[\"done\",false]]}}");
        assertThat(functions.docMergeRemote(bob, functions.docGetPending(ann, "{}"))).isEqualTo(
                "[{\"type\":\"insert_row\",\"tbl\":\"todos\",\"row_id\":\"t1\","
                        + "\"values\":[[\"done\",false],[\"title\",\"milk\"]]}]");
        functions.docUpdate(ann, "todos", "t1", "title", "\"bread\"");
        functions.docUpdate(bob, "todos", "t1", "done", "true");
        String fromAnn = functions.docGetPending(ann, "{\"ann\":0}");
        assertThat(functions.docMergeRemote(ann, functions.docGetPending(bob, "{\"ann\":1}"))).isEqualTo(
                "[{\"type\":\"set_cell\",\"tbl\":\"todos\",\"row_id\":\"t1\",\"col\":\"done\",\"value\":true}]");
        assertThat(functions.docMergeRemote(bob, fromAnn)).isEqualTo(
                "[{\"type\":\"set_cell\",\"tbl\":\"todos\",\"row_id\":\"t1\",\"col\":\"title\",\"value\":\"bread\"}]");
        assertThat(functions.docMergeRemote(bob, fromAnn)).isEqualTo("[]");
        assertThat(functions.docSyncState(ann)).isEqualTo(functions.docSyncState(bob)).isEqualTo(
                "{\"frontier\":[[\"ann\",1],[\"bob\",0]],\"versions\":{\"ann\":1,\"bob\":0}}");
        assertThat(functions.docDelete(ann, "todos", "t1")).isEqualTo("{\"id\":[\"ann\",2],"
                + "\"deps\":[[\"ann\",1],[\"bob\",0]],\"lamport\":3,"
                + "\"op\":{\"type\":\"delete\",\"tbl\":\"todos\",\"row_id\":\"t1\"}}");
    }

    @Test
    void twoPeersSeeEachOther() throws ProtocolException {
        String entry = functions.ephemeralSet(ann, "cursors", "ann", "{\"x\":1}", 1.5);
        assertThat(entry).isEqualTo(
                "{\"key\":\"ann\",\"value\":{\"x\":1},\"timestamp\":1.5,\"peer\":\"ann\",\"clock\":1}");
        assertThat(functions.ephemeralGet(ann, "cursors", "ann")).isEqualTo(entry);
        assertThat(functions.ephemeralGet(ann, "cursors", "bob")).isEqualTo("null");
        String all = "{\"cursors\":" + functions.ephemeralGetAll(ann, "cursors") + "}";
        assertThat(functions.ephemeralMerge(bob, all)).isEqualTo("{\"cursors\":{\"ann\":" + entry + "}}");
        assertThat(functions.ephemeralMerge(bob, all)).isEqualTo("{}");
        // As its own peers send it, without a clock.
        functions.ephemeralMerge(bob, "{\"cursors\":{\"zoe\":{\"value\":2,\"timestamp\":1,\"peer\":\"zoe\"}}}");
        assertThat(functions.ephemeralGet(bob, "cursors", "zoe")).contains("\"value\":2");
    }

    @Test
    void whatCannotBeReadChangesNothing() {
        String before = functions.docSyncState(ann);
        assertThatThrownBy(() -> functions.docInsert(ann, "t", "r", "{}")).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> functions.docInsert(ann, "t", "r", "[[")).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> functions.docMergeRemote(ann, "[{}]")).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> functions.docGetPending(ann, "[]")).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> functions.docUpdate(ann, "t", "r", "c", "1"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> functions.ephemeralMerge(ann, "[]")).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> functions.docSyncState(99)).isInstanceOf(IllegalArgumentException.class);
        assertThat(functions.docSyncState(ann)).isEqualTo(before);
        functions.freeDoc(ann);
        assertThatThrownBy(() -> functions.docSyncState(ann)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("handle");
        assertThatThrownBy(() -> functions.freeDoc(ann)).isInstanceOf(IllegalArgumentException.class);
    }
}
