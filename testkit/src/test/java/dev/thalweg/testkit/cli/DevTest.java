package dev.thalweg.testkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.Repository;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @Test
    void saysHowItIsUsed() {
        assertThat(run("--help")).isZero();
        assertThat(out()).contains("fuzz", "replay", "corpus", "map, counter");
        assertThat(run()).isZero();
        assertThat(run("dance")).isEqualTo(2);
        assertThat(err()).contains("no command dance").contains("usage");
    }

    @Test
    void fuzzes() {
        assertThat(run("fuzz", "map", "--seed", "5", "--cases", "3")).isZero();
        assertThat(out()).contains("map: 3 cases from seed 5 hold");
        assertThat(run("fuzz", "mop")).isEqualTo(2);
        assertThat(err()).contains("no structure mop").contains("map");
        assertThat(run("fuzz", "map", "--cases", "many")).isEqualTo(2);
        assertThat(err()).contains("many");
        assertThat(run("fuzz")).isEqualTo(2);
    }

    @Test
    void holdsLaws() throws IOException {
        assertThat(run("laws", "g-set", "--seed", "5", "--cases", "3")).isZero();
        assertThat(out()).contains("idempotent").contains("3 cases from seed 5: 14 of 14 laws hold");
        assertThat(run("laws", "heap")).isEqualTo(2);
        assertThat(err()).contains("no lattice heap").contains("g-set");
        Path kept = Repository.root().resolve(LawTable.FOLDER).resolve("bounded-counter-associative-33.json");
        assertThat(run("replay", kept.toString())).isZero();
    }

    @Test
    void replays() throws IOException {
        Path kept = Repository.root().resolve(Replays.FOLDER).resolve("map-8.json");
        assertThat(run("replay", kept.toString())).isZero();
        assertThat(out()).contains("holds");
        Path broken = Files.writeString(folder.resolve("broken.json"), "{\"dds\":\"map\",\"steps\":[{\"a\":\"fly\"}]}");
        assertThat(run("replay", broken.toString())).isEqualTo(2);
        assertThat(err()).contains("broken.json").contains("step 0").contains("fly");
        assertThat(run("replay", folder.resolve("none.json").toString())).isEqualTo(2);
        assertThat(err()).contains("none.json is not a file");
        Path trace = Files.writeString(folder.resolve("trace.json"), "{\"format\":\"thalweg-trace-1\"}");
        assertThat(run("replay", trace.toString())).isEqualTo(2);
        assertThat(err()).contains("trace.json is not a trace").contains("summary");
    }

    @Test
    void replaysHistories() throws IOException {
        assertThat(run("trace", "--make", "3", "--seed", "9")).isZero();
        Path file = Files.writeString(folder.resolve("made.jsonl"), out());
        assertThat(run("trace", file.toString())).isZero();
        assertThat(out()).contains("3 of 3 end as they must").endsWith("3 of 3 histories end as they must\n");
        Path wrong = Files.writeString(folder.resolve("wrong.json"),
                "{\"txns\":[{\"patches\":[[0,0,\"abc\"]]}],\"endContent\":\"abd\"}");
        assertThat(run("trace", "--orders", file.toString(), wrong.toString())).isEqualTo(1);
        assertThat(out()).contains("wrong.json: played whole").endsWith("3 of 4 histories end as they must\n");
        assertThat(run("trace")).isEqualTo(2);
        assertThat(run("trace", "--make", "1", file.toString())).isEqualTo(2);
        Path broken = Files.writeString(folder.resolve("broken.json"), "{\"txns\":[{\"span\":[0]}]}");
        assertThat(run("trace", broken.toString())).isEqualTo(2);
        assertThat(err()).contains("broken.json is not a history: turn 0");
    }

    @Test
    void countsTheScriptsThatHold() throws IOException {
        String good = "{\"dds\":\"counter\",\"seed\":1,\"batched\":false,\"steps\":[{\"a\":\"join\",\"c\":0,\"state\":0}],"
                + "\"log\":[{\"seq\":1,\"msn\":0,\"type\":\"join\",\"client\":\"c0\"}],\"final\":{\"converged\":true,"
                + "\"state\":0,\"summary\":{\"header\":\"{\\\"value\\\":0}\"},\"loadsBack\":true}}\n";
        Path file = Files.writeString(folder.resolve("some.jsonl"),
                good + good.replace("\"state\":0}]", "\"state\":1}]"));
        assertThat(run("corpus", file.toString())).isEqualTo(1);
        assertThat(out()).contains("line 2, seed 1, step 0").contains("state must be 1, was 0")
                .endsWith("1 of 2 scripts hold" + System.lineSeparator());
        Files.writeString(file, good);
        assertThat(run("corpus", file.toString(), file.toString())).isZero();
        assertThat(out()).endsWith("2 of 2 scripts hold" + System.lineSeparator());
        Files.writeString(file, "[]\n");
        assertThat(run("corpus", file.toString())).isEqualTo(2);
        assertThat(err()).contains("some.jsonl, line 1 is not a script");
        Files.writeString(file, "");
        assertThat(run("corpus", file.toString())).isEqualTo(2);
        assertThat(run("corpus")).isEqualTo(2);
    }

    private int run(String... arguments) {
        return new Dev(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8)).run(List.of(arguments));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
