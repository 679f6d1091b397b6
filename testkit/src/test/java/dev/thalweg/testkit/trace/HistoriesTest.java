package dev.thalweg.testkit.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.eventgraph.EventId;
import dev.thalweg.eventgraph.TextOperation;
import dev.thalweg.eventgraph.TextRun;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.testkit.Repository;
import dev.thalweg.testkit.Rng;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recorded and made-up histories end in the text that they must, in whatever order and portions they come. */
class HistoriesTest {
    private static Path data(String name) {
        Path file = Repository.data().resolve(name);
        if (!Files.exists(file)) {
            System.out.println("Skipped: there is no " + file + "; -Dthalweg.data says where the large corpora are.");
            Assumptions.abort("no " + file);
        }
        return file;
    }

    private static int play(Path file, boolean live) throws IOException {
        List<String> failures = new ArrayList<>();
        int[] count = {0};
        HistoryFiles.read(file, (name, history) -> {
            count[0]++;
            String failure = play(history, count[0], live);
            if (failure != null) {
                failures.add(name + ": " + failure);
            }
        });
        assertThat(failures).isEmpty();
        return count[0];
    }

    private static @Nullable String play(History history, int seed, boolean live) {
        String failure = Replay.whole(history);
        failure = failure == null ? Replay.inOtherOrders(history, new Rng(seed)) : failure;
        return failure == null && live ? Replay.live(history) : failure;
    }

    /** Made with {@code ./dev trace --make 120 --seed 1}. */
    @Test
    void histories() throws IOException {
        assertThat(play(Repository.root().resolve("testkit/src/test/resources/traces/made-up.jsonl.gz"), true))
                .isEqualTo(120);
    }

    @Test
    void generatedHistoriesSayTheirEnd() throws ProtocolException {
        for (int seed = 1000; seed < 1050; seed++) {
            History history = HistoryReader.read(HistoryGenerator.generate(seed));
            FugueText text = new FugueText();
            Orders.shuffled(history.runs(), new Rng(seed)).forEach(text::add);
            assertThat(text.text()).isEqualTo(history.end());
        }
    }

    @Test
    void conformance() throws IOException {
        assertThat(play(data("eg-walker/fuguemax-conformance.jsonl.gz"), true)).isEqualTo(500);
    }

    /** The definition that ours is compared with is the same as other people's. */
    @Test
    void definition() throws IOException {
        HistoryFiles.read(data("eg-walker/fuguemax-conformance.jsonl.gz"), (name, history) -> {
            FugueText text = new FugueText();
            history.runs().forEach(text::add);
            assertThat(text.text()).as(name).isEqualTo(history.end());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"friendsforever", "clownschool", "automerge-paper-sequential", "S1", "S3", "A1", "C1"})
    void editingTraces(String name) throws IOException {
        boolean live = name.equals("friendsforever") || name.equals("clownschool");
        assertThat(play(data("editing-traces/" + name + ".json.gz"), live)).isEqualTo(1);
    }

    @Test
    void codePointsBecomeUnits() throws ProtocolException {
        History history = HistoryReader.read(JsonValue.parse("""
                {"txns":[{"patches":[[0,0,"a\ud83d\ude00b"]]},{"patches":[[2,1,"c"],[1,1,""]]}],"endContent":"ac"}"""));
        assertThat(history.runs()).containsExactly(
                new TextRun(new EventId("author", 0), List.of(),
                        List.of(new TextOperation.Insert(0, "a\ud83d\ude00b"))),
                new TextRun(new EventId("author", 4), List.of(new EventId("author", 3)), List.of(
                        new TextOperation.Delete(3, 1), new TextOperation.Insert(3, "c"),
                        new TextOperation.Delete(1, 2))));
        assertThat(Replay.whole(history)).isNull();
    }

    @Test
    void whatDoesNotEndAsItMustIsSaid() throws ProtocolException {
        History history = HistoryReader.read(
                JsonValue.parse("{\"txns\":[{\"patches\":[[0,0,\"abc\"]]}],\"endContent\":\"abd\"}"));
        assertThat(Replay.whole(history))
                .isEqualTo("played whole, its text has 3 units and not 3, and is another from unit 2 on");
        assertThatThrownBy(() -> HistoryReader.read(JsonValue.parse("{\"txns\":[{\"span\":[0,1]}]}")))
                .isInstanceOf(ProtocolException.class).hasMessageStartingWith("turn 0: ");
    }
}
