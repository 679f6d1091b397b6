package dev.thalweg.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.bytes.Utf8;
import dev.thalweg.json.ProtocolException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GitObjectTest {
    private static final String EMPTY_BLOB = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391";

    @Test
    void blobsAreNamedAsGitNamesThem() {
        assertThat(GitBlob.of("").id()).isEqualTo(EMPTY_BLOB);
        assertThat(GitBlob.of("what is up, doc?").id()).isEqualTo("bd9dbf5aae1a3862dd1526723246b20206e5fc37");
        assertThat(GitBlob.of("[[\"rootDOId\",\"A\"]]").id()).isEqualTo("ff08cc9e4d6022729cd49bdfb0ddb4ccb3d4522f");
    }

    @Test
    void treesAreNamedAsGitNamesThem() throws Exception {
        assertThat(GitTree.of(List.of()).id()).isEqualTo("4b825dc642cb6eb9a060e54bf8d69288fbee4904");
        // Seen on the wire: the folder of a document's data stores.
        GitTree stores = GitTree.of(List.of(new GitTree.Entry("A", true, "b74be391fb930e7775207c0c569cf8418ea13169")));
        assertThat(stores.id()).isEqualTo("4d5bdf2c76a7c41488018b5bb113023e648e9d9a");
        // The same, with a folder and a leaf.
        GitTree store = GitTree.of(List.of(
                new GitTree.Entry(".component", false, "c35bbe00f9cb9ee99c8af3d4757411abdda3d8f3"),
                new GitTree.Entry(".channels", true, "7c3f19d1f4ad3091eec4f9d93a9aff3f4a2aeafb")));
        assertThat(store.id()).isEqualTo("b74be391fb930e7775207c0c569cf8418ea13169");
    }

    @Test
    void commitsAreNamedAsGitNamesThem() throws Exception {
        GitCommit commit = new GitCommit("4b825dc642cb6eb9a060e54bf8d69288fbee4904",
                List.of("0123456789012345678901234567890123456789"), "A U Thor", "a@example.com", 1700000000,
                "One\n\ntwo\n");
        assertThat(commit.id()).isEqualTo("a488dd3033405d805daf9b41c1a0e49dac439cf5");
        assertThat(GitObject.read("commit", commit.body())).isEqualTo(commit);
    }

    @Test
    void partsAreInGitsOrder() throws Exception {
        GitTree tree = GitTree.of(List.of(new GitTree.Entry("a0", false, EMPTY_BLOB),
                new GitTree.Entry("a", true, EMPTY_BLOB), new GitTree.Entry("a.b", false, EMPTY_BLOB),
                new GitTree.Entry("\u00e9", false, EMPTY_BLOB), new GitTree.Entry("B", false, EMPTY_BLOB)));
        assertThat(tree.entries()).extracting(GitTree.Entry::name).containsExactly("B", "a.b", "a", "a0", "\u00e9");
        assertThat(GitObject.read("tree", tree.body())).isEqualTo(tree);
        GitTree again = (GitTree) GitObject.read("tree", tree.body());
        assertThat(again.entries()).isEqualTo(tree.entries());
        assertThat(again.entry("a")).isEqualTo(new GitTree.Entry("a", true, EMPTY_BLOB));
        assertThat(again.entry("b")).isNull();
    }

    @Test
    void wrongTreesAreRefused() {
        refused("", EMPTY_BLOB, "one path segment");
        refused("a/b", EMPTY_BLOB, "one path segment");
        refused("a\0", EMPTY_BLOB, "one path segment");
        refused("a", "abc", "40 hexadecimal digits");
        refused("a", EMPTY_BLOB.replace("e", "E"), "40 hexadecimal digits");
        assertThatThrownBy(() -> GitTree.of(List.of(new GitTree.Entry("a", true, EMPTY_BLOB),
                new GitTree.Entry("a.", false, EMPTY_BLOB), new GitTree.Entry("a", false, EMPTY_BLOB))))
                .isInstanceOf(ProtocolException.class).hasMessageContaining("a is there twice");
    }

    @Test
    void brokenObjectsAreRefused() throws Exception {
        byte[] tree = GitTree.of(List.of(new GitTree.Entry("a", false, EMPTY_BLOB))).body();
        for (int length = 1; length < tree.length; length++) {
            byte[] part = Arrays.copyOf(tree, length);
            assertThatThrownBy(() -> GitObject.read("tree", part)).isInstanceOf(ProtocolException.class);
        }
        for (String body : List.of("", "tree x\n", "tree x\n\n", "tree x\nauthor y\n\nm", "tree x\nauthor y <z> q\n\nm",
                "author y <z> 1 +0000\n\nm", "tree x\nauthor y <z> 1 +0000")) {
            assertThatThrownBy(() -> GitObject.read("commit", Utf8.encode(body))).as(body)
                    .isInstanceOf(ProtocolException.class);
        }
        assertThatThrownBy(() -> GitObject.read("tag", new byte[0])).isInstanceOf(ProtocolException.class)
                .hasMessageContaining("tag");
    }

    @Test
    void commitsTakePlainAuthorsAndWholeSeconds() {
        assertThatThrownBy(() -> new GitCommit("t", List.of(), "a\nb", "e", 0, "m"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new GitCommit("t", List.of(), "a", "e", 0.5, "m"))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("0.5");
    }

    @Test
    void leavesAreTextWhenTheyCanBe() throws Exception {
        assertThat(GitBlob.of("h\u00e9").leaf()).isEqualTo(SummaryNode.Blob.of("h\u00e9"));
        SummaryNode.Blob leaf = new GitBlob(new byte[] {(byte) 0xFF, 0}).leaf();
        assertThat(leaf).isEqualTo(new SummaryNode.Blob("/wA=", true));
        assertThat(GitObject.read("blob", new byte[] {1})).isEqualTo(new GitBlob(new byte[] {1}));
    }

    private static void refused(String name, String id, String message) {
        assertThatThrownBy(() -> GitTree.of(List.of(new GitTree.Entry(name, false, id))))
                .isInstanceOf(ProtocolException.class).hasMessageContaining(message);
    }
}
