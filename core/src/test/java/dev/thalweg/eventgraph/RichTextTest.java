package dev.thalweg.eventgraph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RichTextTest {
    private static final JsonValue YES = JsonValue.of(true);

    private static RichText text(String agent, String typed) {
        TextDocument document = new TextDocument(agent);
        document.insert(0, typed);
        return new RichText(new TextHistory(document));
    }

    private static RichText copy(String agent, RichText of) throws ProtocolException {
        TextDocument document = new TextDocument(agent);
        document.merge(of.history().document());
        return new RichText(new TextHistory(document));
    }

    private static RichMergeResult merge(RichText to, RichText from) throws ProtocolException {
        return to.merge(from.history().document().encodeSince(to.history().document().versionVector()));
    }

    private static void shows(RichText text, String json) throws ProtocolException {
        assertThat(text.contents().toJson()).isEqualTo(JsonValue.parse(json.replace('\'', '"')));
    }

    @Test
    void withoutMarksChangesAreOfTheTextAlone() throws ProtocolException {
        RichText text = text("ann", "fox");
        assertThat(text.isPlain()).isTrue();
        assertThat(text.insert(0, "A ").toJson()).isEqualTo(JsonValue.parse("[{\"insert\":\"A \"}]"));
        assertThat(text.insert(2, "red ").toJson())
                .isEqualTo(JsonValue.parse("[{\"retain\":2},{\"insert\":\"red \"}]"));
        assertThat(text.delete(1, 4).toJson()).isEqualTo(JsonValue.parse("[{\"retain\":1},{\"delete\":4}]"));
        assertThat(text.delete(0, 1).toJson()).isEqualTo(JsonValue.parse("[{\"delete\":1}]"));
        assertThat(text.insert(2, "").edits()).isEmpty();
        assertThat(text.delete(2, 0).edits()).isEmpty();
        shows(text, "[{'insert':' fox'}]");
        text.history().document().insert(0, "The");
        text.mark(4, 7, "bold", YES, Expand.AFTER);
        assertThat(text.isPlain()).isFalse();
        shows(text, "[{'insert':'The '},{'insert':'fox','attributes':{'bold':true}}]");
    }

    @Test
    void marksOfTwoOverlap() throws ProtocolException {
        RichText ann = text("ann", "The fox jumped");
        RichText bob = copy("bob", ann);
        ann.mark(0, 7, "bold", YES, Expand.AFTER);
        bob.mark(4, 14, "italic", YES, Expand.AFTER);
        RichChange change = merge(ann, bob).change();
        merge(bob, ann);
        shows(ann, "[{'insert':'The ','attributes':{'bold':true}},"
                + "{'insert':'fox','attributes':{'bold':true,'italic':true}},"
                + "{'insert':' jumped','attributes':{'italic':true}}]");
        assertThat(bob.contents()).isEqualTo(ann.contents());
        assertThat(change.toJson()).isEqualTo(
                JsonValue.parse("[{\"retain\":4},{\"retain\":10,\"attributes\":{\"italic\":true}}]"));
    }

    @Test
    void textAtTheEdgesFollowsTheRule() throws ProtocolException {
        for (Expand expand : Expand.values()) {
            RichText text = text("ann", "abcd");
            text.mark(1, 3, "x", YES, expand);
            text.insert(3, ">");
            text.insert(1, "<");
            text.insert(3, "-");
            String before = expand == Expand.BEFORE || expand == Expand.BOTH ? "<" : "";
            String after = expand == Expand.AFTER || expand == Expand.BOTH ? ">" : "";
            shows(text, "[{'insert':'a" + (before.isEmpty() ? "<" : "") + "'},{'insert':'" + before + "b-c" + after
                    + "','attributes':{'x':true}},{'insert':'" + (after.isEmpty() ? ">" : "") + "d'}]");
        }
    }

    @Test
    void edgesAtDeletedTextFollowTheRule() throws ProtocolException {
        for (Expand expand : Expand.values()) {
            RichText text = text("ann", "abcdef");
            text.mark(1, 5, "x", YES, expand);
            text.delete(4, 1);
            text.delete(1, 1);
            int events = text.history().document().graph().size();
            text.insert(3, ">");
            text.insert(4, ">");
            text.insert(1, "<");
            boolean before = expand == Expand.BEFORE || expand == Expand.BOTH;
            boolean after = expand == Expand.AFTER || expand == Expand.BOTH;
            shows(text, "[{'insert':'a" + (before ? "" : "<") + "'},{'insert':'" + (before ? "<" : "") + "cd"
                    + (after ? ">>" : "") + "','attributes':{'x':true}},{'insert':'" + (after ? "" : ">>") + "f'}]");
            assertThat(text.history().document().graph().size() - events).as("one mark for an edge")
                    .isLessThanOrEqualTo(5);
        }
    }

    @Test
    void theLaterMarkCounts() throws ProtocolException {
        RichText ann = text("ann", "abc");
        RichText bob = copy("bob", ann);
        ann.mark(0, 3, "size", JsonValue.of(1), Expand.NONE);
        bob.mark(0, 2, "size", JsonValue.of(2), Expand.NONE);
        merge(ann, bob);
        merge(bob, ann);
        String both = "[{'insert':'ab','attributes':{'size':2}},{'insert':'c','attributes':{'size':1}}]";
        shows(ann, both);
        shows(bob, both);
        bob.unmark(1, 3, "size", Expand.NONE);
        assertThat(merge(ann, bob).change().edits()).hasSize(2);
        shows(ann, "[{'insert':'a','attributes':{'size':2}},{'insert':'bc'}]");
    }

    @Test
    void undoGivesBackWhatWasMarkedBefore() throws ProtocolException {
        RichText ann = text("ann", "abc");
        RichText bob = copy("bob", ann);
        TextUndoManager undo = new TextUndoManager(ann);
        ann.mark(0, 3, "size", JsonValue.of(1), Expand.NONE);
        undo.closeStep();
        ann.mark(0, 3, "size", JsonValue.of(2), Expand.NONE);
        merge(bob, ann);
        bob.mark(2, 3, "size", JsonValue.of(3), Expand.NONE);
        merge(ann, bob);
        ann.undo(undo);
        shows(ann, "[{'insert':'ab','attributes':{'size':1}},{'insert':'c','attributes':{'size':3}}]");
        ann.undo(undo);
        shows(ann, "[{'insert':'ab'},{'insert':'c','attributes':{'size':3}}]");
        ann.redo(undo);
        ann.redo(undo);
        shows(ann, "[{'insert':'ab','attributes':{'size':2}},{'insert':'c','attributes':{'size':3}}]");
        merge(bob, ann);
        assertThat(bob.contents()).isEqualTo(ann.contents());
    }

    @Test
    void filesKeepMarksAndOldReadersAreTold() throws ProtocolException {
        RichText text = text("ann", "abc");
        TextDocument document = text.history().document();
        assertThat(document.encode(true)[2]).as("version without marks").isEqualTo((byte) 1);
        int before = document.graph().size();
        text.mark(0, 2, "bold", YES, Expand.AFTER);
        byte[] file = document.encode(true);
        assertThat(file[2]).as("version with marks").isEqualTo((byte) 2);
        RichText loaded = new RichText(new TextHistory(TextDocument.load("bob", file)));
        assertThat(loaded.contents()).isEqualTo(text.contents());
        RichText late = copy("late", text("ann", "abc"));
        late.merge(document.encodeFrom(before));
        assertThat(late.contents()).isEqualTo(text.contents());
        byte[] old = file.clone();
        old[2] = 1;
        assertThatThrownBy(() -> new TextDocument("eve").merge(old)).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> ListDocument.load("eve", file)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void damagedMarksAreRefused() {
        RichText text = text("ann", "abc");
        text.mark(0, 2, "bold", YES, Expand.AFTER);
        byte[] file = text.history().document().encode(false);
        for (int i = 0; i < file.length; i++) {
            byte[] damaged = file.clone();
            damaged[i] ^= 4;
            byte[] shorter = Arrays.copyOf(file, i);
            TextDocument eve = new TextDocument("eve");
            assertThatThrownBy(() -> eve.merge(damaged)).isInstanceOf(ProtocolException.class);
            assertThatThrownBy(() -> eve.merge(shorter)).isInstanceOf(ProtocolException.class);
            assertThat(eve.graph().size()).isZero();
        }
    }

    @Test
    void marksOfUnitsThatNobodyCanHaveSeenAreRefused() throws ProtocolException {
        TextDocument document = text("ann", "abc").history().document();
        EventId last = new EventId("ann", 2);
        for (EventId unit : List.of(last, new EventId("ann", 3), new EventId("eve", 0))) {
            TextMark mark = new TextMark(new TextCursor(unit, Affinity.AFTER), new TextCursor(null, Affinity.AFTER),
                    "bold", YES);
            List<TextRun> runs = List.of(new TextRun(new EventId("eve", 0), List.of(new EventId("ann", 1)),
                    List.of(new TextOperation.Mark(mark))));
            assertThatThrownBy(() -> document.merge(runs)).isInstanceOf(ProtocolException.class)
                    .hasMessageContaining("cannot have seen");
            assertThat(document.graph().size()).isEqualTo(3);
            assertThat(document.versionVector()).isEqualTo(Map.of("ann", 3));
        }
        assertThatThrownBy(() -> TextMark.read(JsonArray.EMPTY)).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> TextMark.read(JsonValue.parse("{\"name\":\"\"}")))
                .isInstanceOf(ProtocolException.class);
    }

    @Test
    void misuseIsRefused() {
        RichText text = text("ann", "a\ud83d\ude00");
        assertThatThrownBy(() -> text.mark(1, 1, "x", YES, Expand.NONE)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("nothing to mark from 1 to 1");
        assertThatThrownBy(() -> text.mark(0, 2, "x", YES, Expand.NONE)).hasMessageContaining("surrogate pair");
        assertThatThrownBy(() -> text.mark(0, 4, "x", YES, Expand.NONE)).hasMessageContaining("not in a text of 3");
        assertThatThrownBy(() -> text.mark(0, 1, "", JsonNull.NULL, Expand.NONE)).hasMessage("a property has a name");
        assertThatThrownBy(() -> text.insert(2, "x")).isInstanceOf(IllegalArgumentException.class);
        assertThat(text.history().document().graph().size()).isEqualTo(3);
    }
}
