package dev.thalweg.testkit;

import dev.thalweg.testkit.cli.Replays;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every structure converges in scripts made up at random, and so does a document of all of them.
 * {@code -Dthalweg.fuzz.seed} and {@code -Dthalweg.cases} say from which seed and how many. A failure
 * is made small and kept among the replays.
 */
class RandomScriptsTest {
    private static final int SEED = Integer.getInteger("thalweg.fuzz.seed", 1);
    private static final int CASES = Integer.getInteger("thalweg.cases", 1000);

    @TestFactory
    Stream<DynamicTest> everybodyConverges() {
        return Subjects.all().stream().map(subject -> DynamicTest.dynamicTest(subject.name(), () -> run(subject)));
    }

    private static void run(Subject subject) throws IOException {
        for (int seed = SEED; seed < SEED + CASES; seed++) {
            RandomRunner.Run run = subject.generate(seed);
            if (run.failure() != null) {
                Path file = Replays.keep(subject, run, Repository.root().resolve(Replays.FOLDER));
                Assertions.fail(subject.name() + ", seed " + seed + ": " + run.failure() + "; kept in " + file);
            }
        }
        Evidence.record(RandomScriptsTest.class, "random-" + subject.name(),
                "Random scripts of " + subject.name() + " in which every replica ends the same, by every route",
                CASES + " of " + CASES);
    }
}
