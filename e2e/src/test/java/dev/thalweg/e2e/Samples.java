package dev.thalweg.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The samples of this repository, as a reader starts them, but for the build, which is done. */
final class Samples {
    /** How scripts say that packages cannot be fetched. */
    private static final int UNAVAILABLE = 69;
    private static final Path ROOT = Path.of(System.getProperty("thalweg.root"));

    private Samples() {}

    /** Fetches the packages of a sample once. Where that cannot be done the test is skipped, with a sentence. */
    static void install(String sample) throws IOException, InterruptedException {
        // Not with this process's own streams: Node.js would make them non-blocking under the test runner's feet.
        Path log = Files.createDirectories(ROOT.resolve("e2e/target/samples")).resolve(sample + "-packages.log");
        Process install = new ProcessBuilder(ROOT.resolve("scripts/npm-install").toString(),
                ROOT.resolve("samples").resolve(sample).toString()).redirectErrorStream(true)
                .redirectOutput(log.toFile()).start();
        install.getOutputStream().close();
        int code = install.waitFor();
        Assumptions.assumeFalse(code == UNAVAILABLE, "no packages for sample " + sample);
        if (code != 0) {
            throw new IOException("scripts/npm-install ended with " + code + ":\n" + Files.readString(log));
        }
    }

    /** Starts a sample by its one command. */
    static SampleProcess run(String sample, List<String> arguments) throws IOException {
        return SampleProcess.start(ROOT.resolve("samples").resolve(sample).resolve("run"), arguments);
    }
}
