package dev.thalweg.notes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.bytes.Utf8;
import dev.thalweg.json.CompactJson;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.replication.Journal;
import dev.thalweg.replication.Membership;
import dev.thalweg.replication.MemoryJournal;
import dev.thalweg.replication.log.Block;
import dev.thalweg.testkit.Rng;
import dev.thalweg.testkit.replication.Answer;
import dev.thalweg.testkit.replication.SimulatedNetwork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NotebookTest {
    private static final Membership TABS = Membership.of(List.of("A", "B", "C"));

    private final Map<String, Journal> journals = new HashMap<>();
    private final List<String> failures = new ArrayList<>();
    private SimulatedNetwork network = new SimulatedNetwork(new Rng(1), new SimulatedNetwork.Faults(20, 0, 0));
    private int ids;

    private Notebook open(String tab) {
        Answer<Notebook> opened = new Answer<>();
        SimulatedNetwork.Node node = network.start(tab);
        ids++;
        Notebook.open(journals.computeIfAbsent(tab, any -> new MemoryJournal()), node, TABS, node,
                String.format("%08d-0000", ids), new Notebook.Listener() {
                    @Override
                    public void changed() {}

                    @Override
                    public void failed(String reason) {
                        failures.add(reason);
                    }
                }, opened);
        return opened.get();
    }

    private static List<String> texts(Notebook notebook) {
        List<String> texts = new ArrayList<>();
        for (Block note : notebook.notes()) {
            texts.add(note.id() + " " + note.fields().toJson());
        }
        return texts;
    }

    private void meet(Notebook... all) {
        for (Notebook each : all) {
            each.online(true);
        }
        network.run(10 * LogExchange.PERIOD);
        for (Notebook each : all) {
            assertThat(texts(each)).isEqualTo(texts(all[0]));
            assertThat(each.digest()).isEqualTo(all[0].digest());
            assertThat(each.unshared()).isEmpty();
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void whatWasWrittenOfflineIsThereAfterAReloadAndMerges() {
        Notebook a = open("A");
        Notebook b = open("B");
        a.add("x");
        a.write("x", "title", "weir");
        a.add("y");
        a.add("z");
        assertThat(a.unshared()).containsExactly("x", "x", "y", "z");
        meet(a, b);

        a.online(false);
        b.online(false);
        a.write("x", "text", "from A");
        a.move("y", 1);
        a.add("new");
        b.write("x", "title", "gate");
        b.delete("z");
        b.write("y", "text", "from B");
        network.run(10_000);
        String before = a.digest();
        a = open("A");
        assertThat(a.isOnline()).isFalse();
        assertThat(a.digest()).isEqualTo(before);
        assertThat(a.unshared()).containsExactly("x", "y", "new");
        assertThat(b.digest()).isNotEqualTo(before);
        meet(a, b);
        assertThat(texts(b)).containsExactly("new {}", "x {\"text\":\"from A\",\"title\":\"gate\"}",
                "y {\"text\":\"from B\"}");
        // A third one has it all from either.
        meet(open("C"), a, b);
        // And what is shared is known after a start without asking.
        assertThat(open("A").unshared()).isEmpty();
    }

    @Test
    void lostDoubledAndLateMessagesDoNoHarm() {
        for (int seed = 1; seed <= 30; seed++) {
            Rng rng = new Rng(seed);
            network = new SimulatedNetwork(rng, new SimulatedNetwork.Faults(3000, 30, 30));
            journals.clear();
            Map<String, Notebook> tabs = new HashMap<>();
            for (String tab : TABS.members()) {
                tabs.put(tab, open(tab));
            }
            for (int step = 0; step < 60; step++) {
                String tab = List.copyOf(TABS.members()).get(rng.below(3));
                act(rng, tab, tabs, step);
                network.run(rng.below(1000));
            }
            Notebook[] all = tabs.values().toArray(new Notebook[0]);
            for (Notebook each : all) {
                each.online(true);
            }
            network.run(60 * LogExchange.PERIOD);
            meet(all);
        }
    }

    private void act(Rng rng, String tab, Map<String, Notebook> tabs, int step) {
        Notebook notebook = tabs.get(tab);
        List<Block> notes = notebook.notes();
        String id = notes.isEmpty() ? "none" : notes.get(rng.below(notes.size())).id();
        switch (rng.below(8)) {
            case 0, 1 -> notebook.add(tab + step);
            case 2, 3 -> notebook.write(id, "text", "t" + step);
            case 4 -> notebook.delete(id);
            case 5 -> notebook.move(id, rng.chance(50) ? 1 : -1);
            case 6 -> notebook.online(!notebook.isOnline());
            default -> {
                boolean online = notebook.isOnline();
                Notebook again = open(tab);
                again.online(online);
                tabs.put(tab, again);
            }
        }
    }

    @Test
    void aDatabaseThatIsGoneIsAnotherReplica() {
        Notebook a = open("A");
        Notebook b = open("B");
        a.add("x");
        meet(a, b);
        journals.remove("A");
        a = open("A");
        a.add("y");
        meet(a, b);
        assertThat(texts(a)).containsExactlyInAnyOrder("x {}", "y {}");
    }

    @Test
    void messagesThatMakeNoSenseAreReportedAndNothingElse() {
        Notebook a = open("A");
        a.add("x");
        a.online(true);
        SimulatedNetwork.Node stranger = network.start("B");
        for (byte[] message : List.of(Utf8.encode("nonsense"), CompactJson.encode(JsonValue.of("text")),
                CompactJson.encode(JsonObject.of("have", JsonValue.of(1))), records("../identity"), records(""),
                CompactJson.encode(JsonObject.of("replica", JsonValue.of("B00000001"))))) {
            stranger.send("A", message);
        }
        // Records that are none are kept, as others have them, and said to be missing.
        stranger.send("A", records("B00000001"));
        network.run(1000);
        assertThat(failures).hasSize(7);
        assertThat(failures).filteredOn(reason -> reason.startsWith("a message from tab B cannot be read")).hasSize(6);
        assertThat(failures).filteredOn(reason -> reason.startsWith("records 1 to 1 of tab B are missing")).hasSize(1);
        assertThat(texts(a)).containsExactly("x {}");
    }

    private static byte[] records(String replica) {
        return CompactJson.encode(JsonObject.builder().put("replica", replica).put("after", 0)
                .put("records", JsonArray.of(JsonValue.of("no record"))).build());
    }

    @Test
    void replicasAreALetterAndEightDigits() {
        assertThat(Set.of("A0123abcd", "Z00000000")).allMatch(Notebook::isReplica);
        assertThat(Set.of("", "A", "a00000000", "A0000000g", "A000000000", "0123456789")).noneMatch(
                Notebook::isReplica);
    }
}
