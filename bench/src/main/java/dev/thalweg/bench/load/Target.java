package dev.thalweg.bench.load;

import dev.thalweg.testkit.peers.TinyliciousPackage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What can be put under load. */
public enum Target {
    /** Our service as it is shipped, every operation on disk before anybody hears of it. */
    THALWEG("thalweg", true) {
        @Override
        public ServiceProcess start(Path work) throws IOException, InterruptedException {
            Path data = work.resolve("data");
            delete(data);
            return stub(work, "--data", data.toString());
        }
    },
    /** Our service without a disk. */
    THALWEG_MEMORY("thalweg --memory", true) {
        @Override
        public ServiceProcess start(Path work) throws IOException, InterruptedException {
            return stub(work, "--memory");
        }
    },
    /** Fluid's small service, from its package; keeps operations in memory. */
    TINYLICIOUS("tinylicious 7.0.1", true) {
        @Override
        public ServiceProcess start(Path work) throws IOException, InterruptedException {
            Path storage = work.resolve("storage");
            delete(storage);
            Files.createDirectories(storage);
            int port = ServiceProcess.freePort();
            TinyliciousPackage tinylicious = TinyliciousPackage.install(Path.of(""),
                    Path.of("bench", "target", "peers", "tinylicious"));
            return ServiceProcess.start(tinylicious.command(), tinylicious.environment(port, storage), port,
                    work.resolve("log.txt"));
        }
    },
    /** The same frames, sent on and nothing else. */
    BARE("bare fan-out", false) {
        @Override
        public ServiceProcess start(Path work) throws IOException, InterruptedException {
            int port = ServiceProcess.freePort();
            return ServiceProcess.start(java(BareFanOut.class.getName(), String.valueOf(port)), Map.of(), port,
                    work.resolve("log.txt"));
        }
    };

    private final String words;
    private final boolean ordered;

    Target(String words, boolean ordered) {
        this.words = words;
        this.ordered = ordered;
    }

    /** Starts it, with nothing left over from before. @param work a folder of its own, for logs and data */
    public abstract ServiceProcess start(Path work) throws IOException, InterruptedException;

    /** What it is called in reports. */
    String words() {
        return words;
    }

    /** What it is called on the command line. */
    String option() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * How often its first request may be tried, half a second apart. Ours is to answer as soon as it listens; whether
     * Fluid's does is not ours to find out.
     */
    int attempts() {
        return this == TINYLICIOUS ? 5 : 1;
    }

    /** Whether it is an ordering service: has documents, numbers operations and takes summaries. */
    boolean ordered() {
        return ordered;
    }

    /** The target of a name. */
    static Target named(String name) {
        for (Target target : values()) {
            if (target.option().equals(name)) {
                return target;
            }
        }
        throw new IllegalArgumentException("no target " + name + "; there are "
                + String.join(", ", Stream.of(values()).map(Target::option).toList()));
    }

    private static ServiceProcess stub(Path work, String... storage) throws IOException, InterruptedException {
        int port = ServiceProcess.freePort();
        List<String> arguments = new ArrayList<>(
                List.of("dev.thalweg.stub.Main", "--host", "127.0.0.1", "--port", String.valueOf(port),
                        "--rate", "1000000"));
        arguments.addAll(List.of(storage));
        return ServiceProcess.start(java(arguments.toArray(new String[0])), Map.of(), port, work.resolve("log.txt"));
    }

    /* With this program's own class path, so that what was built last is what is measured. */
    private static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(arguments));
        return command;
    }

    private static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
