package dev.thalweg.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A sample that runs: lines go in, lines come out. */
final class SampleProcess implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Process process;
    private final Writer input;
    private final Thread reader;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private SampleProcess(Process process) {
        this.process = process;
        this.input = process.outputWriter(StandardCharsets.UTF_8);
        this.reader = new Thread(this::read, "sample");
        reader.setDaemon(true);
        reader.start();
    }

    static SampleProcess start(Path command, List<String> arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(command.toString()));
        all.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
        builder.environment().put("THALWEG_BUILT", "yes");
        return new SampleProcess(builder.start());
    }

    /** Waits for a line that begins like this. @return the rest of it */
    String says(String beginning) {
        Awaitility.await("the sample says " + beginning).atMost(LIMIT).untilAsserted(() -> {
            boolean ended = !process.isAlive() && !reader.isAlive();
            boolean said = lines.stream().anyMatch(line -> line.startsWith(beginning));
            if (ended && !said) {
                throw new IllegalStateException("the sample ended with " + process.exitValue() + " and said " + lines);
            }
            assertThat(said).as(() -> "said " + lines).isTrue();
        });
        return lines.stream().filter(line -> line.startsWith(beginning)).findFirst().orElseThrow()
                .substring(beginning.length());
    }

    /** Types a line. */
    void type(String line) throws IOException {
        input.write(line + "\n");
        input.flush();
    }

    /** Says that nothing more will be typed, and waits for the end. @return its exit code */
    int end() throws IOException, InterruptedException {
        input.close();
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).as("ends; it said " + lines).isTrue();
        return process.exitValue();
    }

    /** Ends it and what it has started, if it is still there. */
    @Override
    public void close() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
