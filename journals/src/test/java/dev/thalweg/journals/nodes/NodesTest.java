package dev.thalweg.journals.nodes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * 3, 5 and 9 real processes. {@code -Dthalweg.nodes} says in how many runs and {@code -Dthalweg.fuzz.seed} from which
 * seed; {@code ./dev nodes} asks for a hundred. A line for each goes into {@code target/nodes/outcomes.txt}, and beside it
 * stays what a run that failed has left.
 */
class NodesTest {
    private static final int SEED = Integer.getInteger("thalweg.fuzz.seed", 1);
    private static final int RUNS = Integer.getInteger("thalweg.nodes",
            Math.max(3, Integer.getInteger("thalweg.cases", 0) / 1000));
    private static final int[] SIZES = {9, 3, 5};
    private static final Path FOLDER = Path.of("target/nodes");

    @Test
    void processesEndWithTheSameAndKeepWhatTheyAcknowledged() throws Exception {
        Files.createDirectories(FOLDER);
        Path outcomes = FOLDER.resolve("outcomes.txt");
        Files.deleteIfExists(outcomes);
        for (int seed = SEED; seed < SEED + RUNS; seed++) {
            Path folder = FOLDER.resolve("seed-" + seed);
            remove(folder);
            String outcome = NodeWorld.run(seed, SIZES[seed % SIZES.length], 30, folder.toAbsolutePath());
            Files.write(outcomes, List.of(outcome), StandardCharsets.UTF_8, StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            remove(folder);
        }
    }

    private static void remove(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }
}
