package dev.thalweg.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.Subject;
import dev.thalweg.testkit.Subjects;
import dev.thalweg.testkit.cli.CorpusFiles;
import dev.thalweg.testkit.cli.Replays;
import dev.thalweg.testkit.laws.LatticeModel;
import dev.thalweg.testkit.laws.LatticeModels;
import dev.thalweg.web.conformance.Conformance;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The core does on JavaScript and on WebAssembly exactly what it does on the JVM: equal digests of whole runs. */
class ConformanceIT {
    private static final Path ROOT = Path.of(System.getProperty("thalweg.root"));
    private static final int SEEDS = 50;

    @RegisterExtension
    final Stage stage = new Stage();

    /* One page for all that a target plays: to start one takes as long as the seeds of a structure. */
    private final Map<String, Program> programs = new HashMap<>();
    private final Map<List<String>, List<String>> here = new HashMap<>();

    @TestFactory
    Stream<DynamicTest> targetsAgree() {
        return Stream.of("js", "wasm").flatMap(target -> Stream.concat(
                Subjects.all().stream().map(subject -> DynamicTest.dynamicTest(
                        target + ", " + subject.name() + " at random", () -> agree(target, random(subject)))),
                Stream.of(DynamicTest.dynamicTest(target + ", scripts on file", () -> agree(target, scripts())),
                        DynamicTest.dynamicTest(target + ", lattices", () -> agree(target, lattices())),
                        DynamicTest.dynamicTest(target + ", texts", () -> agree(target, seeds("text"))),
                        DynamicTest.dynamicTest(target + ", lists", () -> agree(target, seeds("list"))))));
    }

    private void agree(String target, List<String> scenarios) {
        Program program = programs.computeIfAbsent(target, name -> stage.program("conformance/conformance", name));
        assertThat(program.call("run", scenarios)).isEqualTo(
                here.computeIfAbsent(scenarios, all -> all.stream().map(Conformance::run).toList()));
    }

    private static List<String> random(Subject subject) {
        return seeds("random/" + subject.name());
    }

    private static List<String> seeds(String name) {
        List<String> names = new ArrayList<>();
        for (int seed = 1; seed <= SEEDS; seed++) {
            names.add(name + "/seed/" + seed);
        }
        return names;
    }

    private static List<String> lattices() {
        List<String> names = new ArrayList<>();
        for (LatticeModel<?> model : LatticeModels.all()) {
            names.addAll(seeds("lattice/" + model.name()));
        }
        return names;
    }

    /**
     * The replays, and the scripts that Fluid's own packages played, but for registers and queues: those were recorded
     * with ids and an order of keys that only the corpus player knows how to read.
     */
    private static List<String> scripts() throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> replays = Files.list(ROOT.resolve(Replays.FOLDER))) {
            for (Path replay : replays.sorted().toList()) {
                names.add("script/" + Files.readString(replay));
            }
        }
        try (Stream<Path> corpora = Files.list(ROOT.resolve("testkit/src/test/resources/corpora"))) {
            for (Path corpus : corpora.filter(ConformanceIT::anyoneCanPlay).sorted().toList()) {
                try (BufferedReader lines = CorpusFiles.open(corpus)) {
                    lines.lines().filter(line -> line.length() < 50_000).forEach(line -> names.add("script/" + line));
                }
            }
        }
        return names;
    }

    private static boolean anyoneCanPlay(Path corpus) {
        String name = corpus.getFileName().toString();
        return !name.startsWith("orderedCollection") && !name.startsWith("registerCollection");
    }
}
