package dev.thalweg.testkit;

import dev.thalweg.testkit.cli.Replays;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every structure converges in scripts made up at random. {@code -Dthalweg.fuzz.seed} and {@code -Dthalweg.cases}
 * say from which seed and how many. A failure is made small and kept among the replays.
 */
class RandomScriptsTest {
    private static final int SEED = Integer.getInteger("thalweg.fuzz.seed", 1);
    private static final int CASES = Integer.getInteger("thalweg.cases", 1000);

    @TestFactory
    Stream<DynamicTest> everybodyConverges() {
        return Models.all().stream().map(model -> DynamicTest.dynamicTest(model.name(), () -> run(model)));
    }

    private static void run(StructureModel<?> model) throws IOException {
        for (int seed = SEED; seed < SEED + CASES; seed++) {
            RandomRunner.Run run = RandomRunner.generate(model, seed);
            if (run.failure() != null) {
                Path file = Replays.keep(model, run, Repository.root().resolve(Replays.FOLDER));
                Assertions.fail(model.name() + ", seed " + seed + ": " + run.failure() + "; kept in " + file);
            }
        }
        Evidence.record(RandomScriptsTest.class, "random-" + model.name(),
                "Random scripts of " + model.name() + " in which every replica ends the same, by every route",
                CASES + " of " + CASES);
    }
}
