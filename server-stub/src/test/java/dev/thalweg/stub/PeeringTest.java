package dev.thalweg.stub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.thalweg.eventgraph.RowChange;
import dev.thalweg.eventgraph.TableDocument;
import dev.thalweg.eventgraph.TextChange;
import dev.thalweg.eventgraph.TextDocument;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers that know of each other, in processes of their own, and programs that edit tables or a text at either. */
class PeeringTest {
    @TempDir
    Path data;

    /** A program that edits tables. */
    private static Editor<TableDocument, List<RowChange>> tables(String name, String base) {
        return new Editor<>(new TableDocument(name), "doc", base);
    }

    /** A program that edits a text. */
    private static Editor<TextDocument, TextChange> text(String name, String base) {
        return new Editor<>(new TextDocument(name), "text", base);
    }

    private static void write(Editor<TableDocument, ?> editor, String row, int value) throws Exception {
        editor.edit(tables -> tables.insert("t", row, JsonObject.of("v", JsonValue.of(value))));
    }

    private static Map<String, JsonObject> rows(Editor<TableDocument, ?> editor) throws Exception {
        return editor.read(tables -> tables.rows("t"));
    }

    private static void type(Editor<TextDocument, ?> editor, String inserted) throws Exception {
        editor.edit(text -> text.insert(text.length(), inserted));
    }

    /* Waits until all have the same text, with everything that anybody typed. */
    private static String agree(int length, List<Editor<TextDocument, TextChange>> editors) {
        List<String> texts = new ArrayList<>();
        until(() -> {
            texts.clear();
            for (Editor<TextDocument, TextChange> each : editors) {
                texts.add(each.read(TextDocument::text));
            }
            return texts.get(0).length() == length && Set.copyOf(texts).size() == 1;
        });
        return texts.get(0);
    }

    private static void until(Callable<Boolean> holds) {
        await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50)).until(holds);
    }

    private static void agree(Editor<TableDocument, ?> one, Editor<TableDocument, ?> other, int rows) {
        until(() -> rows(one).size() == rows && rows(one).equals(rows(other)));
    }

    @Test
    void whatIsDoneAtOneArrivesAtTheOtherAlsoAfterOneWasKilled() throws Exception {
        int here = ServerProcess.freePort();
        int there = ServerProcess.freePort();
        String first = "http://127.0.0.1:" + here;
        String second = "http://127.0.0.1:" + there;
        ServerProcess one = ServerProcess.start(here, data.resolve("one"), "--peer", second);
        try (ServerProcess other = ServerProcess.start(there, data.resolve("other"), "--peer", first);
                Editor<TableDocument, ?> alice = tables("alice", first);
                Editor<TableDocument, ?> ann = tables("ann", first);
                Editor<TableDocument, ?> bob = tables("bob", second + "/")) {
            assertThat(other.address()).startsWith(second);
            write(alice, "a", 1);
            write(bob, "b", 2);
            agree(alice, bob, 2);
            agree(alice, ann, 2);
            until(() -> ann.timesSynced() > 0);
            ann.say("cursors", JsonValue.of(7));
            until(() -> alice.hears("cursors", "ann"));
            one.kill();
            until(() -> alice.failures() > 0);
            write(alice, "c", 3);
            write(bob, "d", 4);
            try (ServerProcess again = ServerProcess.start(here, data.resolve("one"), "--peer", second)) {
                assertThat(again.address()).startsWith(first);
                agree(alice, bob, 4);
                agree(alice, ann, 4);
                until(() -> alice.hears("cursors", "ann"));
                ann.stop();
                until(() -> !alice.hears("cursors", "ann"));
            }
        } finally {
            one.close();
        }
    }

    @Test
    void aTextIsTheSameForAllAfterEditsOfflineAndAtServersThatStopped() throws Exception {
        int here = ServerProcess.freePort();
        int there = ServerProcess.freePort();
        String first = "http://127.0.0.1:" + here;
        String second = "http://127.0.0.1:" + there;
        ServerProcess one = ServerProcess.start(here, data.resolve("one"), "--peer", second);
        try (ServerProcess other = ServerProcess.start(there, data.resolve("other"), "--peer", first);
                Editor<TextDocument, TextChange> alice = text("alice", first);
                Editor<TextDocument, TextChange> ann = text("ann", first);
                Editor<TextDocument, TextChange> bob = text("bob", second);
                Editor<TextDocument, TextChange> zoe = text("zoe", second)) {
            assertThat(other.address()).startsWith(second);
            type(alice, "Down the river. ");
            type(bob, "Up the hill. ");
            List<Editor<TextDocument, TextChange>> all = List.of(alice, ann, bob, zoe);
            assertThat(agree(29, all)).contains("Down the river. ").contains("Up the hill. ");
            for (Editor<TextDocument, TextChange> each : all) {
                until(() -> each.timesSynced() > 0);
            }
            ann.stop();
            ann.edit(text -> text.delete(0, 4));
            type(alice, "1");
            ann.edit(text -> text.insert(0, "Offline"));
            agree(30, List.of(alice, bob));
            assertThat(ann.read(TextDocument::length)).isEqualTo(32);
            ann.start();
            assertThat(agree(33, all)).contains("Offline");
            one.kill();
            until(() -> alice.failures() > 0 && ann.failures() > 0);
            type(alice, "2");
            type(ann, "3");
            type(bob, "4");
            try (ServerProcess again = ServerProcess.start(here, data.resolve("one"), "--peer", second)) {
                assertThat(again.address()).startsWith(first);
                agree(36, all);
                String followed = "";
                for (TextChange change : zoe.changes()) {
                    followed = change.applyTo(followed);
                }
                assertThat(followed).isEqualTo(zoe.read(TextDocument::text));
                try (Editor<TableDocument, ?> stranger = new Editor<>(new TableDocument("eve"), "text", first)) {
                    until(() -> stranger.refusals().contains("the document is of kind text, not tables"));
                }
            }
        } finally {
            one.close();
        }
    }
}
