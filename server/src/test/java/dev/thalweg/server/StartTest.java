package dev.thalweg.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.server.storage.MemoryStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;

/** A client that has been waiting for the port to open. */
class StartTest {
    private static final int ANSWER_MILLIS = 20_000;

    @RepeatedTest(5)
    void theFirstConnectionThatTheServerTakesIsAnswered() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> firstAnswer(port), threads);
            try (ThalwegServer server = ThalwegServer.start(
                    ServerOptions.DEFAULT.withAddress("127.0.0.1", port).withEventLoops(1), new MemoryStore())) {
                assertThat(first.get()).isEqualTo("HTTP/1.1 200 OK");
                assertThat(server.port()).isEqualTo(port);
            }
        }
    }

    private static String firstAnswer(int port) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ANSWER_MILLIS);
        while (System.nanoTime() < deadline) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(ANSWER_MILLIS);
                socket.getOutputStream().write("GET /health HTTP/1.1\r\nhost: test\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
                String line = new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)).readLine();
                return line == null ? "closed without an answer" : line;
            } catch (ConnectException notYet) {
                Thread.onSpinWait();
            } catch (IOException e) {
                return e.toString();
            }
        }
        return "never";
    }
}
