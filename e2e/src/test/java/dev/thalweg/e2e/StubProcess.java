package dev.thalweg.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The packaged server in a process of its own, on a port of its own; it can be killed and started again as it was. */
final class StubProcess implements AutoCloseable {
    private static final Path ROOT = Path.of(System.getProperty("thalweg.root"));
    private static final Path JAR = ROOT.resolve("server-stub/target/thalweg-server-stub.jar");
    private static final Path LOGS = ROOT.resolve("e2e/target/servers");

    private final Path data;
    private final int port;
    private final Path log;
    private Process process;

    private StubProcess(Path data, int port, Path log) throws IOException {
        this.data = data;
        this.port = port;
        this.log = log;
        this.process = launch();
    }

    /** Starts it and waits until it answers. @param data the directory of its documents */
    static StubProcess start(Path data) throws IOException {
        assertThat(JAR).as("the packaged server (mvn -pl server-stub -am package)").isRegularFile();
        Files.createDirectories(LOGS);
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        StubProcess stub = new StubProcess(data, port, LOGS.resolve("port-" + port + ".log"));
        stub.awaitHealth();
        return stub;
    }

    int port() {
        return port;
    }

    /** The address of a page or route, whose path starts with a slash. */
    String address(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    /** What it has printed in all its lives. */
    String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it without a chance to tidy up, as a power failure would. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).as("killed within ten seconds").isTrue();
    }

    /** Starts it again with the same documents on the same port. */
    void restart() throws IOException {
        assertThat(process.isAlive()).as("still running").isFalse();
        process = launch();
        awaitHealth();
    }

    /** Stops it in order, as SIGTERM does; does nothing when it is not running. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(15, TimeUnit.SECONDS)) {
            kill();
            throw new AssertionError("the server did not stop within 15 seconds of SIGTERM:\n" + output());
        }
    }

    private Process launch() throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder = new ProcessBuilder(List.of(java.toString(), "-jar", JAR.toString(), "--port",
                Integer.toString(port), "--data", data.toString()));
        return builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
    }

    private void awaitHealth() {
        HttpRequest health = HttpRequest.newBuilder(URI.create(address("/health"))).timeout(Duration.ofSeconds(5))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            Awaitility.await("the server answers").atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50))
                    .until(() -> {
                        if (!process.isAlive()) {
                            throw new AssertionError("the server ended: " + output());
                        }
                        try {
                            return client.send(health, BodyHandlers.discarding()).statusCode() == 200;
                        } catch (IOException notYet) {
                            return false;
                        }
                    });
        }
    }
}
