package dev.thalweg.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.cli.CorpusFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that Fluid's own packages did in the large corpora, our structures do as well. */
class FluidCorporaTest {
    @ParameterizedTest
    @ValueSource(strings = {"map", "directory", "cell", "counter", "registerCollection", "orderedCollection",
        "taskManager", "pactMap"})
    void allScriptsHold(String structure) throws IOException {
        Path file = Repository.data().resolve("fluid-corpora").resolve(structure + ".jsonl.gz");
        if (!Files.exists(file)) {
            System.out.println("Skipped: there is no " + file + "; -Dthalweg.data says where the large corpora are.");
            Assumptions.abort("no " + file);
        }
        List<String> differences = new ArrayList<>();
        CorpusFiles.Tally tally = CorpusFiles.play(file, differences::add, count -> {
        });
        assertThat(differences).isEmpty();
        assertThat(tally.scripts()).isEqualTo(150).isEqualTo(tally.holding());
        System.out.println(structure + ": " + tally.holding() + " of " + tally.scripts() + " scripts hold");
        Evidence.record(FluidCorporaTest.class, "fluid-" + structure,
                "Scripts that Fluid's own packages played, played alike by our " + structure + ", to the byte",
                tally.holding() + " of " + tally.scripts());
    }
}
