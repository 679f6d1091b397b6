package dev.thalweg.eventgraph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.json.ProtocolException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextDocumentTest {
    private static final String SMILE = "\ud83d\ude00";

    private static TextDocument typed(String agent, String text) {
        TextDocument document = new TextDocument(agent);
        document.insert(0, text);
        return document;
    }

    private static TextRun run(String agent, int first, List<EventId> parents, TextOperation... operations) {
        return new TextRun(new EventId(agent, first), parents, List.of(operations));
    }

    /** Everything there is to see. */
    private static String state(TextDocument document) {
        return document.text() + document.runs() + document.versionVector() + document.version() + document.waiting()
                + document.graph().size();
    }

    @Test
    void twoWritersMeet() throws ProtocolException {
        TextDocument ann = typed("ann", "river");
        TextDocument bob = new TextDocument("bob");
        bob.merge(ann.encode(false));
        ann.insert(0, "deep ");
        bob.delete(0, 1);
        bob.insert(0, "R");
        bob.insert(5, "bed");

        MergeResult at = ann.merge(bob.encodeSince(ann.versionVector()));
        MergeResult bt = bob.merge(ann.encodeSince(bob.versionVector()));

        assertThat(ann.text()).isEqualTo(bob.text()).isEqualTo("deep Riverbed");
        assertThat(at.change().applyTo("deep river")).isEqualTo("deep Riverbed");
        assertThat(bt.change().edits()).containsExactly(new TextChange.Edit.Insert("deep "));
        assertThat(ann.version()).containsExactly(new EventId("ann", 9), new EventId("bob", 4));
    }

    @Test
    void textTypedAtTheSamePlaceStaysTogether() throws ProtocolException {
        TextDocument ann = typed("ann", "()");
        TextDocument bob = new TextDocument("bob");
        bob.merge(ann.encode(false));
        for (int i = 0; i < 5; i++) {
            ann.insert(1 + i, "a");
            // Backwards.
            bob.insert(1, "b");
        }
        ann.merge(bob.encode(false));
        bob.merge(ann.encode(false));
        assertThat(ann.text()).isEqualTo(bob.text()).isEqualTo("(aaaaabbbbb)");
    }

    @Test
    void editsKeepPairsWhole() {
        TextDocument document = typed("ann", "a" + SMILE + "b");
        assertThat(document.length()).isEqualTo(4);
        String before = state(document);
        assertThatThrownBy(() -> document.insert(2, "x")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("position 2 is inside a surrogate pair");
        assertThatThrownBy(() -> document.delete(2, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> document.delete(1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> document.insert(0, SMILE.substring(0, 1)))
                .hasMessage("half a surrogate pair at 0 of the text");
        assertThatThrownBy(() -> document.insert(0, SMILE.substring(1))).isInstanceOf(IllegalArgumentException.class);
        assertThat(state(document)).isEqualTo(before);
        document.delete(1, 2);
        assertThat(document.text()).isEqualTo("ab");
    }

    @Test
    void editsOutsideOfTheTextAreRefused() {
        TextDocument document = typed("ann", "abc");
        String before = state(document);
        assertThatThrownBy(() -> document.insert(4, "x")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("position 4 is not in a text of 3");
        assertThatThrownBy(() -> document.insert(-1, "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> document.delete(2, 2)).hasMessage("cannot delete 2 units from 2 of 3");
        assertThatThrownBy(() -> document.delete(0, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> document.delete(1, Integer.MAX_VALUE)).isInstanceOf(IllegalArgumentException.class);
        assertThat(state(document)).isEqualTo(before);
    }

    @Test
    void positionsThatNobodyCanHaveHadAreRefused() throws ProtocolException {
        TextDocument document = typed("ann", "abc");
        List<EventId> seen = document.version();
        List<EventId> earlier = List.of(new EventId("ann", 0));
        TextOperation.Insert insert = new TextOperation.Insert(4, "x");
        for (List<EventId> parents : List.of(seen, earlier, List.<EventId>of())) {
            String before = state(document);
            assertThatThrownBy(() -> document.merge(List.of(
                    run("bob", 0, parents, new TextOperation.Insert(0, "fine")),
                    run("bob", 4, parents, insert, new TextOperation.Delete(0, 1000)))))
                    .isInstanceOf(ProtocolException.class).hasMessageContaining("of bob acts on");
            assertThat(state(document)).isEqualTo(before);
            document.insert(0, "on ");
        }
        assertThat(document.text()).isEqualTo("on on on abc");
        TextDocument other = new TextDocument("eve");
        other.merge(document.encode(false));
        assertThat(other.text()).isEqualTo(document.text());
    }

    @Test
    void whatIsHereAlreadyChangesNothing() throws ProtocolException {
        TextDocument ann = typed("ann", "abcdef");
        ann.delete(1, 3);
        TextDocument bob = new TextDocument("bob");
        bob.merge(List.of(run("ann", 0, List.of(), new TextOperation.Insert(0, "abc"))));
        bob.merge(ann.encode(false));
        assertThat(bob.text()).isEqualTo("aef");
        String before = state(bob);
        assertThat(bob.merge(ann.encode(true)).change().isEmpty()).isTrue();
        assertThat(bob.merge(bob.runs()).change().isEmpty()).isTrue();
        assertThat(bob.merge(List.of(run("ann", 1, List.of(new EventId("ann", 0)), new TextOperation.Insert(1, "bc"))))
                .change().isEmpty()).isTrue();
        assertThat(state(bob)).isEqualTo(before);
    }

    @Test
    void eventsWaitForTheirCauses() throws ProtocolException {
        TextDocument ann = new TextDocument("ann");
        for (String letter : List.of("a", "b", "c", "d")) {
            ann.insert(ann.length(), letter);
        }
        TextDocument bob = new TextDocument("bob");
        for (int i = 3; i >= 0; i--) {
            List<EventId> parents = i == 0 ? List.of() : List.of(new EventId("ann", i - 1));
            assertThat(bob.waiting()).isEqualTo(3 - i);
            MergeResult result = bob.merge(
                    List.of(run("ann", i, parents, new TextOperation.Insert(i, "" + (char) ('a' + i)))));
            assertThat(result.change().isEmpty()).isEqualTo(i > 0);
        }
        assertThat(bob.text()).isEqualTo("abcd");
        assertThat(bob.waiting()).isZero();
    }

    @Test
    void onlySoMuchWaits() throws ProtocolException {
        TextDocument document = new TextDocument("ann", 1000);
        List<EventId> unknown = List.of(new EventId("nobody", 7));
        ProtocolException refusal = null;
        int taken = 0;
        for (int i = 0; refusal == null; i++) {
            try {
                document.merge(List.of(run("eve" + i, 0, unknown, new TextOperation.Insert(0, "0123456789"))));
                taken++;
            } catch (ProtocolException e) {
                refusal = e;
            }
        }
        assertThat(refusal).hasMessageContaining("the limit is 1000");
        assertThat(taken).isBetween(50, 100);
        assertThat(document.waiting()).isEqualTo(taken);
        assertThat(document.versionVector()).isEmpty();
        document.insert(0, "goes on");
        assertThat(document.text()).isEqualTo("goes on");
    }

    @Test
    void namesAloneTakeNoRoom() throws ProtocolException {
        TextDocument document = typed("ann", "abc");
        Batch names = new Batch(new Chars(0));
        for (int i = 0; i < 1000; i++) {
            names.agents.add("nobody" + i);
        }
        assertThat(document.merge(names).change().isEmpty()).isTrue();
        document.merge(List.of(run("eve", 0, List.of(new EventId("bob", 0)), new TextOperation.Insert(1, "y"))));
        assertThat(document.graph().agents().count()).isEqualTo(1);
        document.merge(List.of(run("bob", 0, List.of(), new TextOperation.Insert(0, "x"))));
        assertThat(document.graph().agents().count()).isEqualTo(3);
        assertThat(document.text()).isEqualTo("abcxy");
    }

    @Test
    void aRefusedBatchLeavesNothingWaiting() throws ProtocolException {
        TextDocument document = typed("ann", "abc");
        String before = state(document);
        TextRun early = run("eve", 0, List.of(new EventId("bob", 0)), new TextOperation.Insert(1, "y"));
        assertThatThrownBy(() -> document.merge(List.of(early,
                run("bob", 0, List.of(), new TextOperation.Insert(9, "x")))))
                .isInstanceOf(ProtocolException.class);
        assertThat(state(document)).isEqualTo(before);
        document.merge(List.of(early));
        assertThatThrownBy(() -> document.merge(List.of(run("bob", 0, List.of(), new TextOperation.Insert(9, "x")))))
                .isInstanceOf(ProtocolException.class);
        document.merge(List.of(run("zoe", 0, List.of(), new TextOperation.Insert(0, "z"))));
        assertThat(document.waiting()).isEqualTo(1);
        document.merge(List.of(run("bob", 0, List.of(), new TextOperation.Insert(0, "x"))));
        assertThat(document.waiting()).isZero();
        assertThat(document.text()).isEqualTo("abcxyz");
    }

    @Test
    void anAgentWithTwoHistoriesIsNoticed() throws ProtocolException {
        TextDocument document = typed("ann", "abc");
        document.merge(typed("bob", "one").encode(false));
        String before = state(document);
        for (TextRun second : List.of(
                run("bob", 0, List.of(), new TextOperation.Insert(0, "two")),
                run("bob", 0, List.of(), new TextOperation.Insert(0, "o"), new TextOperation.Insert(0, "n")),
                run("bob", 0, List.of(), new TextOperation.Insert(0, "on"), new TextOperation.Delete(0, 1)),
                run("bob", 0, List.of(new EventId("ann", 2)), new TextOperation.Insert(0, "one")),
                run("bob", 1, List.of(), new TextOperation.Insert(1, "ne and more")))) {
            assertThatThrownBy(() -> document.merge(List.of(second))).isInstanceOf(ProtocolException.class)
                    .hasMessageContaining("agent bob has two histories");
            assertThat(state(document)).isEqualTo(before);
        }
    }

    @Test
    void branchesOfOneAgentAreFine() throws ProtocolException {
        TextDocument document = typed("ann", "ab");
        document.merge(List.of(run("ann", 2, List.of(new EventId("ann", 0)), new TextOperation.Insert(1, "x"))));
        assertThat(document.text()).isEqualTo("abx");
        assertThat(document.version()).containsExactly(new EventId("ann", 1), new EventId("ann", 2));
    }

    @Test
    void whatWaitedAndIsUnsoundIsDroppedAndReported() throws ProtocolException {
        TextDocument document = new TextDocument("ann");
        document.merge(List.of(run("bob", 1, List.of(new EventId("bob", 0)), new TextOperation.Insert(9, "y"))));
        MergeResult result = document.merge(List.of(run("bob", 0, List.of(), new TextOperation.Insert(0, "x"))));
        assertThat(document.text()).isEqualTo("x");
        assertThat(result.change().applyTo("")).isEqualTo("x");
        assertThat(result.refused()).singleElement().asString().contains("event 1 of bob acts on 9");
        assertThat(document.waiting()).isZero();
    }

    @Test
    void partialBytesHoldWhatIsMissing() throws ProtocolException {
        TextDocument ann = typed("ann", "one " + SMILE);
        int before = ann.graph().size();
        Map<String, Integer> vector = ann.versionVector();
        TextDocument bob = new TextDocument("bob");
        bob.merge(ann.encode(true));
        ann.insert(0, "zwei ");
        ann.delete(5, 3);
        assertThat(ann.encodeFrom(before)).isEqualTo(ann.encodeSince(vector)).hasSizeLessThan(48);
        bob.merge(ann.encodeFrom(before));
        assertThat(bob.text()).isEqualTo(ann.text()).isEqualTo("zwei  " + SMILE);
        assertThatThrownBy(() -> ann.encodeFrom(ann.graph().size())).isInstanceOf(IllegalArgumentException.class);
        assertThat(new TextDocument("new").merge(new TextDocument("old").encode(true)).change().isEmpty()).isTrue();
    }

    @Test
    void bytesThatBeginWithinASurrogatePairHoldAllOfIt() throws ProtocolException {
        TextDocument ann = typed("ann", "a" + SMILE + "b" + SMILE);
        TextDocument bob = new TextDocument("bob");
        bob.merge(ann.encode(false));
        for (int from = 0; from < 6; from++) {
            int whole = from == 2 || from == 5 ? from - 1 : from;
            byte[] bytes = ann.encodeFrom(from);
            assertThat(bytes).isEqualTo(ann.encodeFrom(whole)).isEqualTo(ann.encodeSince(Map.of("ann", from)));
            assertThat(ann.runsSince(Map.of("ann", from))).isEqualTo(ann.runsSince(Map.of("ann", whole)));
            assertThat(bob.merge(bytes).change().isEmpty()).isTrue();
            TextDocument eve = new TextDocument("eve");
            eve.merge(bytes);
            eve.merge(typed("ann", "a" + SMILE + "b").encode(false));
            eve.merge(bytes);
            assertThat(eve.text()).isEqualTo(ann.text());
        }
    }

    @Test
    void damagedBytesAreRefusedWhole() throws ProtocolException {
        TextDocument ann = typed("ann", "The quick brown fox jumps over the lazy dog. ".repeat(10) + SMILE);
        TextDocument bob = new TextDocument("bob");
        bob.merge(ann.encode(false));
        bob.delete(3, 9);
        ann.insert(4, "very ");
        ann.merge(bob.encode(false));
        byte[] file = ann.encode(true);
        TextDocument reader = typed("eve", "mine");
        String before = state(reader);
        for (int length = 0; length < file.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(file, length);
            assertThatThrownBy(() -> reader.merge(cut)).as("cut at %s", length).isInstanceOf(ProtocolException.class);
            assertThatThrownBy(() -> TextDocument.load("x", cut)).isInstanceOf(ProtocolException.class);
        }
        for (int bit = 0; bit < 8 * file.length; bit++) {
            byte[] damaged = file.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> reader.merge(damaged)).as("bit %s", bit).isInstanceOf(ProtocolException.class);
        }
        assertThat(state(reader)).isEqualTo(before);
        reader.merge(file);
        assertThat(reader.text()).contains("very ");
    }
}
