package dev.thalweg.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.ProtocolException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryStoreTest {
    private final MemoryObjectStore objects = new MemoryObjectStore();
    private final SummaryStore store = new SummaryStore(objects);

    @Test
    void whatIsWrittenIsRead() throws Exception {
        SummaryNode.Tree tree = tree();
        String id = store.write(tree, null);
        assertThat(store.read(id)).isEqualTo(tree);
        assertThat(store.write(tree, null)).isEqualTo(id);
    }

    @Test
    void equalPartsAreKeptOnce() throws Exception {
        SummaryNode.Tree one = new SummaryBuilder().text("a", "x").build();
        store.write(new SummaryBuilder().put("p", one).put("q", one).build(), null);
        assertThat(objects.size()).isEqualTo(3);
    }

    @Test
    void namesAreStoredEncodedAndReadPlain() throws Exception {
        String id = store.write(new SummaryBuilder().text("a/b c\u00e9%", "x").build(), null);
        assertThat(store.tree(id).entries().get(0).name()).isEqualTo("a%2Fb%20c%C3%A9%25");
        assertThat(store.read(id).text("a/b c\u00e9%")).isEqualTo("x");
    }

    @Test
    void handlesTakeOverWhatTheSummaryBeforeHad() throws Exception {
        String parent = commit(tree());
        SummaryNode.Tree next = new SummaryBuilder().put("new", new SummaryNode.Handle("/.channels/A%20B", false))
                .put("leaf", new SummaryNode.Handle("/.channels/A B/.component", true))
                .put("same", new SummaryNode.Handle(".channels", false)).build();
        SummaryNode.Tree read = store.read(store.write(next, parent));
        SummaryNode.Tree channels = tree().tree(".channels");
        assertThat(channels).isNotNull();
        assertThat(read.tree("new")).isEqualTo(channels.tree("A B"));
        assertThat(read.text("leaf")).isEqualTo("{}");
        assertThat(read.tree("same")).isEqualTo(channels);
    }

    @Test
    void handlesThatLeadNowhereAreRefused() throws Exception {
        String parent = commit(tree());
        for (SummaryNode.Handle handle : List.of(new SummaryNode.Handle("/.channels/C", false),
                new SummaryNode.Handle("/.channels/A%20B", true), new SummaryNode.Handle("/.metadata", false),
                new SummaryNode.Handle("/.metadata/x", true), new SummaryNode.Handle("", false),
                new SummaryNode.Handle("/", false), new SummaryNode.Handle("/.channels/", false))) {
            assertThatThrownBy(() -> store.write(new SummaryBuilder().put("x", handle).build(), parent))
                    .as(handle.path()).isInstanceOf(ProtocolException.class).hasMessageContaining(handle.path());
        }
        assertThatThrownBy(() -> store.write(
                new SummaryBuilder().put("x", new SummaryNode.Handle("/.channels", false)).build(), null))
                .isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> store.write(tree(), "0".repeat(40))).isInstanceOf(ProtocolException.class)
                .hasMessageContaining("no commit");
    }

    @Test
    void attachmentsNameUploadedBlobs() throws Exception {
        GitBlob blob = store.putBlob(new byte[] {1, 2, 3});
        String id = store.write(new SummaryBuilder().put("0", new SummaryNode.Attachment(blob.id())).build(), null);
        assertThat(store.read(id).blob("0")).isEqualTo(blob.leaf());
        assertThatThrownBy(() -> store
                .write(new SummaryBuilder().put("0", new SummaryNode.Attachment("0".repeat(40))).build(), null))
                .isInstanceOf(ProtocolException.class).hasMessageContaining("not there");
    }

    @Test
    void treesAreKeptOnlyWhenAllTheyNameIsKept() throws Exception {
        GitBlob blob = store.putBlob(new byte[0]);
        assertThatThrownBy(() -> store.putTree(List.of(new GitTree.Entry("a", true, blob.id()))))
                .isInstanceOf(ProtocolException.class).hasMessageContaining("a blob");
        GitTree tree = store.putTree(List.of(new GitTree.Entry("a", false, blob.id())));
        assertThat(objects.get(tree.id())).isEqualTo(tree);
    }

    @Test
    void listsFoldersBeforeWhatIsInThem() throws Exception {
        String id = store.write(tree(), null);
        assertThat(store.list(id, true)).extracting(SummaryStore.Listed::path).containsExactly(".blobs", ".blobs/0",
                ".channels", ".channels/A%20B", ".channels/A%20B/.component", ".metadata");
        assertThat(store.list(id, false)).extracting(SummaryStore.Listed::path).containsExactly(".blobs", ".channels",
                ".metadata");
        SummaryStore.Listed metadata = store.list(id, true).get(5);
        assertThat(metadata.mode()).isEqualTo("100644");
        assertThat(metadata.kind()).isEqualTo("blob");
        assertThat(metadata.size()).isEqualTo(13);
        assertThat(store.list(id, false).get(0).mode()).isEqualTo("40000");
    }

    @Test
    void smallBlobsComeAlongOnceAndAttachmentsDoNot() throws Exception {
        SummaryNode.Tree blobs = new SummaryBuilder()
                .put("0", new SummaryNode.Attachment(store.putBlob(new byte[] {7}).id()))
                .text(".redirectTable", "[]").build();
        String id = store.write(new SummaryBuilder().put(".blobs", blobs).text("large", "x".repeat(64 * 1024 + 1))
                .text("note", "hello").text("same", "hello").build(), null);
        SmallBlobs along = new SmallBlobs();
        JsonObject json = GitJson.tree(id, store.list(id, true, along), along);
        assertThat(json.array("tree").values().stream().map(part -> (JsonObject) part)
                .filter(part -> part.has("content")).map(part -> part.get("path") + " " + part.get("content")))
                .containsExactly("\".blobs/.redirectTable\" \"[]\"", "\"note\" \"hello\"");
    }

    @Test
    void deepAndWideTreesEndAtALimit() throws Exception {
        SummaryNode.Tree deep = SummaryNode.Tree.EMPTY;
        for (int i = 0; i < SummaryStore.MAX_DEPTH; i++) {
            deep = new SummaryBuilder().put("d", deep).build();
        }
        String id = store.write(deep, null);
        assertThat(store.list(id, true)).hasSize(SummaryStore.MAX_DEPTH);
        String deeper = store.putTree(List.of(new GitTree.Entry("d", true, id))).id();
        assertThatThrownBy(() -> store.read(deeper)).isInstanceOf(ProtocolException.class).hasMessageContaining("64");
        assertThatThrownBy(() -> store.list(deeper, true)).isInstanceOf(ProtocolException.class);
        // Twenty folders that each name the next one four times say 4^20 parts in few bytes.
        String bomb = store.putTree(List.of()).id();
        for (int i = 0; i < 20; i++) {
            String inner = bomb;
            bomb = store.putTree(List.of("a", "b", "c", "d").stream()
                    .map(name -> new GitTree.Entry(name, true, inner)).toList()).id();
        }
        String full = bomb;
        assertThatThrownBy(() -> store.read(full)).isInstanceOf(ProtocolException.class)
                .hasMessageContaining("200000");
        assertThatThrownBy(() -> store.list(full, true)).isInstanceOf(ProtocolException.class);
    }

    private String commit(SummaryNode.Tree tree) throws ProtocolException {
        GitCommit commit = new GitCommit(store.write(tree, null), List.of(), "a", "e", 0, "m");
        objects.put(commit);
        return commit.id();
    }

    private static SummaryNode.Tree tree() {
        return new SummaryBuilder()
                .put(".blobs", new SummaryBuilder().put("0", new SummaryNode.Blob("/wA=", true)).build())
                .put(".channels",
                        new SummaryBuilder().put("A B", new SummaryBuilder().text(".component", "{}").build()).build())
                .text(".metadata", "{\"version\":2}").build();
    }
}
