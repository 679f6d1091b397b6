package dev.thalweg.samples.nodes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Processes that are nodes, and a table of what each of them has after each thing that happens. */
public final class Cluster implements AutoCloseable {
    private static final int FIRST = 34;
    private static final int COLUMN = 24;
    private static final int PATIENCE_MILLIS = 60_000;

    private final Class<?> program;
    private final List<String> arguments;
    private final String secret = UUID.randomUUID().toString();
    private final Map<String, Running> nodes = new LinkedHashMap<>();
    private final List<String> names;

    private record Running(Process process, Writer input, BufferedReader output, String port) {}

    /**
     * Starts nodes.
     *
     * @param program   each node's, whose first argument is the node's name
     * @param arguments those that follow
     */
    public Cluster(List<String> names, Class<?> program, List<String> arguments) throws IOException {
        this.names = List.copyOf(names);
        this.program = program;
        this.arguments = List.copyOf(arguments);
        for (String name : names) {
            nodes.put(name, launch(name));
        }
        for (String name : names) {
            say(name, peers());
        }
        for (String name : names) {
            heard(name);
        }
    }

    private Running launch(String name) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                        program.getName(), name));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("THALWEG_SECRET", secret);
        Process process = builder.start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        String port = output.readLine();
        return new Running(process, process.outputWriter(StandardCharsets.UTF_8), output, String.valueOf(port));
    }

    private String peers() {
        List<String> all = new ArrayList<>();
        nodes.forEach((name, node) -> all.add(name + "=" + node.port));
        return String.join(" ", all);
    }

    /** Gives a node a command and waits for its answer. */
    public String ask(String name, String command) throws IOException {
        say(name, command);
        return heard(name);
    }

    private void say(String name, String line) throws IOException {
        Running node = node(name);
        node.input.write(line + "\n");
        node.input.flush();
    }

    private String heard(String name) throws IOException {
        String line = node(name).output.readLine();
        if (line == null) {
            throw new IOException("node " + name + " has ended");
        }
        return line;
    }

    private Running node(String name) {
        Running node = nodes.get(name);
        if (node == null) {
            throw new IllegalArgumentException("there is no node " + name);
        }
        return node;
    }

    /** Cuts some nodes off from all others; nobody, to make the network whole. */
    public void cut(List<String> alone) throws IOException {
        for (String name : running()) {
            List<String> apart = new ArrayList<>();
            for (String other : names) {
                if (alone.contains(name) != alone.contains(other)) {
                    apart.add(other);
                }
            }
            say(name, ("cut " + String.join(" ", apart)).strip());
        }
    }

    /** Ends a node as a power failure does. */
    public void kill(String name) throws IOException {
        Process process = node(name).process.destroyForcibly();
        process.onExit().join();
    }

    /** Starts a node again that was killed. It listens elsewhere, and the others are told. */
    public void restart(String name) throws IOException {
        nodes.put(name, launch(name));
        say(name, peers());
        heard(name);
        for (String other : running()) {
            say(other, "peers " + peers());
        }
    }

    private List<String> running() {
        return names.stream().filter(name -> node(name).process.isAlive()).toList();
    }

    /** Prints the names of the nodes above their columns. */
    public void head() {
        line("", names);
    }

    /**
     * Waits until some nodes have the same, then prints what each has.
     *
     * @param what  happened
     * @param alike those that can reach each other
     */
    public void row(String what, List<List<String>> alike) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
        for (List<String> group : alike) {
            while (group.stream().map(this::shown).distinct().count() > 1) {
                if (System.nanoTime() > deadline) {
                    throw new IOException(group + " do not agree");
                }
                Thread.sleep(20);
            }
        }
        List<String> running = running();
        line(what, names.stream().map(name -> running.contains(name) ? shown(name) : "(killed)").toList());
    }

    private String shown(String name) {
        try {
            return ask(name, "show");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void line(String first, List<String> cells) {
        StringBuilder line = new StringBuilder(padded(first, FIRST));
        for (String cell : cells) {
            line.append(padded(cell, COLUMN));
        }
        System.out.println(line.toString().stripTrailing());
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }

    @Override
    public void close() {
        nodes.values().forEach(node -> node.process.destroyForcibly());
    }
}
