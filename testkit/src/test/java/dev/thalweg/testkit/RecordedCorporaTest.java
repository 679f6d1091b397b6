package dev.thalweg.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.cli.CorpusFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Fluid's own packages did in the scripts that are checked in, see scripts/corpus/README.md. */
class RecordedCorporaTest {
    @ParameterizedTest
    @ValueSource(strings = {"map", "directory", "cell", "counter", "registerCollection", "orderedCollection",
        "taskManager", "pactMap"})
    void allScriptsHold(String structure) throws IOException {
        Path file = Repository.root().resolve("testkit/src/test/resources/corpora/" + structure + ".jsonl.gz");
        List<String> differences = new ArrayList<>();
        CorpusFiles.Tally tally = CorpusFiles.play(file, differences::add, count -> {
        });
        assertThat(differences).isEmpty();
        assertThat(tally).isEqualTo(new CorpusFiles.Tally(20, 20));
    }
}
