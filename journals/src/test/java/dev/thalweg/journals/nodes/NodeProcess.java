package dev.thalweg.journals.nodes;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A {@link Node} in a process of its own, on a folder that outlives it. */
final class NodeProcess implements AutoCloseable {
    private static final long LIMIT_SECONDS = 60;

    final String name;
    private final Path folder;
    private final String journal;
    private final int seed;
    private final Map<Integer, Consumer<String>> waiting = new ConcurrentHashMap<>();
    private Process process;
    private Writer input;
    private CompletableFuture<String> port;
    private CompletableFuture<String> ready;
    private int asked;
    private boolean stopped;

    NodeProcess(String name, Path folder, String journal, int seed) throws IOException {
        this.name = name;
        this.folder = Files.createDirectories(folder);
        this.journal = journal;
        this.seed = seed;
    }

    /** Starts it, on the journal that it had when it ran before. It waits to be told where the others are. */
    void start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java")
                .toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED", "-Dorg.sqlite.tmpdir=" + folder, "-cp",
                System.getProperty("java.class.path"), Node.class.getName(), name, folder.toString(), journal,
                Integer.toString(seed)));
        builder.redirectError(ProcessBuilder.Redirect.appendTo(new File(folder.toFile(), "errors.txt")));
        process = builder.start();
        input = process.outputWriter(StandardCharsets.UTF_8);
        port = new CompletableFuture<>();
        ready = new CompletableFuture<>();
        waiting.clear();
        stopped = false;
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        Thread reader = new Thread(() -> read(output, port, ready), "node-" + name);
        reader.setDaemon(true);
        reader.start();
    }

    private void read(BufferedReader output, CompletableFuture<String> opened, CompletableFuture<String> began) {
        try (output) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                String[] words = line.split(" ", 3);
                switch (words[0]) {
                    case "port" -> opened.complete(words[1]);
                    case "ready" -> began.complete("");
                    default -> answered(Integer.parseInt(words[0]), line.substring(words[0].length() + 1));
                }
            }
        } catch (IOException e) {
            // It was killed.
        }
        IOException over = new IOException(name + " ended, see " + folder);
        opened.completeExceptionally(over);
        began.completeExceptionally(over);
    }

    private void answered(int number, String answer) {
        Consumer<String> hears = waiting.get(number);
        if (hears != null) {
            hears.accept(answer);
        }
    }

    /** On which port it listens. */
    String port() throws Exception {
        return port.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    /** Tells it where everybody is, for the first time. */
    void peers(String spelled) throws IOException {
        input.write(spelled + "\n");
        input.flush();
    }

    /** Waits until it takes commands. */
    void ready() throws Exception {
        ready.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    boolean isReady() {
        return ready.isDone() && !ready.isCompletedExceptionally();
    }

    /** Gives a command. @param hears its answers, on another thread, as long as there are any */
    void tell(String command, Consumer<String> hears) throws IOException {
        asked++;
        waiting.put(asked, hears);
        input.write(asked + " " + command + "\n");
        input.flush();
    }

    /** Gives a command and waits for its answer. */
    String ask(String command) throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        tell(command, answer::complete);
        String text = answer.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        if (!text.startsWith("ok ")) {
            throw new IllegalStateException(name + " answered " + command + " with " + text);
        }
        return text.substring(3);
    }

    boolean runs() {
        return process.isAlive() && !stopped;
    }

    boolean isStopped() {
        return stopped;
    }

    boolean isDead() {
        return !process.isAlive();
    }

    /** As a power failure does. */
    void kill() throws Exception {
        process.destroyForcibly();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(name + " does not die");
        }
    }

    /** Lets it do nothing (SIGSTOP) and go on (SIGCONT). */
    void pause(boolean pause) throws Exception {
        Process kill = new ProcessBuilder("kill", pause ? "-STOP" : "-CONT", Long.toString(process.pid())).start();
        if (kill.waitFor() != 0) {
            throw new IllegalStateException("kill ended with " + kill.exitValue());
        }
        stopped = pause;
    }

    @Override
    public void close() throws Exception {
        if (process != null) {
            kill();
        }
    }
}
