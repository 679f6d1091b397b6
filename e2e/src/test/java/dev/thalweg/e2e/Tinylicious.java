package dev.thalweg.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Fluid's own development service, fetched from npm into the build's output and run on a free port. */
final class Tinylicious implements AutoCloseable {
    private static final String VERSION = "7.0.1";
    private static final Path DIRECTORY = Path.of(System.getProperty("thalweg.root"), "e2e", "target", "tinylicious");

    private final Process process;
    private final int port;

    private Tinylicious(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it; the test is skipped, with a sentence, where there is no Node.js or no package. */
    static Tinylicious start() throws IOException, InterruptedException {
        Path main = DIRECTORY.resolve("node_modules/tinylicious/dist/index.js");
        if (!Files.exists(main)) {
            install();
        }
        int port = freePort();
        ProcessBuilder builder = new ProcessBuilder("node", main.toString()).directory(DIRECTORY.toFile())
                .redirectErrorStream(true).redirectOutput(DIRECTORY.resolve("tinylicious.log").toFile());
        builder.environment().put("PORT", String.valueOf(port));
        builder.environment().put("storage", DIRECTORY.resolve("storage").toString());
        builder.environment().put("db__inMemory", "true");
        builder.environment().put("logger__level", "error");
        builder.environment().put("npm_package_version", VERSION);
        Process process = builder.start();
        for (int tries = 0; !listens(port); tries++) {
            if (tries > 600 || !process.isAlive()) {
                process.destroyForcibly();
                throw new IllegalStateException("tinylicious did not start, see " + DIRECTORY + "/tinylicious.log");
            }
            Thread.sleep(100);
        }
        return new Tinylicious(process, port);
    }

    int port() {
        return port;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
    }

    private static void install() throws IOException, InterruptedException {
        Files.createDirectories(DIRECTORY);
        Process npm;
        try {
            npm = new ProcessBuilder(
                    List.of("npm", "install", "--prefix", DIRECTORY.toString(), "--no-audit", "--no-fund",
                            "--silent", "tinylicious@" + VERSION))
                    .redirectErrorStream(true)
                    .redirectOutput(DIRECTORY.resolve("install.log").toFile()).start();
        } catch (IOException e) {
            Assumptions.abort("npm is not installed, so nothing is tried against tinylicious");
            return;
        }
        boolean done = npm.waitFor(5, TimeUnit.MINUTES);
        if (!done) {
            npm.destroyForcibly();
        }
        Assumptions.assumeTrue(done && npm.exitValue() == 0,
                "npm could not fetch tinylicious " + VERSION + ", see " + DIRECTORY + "/install.log");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean listens(int port) {
        try (Socket ignored = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
