package dev.thalweg.web.local.editor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.eventgraph.TextChange;
import dev.thalweg.eventgraph.TextDocument;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Outcome;
import dev.thalweg.replication.MemoryJournal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CopyTest {
    private final World world = new World();

    @Test
    void whatOneWritesTheOthersRead() {
        Desk a = world.desk("a-1");
        Desk b = world.desk("b-1");
        a.type(0, "river");
        assertThat(a.copy.shared()).as("nobody said so yet").isZero();
        assertThat(a.pending).containsExactly("0-5 before 5");
        world.settle();
        assertThat(b.shown).isEqualTo("river");
        assertThat(a.copy.shared()).isEqualTo(5);
        assertThat(a.sharedUpTo).isEqualTo(5);
        b.type(5, "s");
        world.settle();
        world.alike("rivers");
        assertThat(a.copy.lackedBy(b.copy)).isZero();
    }

    @Test
    void whatIsWrittenOfflineStaysHereUntilTheLineIsBack() {
        Desk a = world.desk("a-1");
        Desk b = world.desk("b-1");
        a.type(0, "low ford");
        world.settle();
        a.copy.setOnline(false);
        a.type(8, " dry");
        b.type(0, "the ");
        world.settle();
        assertThat(a.shown).isEqualTo("low ford dry");
        assertThat(b.shown).isEqualTo("the low ford");
        assertThat(a.copy.own() - a.copy.shared()).isEqualTo(4);
        assertThat(b.copy.own() - b.copy.shared()).as("nobody hears B").isEqualTo(4);
        assertThat(a.copy.lackedBy(b.copy)).isEqualTo(4);
        assertThat(a.copy.people()).isEmpty();
        a.copy.setOnline(true);
        world.settle();
        world.alike("the low ford dry");
        assertThat(a.copy.shared()).isEqualTo(a.copy.own());
        assertThat(b.copy.shared()).isEqualTo(b.copy.own());
    }

    @Test
    void nothingIsToldBeforeItIsKept() {
        Desk a = world.desk("a-1");
        Desk b = world.desk("b-1");
        world.settle();
        world.slow = true;
        a.type(0, "one");
        a.type(3, " two");
        world.deliver();
        assertThat(b.shown).isEmpty();
        assertThat(a.copy.isKept()).isFalse();
        world.slow = false;
        world.settle();
        world.alike("one two");
        assertThat(a.copy.isKept()).isTrue();
    }

    @Test
    void opensAsItWasClosed() {
        Desk a = world.desk("a-1");
        Desk b = world.desk("b-1");
        a.type(0, "seen ");
        world.settle();
        a.copy.setOnline(false);
        a.type(5, "unseen");
        world.settle();
        world.close(a);
        Desk again = world.desk("a-1");
        assertThat(again.shown).isEqualTo("seen unseen");
        assertThat(again.copy.isOnline()).isFalse();
        assertThat(again.copy.shared()).isEqualTo(5);
        List<String> stretches = new ArrayList<>();
        again.copy.pendingStretches((from, to, behind) -> stretches.add(from + "-" + to + " before " + behind));
        assertThat(stretches).containsExactly("5-11 before 11");
        again.type(11, "!");
        b.type(0, "> ");
        again.copy.setOnline(true);
        world.settle();
        world.alike("> seen unseen!");
    }

    @Test
    void putsManyRecordsTogether() {
        Desk a = world.desk("a-1");
        for (int i = 0; i < 3 * World.MAX_RECORDS; i++) {
            a.type(i, String.valueOf((char) ('a' + i % 26)));
            world.settle();
        }
        String text = a.shown;
        assertThat(world.records("text/t/a-1")).isLessThanOrEqualTo(2 * World.MAX_RECORDS);
        world.close(a);
        Desk again = world.desk("a-1");
        assertThat(again.shown).isEqualTo(text).hasSize(3 * World.MAX_RECORDS);
        assertThat(again.copy.document().graph().size()).isEqualTo(3 * World.MAX_RECORDS);
    }

    @Test
    void undoLeavesWhatOthersWrote() {
        Desk a = world.desk("a-1");
        Desk b = world.desk("b-1");
        a.type(0, "mill");
        world.settle();
        b.type(4, "-race");
        world.settle();
        a.copy.revert(false);
        world.settle();
        world.alike("-race");
        assertThat(b.copy.canUndo()).isTrue();
        a.copy.revert(true);
        world.settle();
        world.alike("mill-race");
        world.clock.pass(1_000);
        a.type(9, "s");
        a.copy.revert(false);
        world.settle();
        world.alike("mill-race");
    }

    @Test
    void caretsStayWhereTheyBelong() {
        Desk a = world.desk("a-1");
        Desk b = world.desk("b-1");
        a.type(0, "mill race");
        world.settle();
        a.copy.select(5, 9);
        world.settle();
        assertThat(b.copy.people()).containsExactly(new Person("a-1", 5, 9));
        b.type(0, "old ");
        assertThat(b.copy.people()).containsExactly(new Person("a-1", 9, 13));
        world.settle();
        assertThat(b.copy.others()).isOne();
        a.copy.leave();
        world.settle();
        assertThat(b.copy.people()).isEmpty();
        assertThat(b.copy.others()).isZero();
    }

    @Test
    void whoIsNotHeardOfIsGone() {
        Desk a = world.desk("a-1");
        Desk b = world.desk("b-1");
        a.copy.select(0, 0);
        world.settle();
        assertThat(b.copy.others()).isOne();
        world.close(a);
        world.clock.pass(30_000);
        world.settle();
        assertThat(b.copy.others()).isZero();
        assertThat(b.moves).isPositive();
    }

    @Test
    void refusesWhatIsNoMessage() {
        Desk a = world.desk("a-1");
        a.type(0, "x");
        for (String message : List.of("", "[]", "{\"type\":\"has\"}", "{\"type\":\"other\",\"from\":\"b\"}",
                "{\"type\":\"has\",\"from\":\"b\",\"versions\":{},\"wish\":\"all\"}",
                "{\"type\":\"events\",\"from\":\"b\",\"events\":[{\"agent\":\"b\"}]}",
                "{\"type\":\"presence\",\"from\":\"b\",\"state\":[]}")) {
            a.failures.clear();
            a.copy.receive(message);
            assertThat(a.failures).as(message).hasSize(1);
            assertThatThrownBy(() -> Message.read(message)).isInstanceOf(ProtocolException.class);
        }
        assertThat(a.shown).isEqualTo("x");
    }

    @Test
    void goesOnUnderAnotherNameWhenPartOfItsJournalIsDamaged() {
        MemoryJournal journal = new MemoryJournal();
        Keeper keeper = new Keeper(journal, "text/t/a-1", World.MAX_RECORDS);
        TextDocument written = new TextDocument("a-1");
        written.insert(0, "kept");
        keeper.keep(written.encodeFrom(0), Outcome.ignored());
        keeper.keep(new byte[] {1, 2, 3}, Outcome.ignored());
        List<String> heard = new ArrayList<>();
        Opening.open(journal, (name, patience, answer) -> answer.accept(true), new World.Chance(7), "t", "a", "a-1",
                (document, kept, standing, next, note) -> {
                    assertThat(document.agent()).isNotEqualTo("a-1").startsWith("a-");
                    assertThat(document.text()).isEqualTo("kept");
                    assertThat(kept).as("in its own stream").isZero();
                    heard.add(note);
                });
        assertThat(heard).singleElement().asString().contains("cannot be read");
    }

    @Test
    void takesTheNameThatNobodyHolds() {
        MemoryJournal journal = new MemoryJournal();
        for (String agent : List.of("a-1", "a-2", "a-3", "b-1")) {
            TextDocument written = new TextDocument(agent);
            written.insert(0, agent);
            new Keeper(journal, "text/t/" + agent, World.MAX_RECORDS).keep(written.encodeFrom(0), Outcome.ignored());
        }
        List<String> asked = new ArrayList<>();
        List<String> opened = new ArrayList<>();
        Opening.open(journal, (name, patience, answer) -> {
            asked.add(name + " " + (int) patience);
            answer.accept(name.equals("text/t/a-3"));
        }, new World.Chance(1), "t", "a", "a-2",
                (document, kept, standing, keeper, note) -> opened.add(document.text() + " " + kept));
        assertThat(asked).containsExactly("text/t/a-2 2000", "text/t/a-1 0", "text/t/a-3 0");
        assertThat(opened).containsExactly("a-3 3");
    }

    @Test
    void endsAlikeWhateverTheLineDid() {
        for (int seed = 0; seed < 150; seed++) {
            Random random = new Random(seed);
            World all = new World();
            List<Desk> desks = new ArrayList<>(List.of(all.desk("a-1"), all.desk("b-1"), all.desk("a-2")));
            for (int i = 0; i < 60; i++) {
                Desk desk = desks.get(random.nextInt(3));
                switch (random.nextInt(8)) {
                    case 0 -> desk.copy.setOnline(!desk.copy.isOnline());
                    case 1 -> all.settle();
                    case 2 -> all.slow = random.nextBoolean();
                    case 3 -> desk.copy.revert(random.nextBoolean());
                    case 4 -> {
                        all.close(desk);
                        desks.set(desks.indexOf(desk), all.desk(desk.agent));
                    }
                    case 5 -> all.clock.pass(random.nextInt(2_000));
                    default -> desk.edit(random);
                }
            }
            all.slow = false;
            all.settle();
            desks.forEach(desk -> desk.copy.setOnline(true));
            all.settle();
            all.alike(desks.get(0).shown);
            for (Desk desk : desks) {
                assertThat(desk.failures).as("seed " + seed).isEmpty();
                assertThat(desk.copy.shared()).as("seed " + seed).isEqualTo(desk.copy.own());
            }
        }
    }

    /** A copy with what a reader sees of it: the text from changes alone. */
    static final class Desk implements Copy.View {
        final String agent;
        String shown = "";
        final List<String> pending = new ArrayList<>();
        final List<String> failures = new ArrayList<>();
        int sharedUpTo;
        int moves;
        Copy copy;

        Desk(String agent) {
            this.agent = agent;
        }

        void type(int position, String text) {
            replace(position, 0, text);
        }

        void edit(Random random) {
            int from = random.nextInt(shown.length() + 1);
            int removed = random.nextInt(Math.min(4, shown.length() - from) + 1);
            replace(from, removed, "abcdefgh".substring(random.nextInt(8)));
            copy.select(from, from);
        }

        private void replace(int position, int removed, String text) {
            copy.edit(position, removed, text);
            shown = shown.substring(0, position) + text + shown.substring(position + removed);
            copy.edited();
        }

        @Override
        public void changed(TextChange change, boolean own) {
            shown = change.applyTo(shown);
        }

        @Override
        public void pending(int from, int to, int behind) {
            pending.add(from + "-" + to + " before " + behind);
        }

        @Override
        public void shared(int next) {
            sharedUpTo = next;
        }

        @Override
        public void moved() {
            moves++;
            for (Person person : copy.people()) {
                assertThat(person.head()).isBetween(0, copy.document().length());
            }
        }

        @Override
        public void stirred() {}

        @Override
        public void failed(String message) {
            failures.add(message);
        }
    }
}
