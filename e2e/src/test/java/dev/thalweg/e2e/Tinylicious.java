package dev.thalweg.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.peers.NotInstalledException;
import dev.thalweg.testkit.peers.TinyliciousPackage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Fluid's own development service, fetched from npm into the build's output and run on a free port. */
final class Tinylicious implements AutoCloseable {
    private static final Path ROOT = Path.of(System.getProperty("thalweg.root"));
    private static final Path DIRECTORY = ROOT.resolve("e2e/target/tinylicious");

    private final Process process;
    private final int port;

    private Tinylicious(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it; the test is skipped, with a sentence, where there is no Node.js or no package. */
    static Tinylicious start() throws IOException, InterruptedException {
        TinyliciousPackage installed;
        try {
            installed = TinyliciousPackage.install(ROOT, DIRECTORY);
        } catch (NotInstalledException e) {
            Assumptions.abort("nothing is tried against tinylicious: " + e.getMessage());
            throw e;
        }
        int port = freePort();
        Path log = DIRECTORY.resolve("port-" + port + ".log");
        ProcessBuilder builder = new ProcessBuilder(installed.command()).directory(DIRECTORY.toFile())
                .redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(installed.environment(port, DIRECTORY.resolve("storage-" + port)));
        Process process = builder.start();
        for (int tries = 0; !listens(port); tries++) {
            if (tries > 600 || !process.isAlive()) {
                process.destroyForcibly();
                throw new IllegalStateException("tinylicious did not start, see " + log);
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
