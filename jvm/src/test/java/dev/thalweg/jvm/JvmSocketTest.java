package dev.thalweg.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.thalweg.platform.TextSocket;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JvmSocketTest {
    private final JvmPlatform machine = new JvmPlatform();
    private final SocketRecorder recorder = new SocketRecorder();

    @AfterEach
    void close() {
        machine.close();
    }

    @Test
    void messagesGoBothWaysInOrderOnOneThread() throws IOException {
        try (EchoServer server = new EchoServer((frame, peer) -> {
            if (frame.opcode() == EchoServer.TEXT) {
                peer.text(frame.text());
            }
        })) {
            int count = 5_000;
            TextSocket socket = open(server.url());
            machine.run(() -> {
                for (int i = 0; i < count; i++) {
                    socket.send("é" + i);
                }
            }).join();
            await().until(() -> recorder.heard.size() == count + 1);
            assertThat(recorder.heard.get(0)).isEqualTo("opened");
            for (int i = 0; i < count; i++) {
                assertThat(recorder.heard.get(i + 1)).isEqualTo("received é" + i);
            }
            assertThat(recorder.threads).singleElement().asString().startsWith("thalweg-");
            assertThat(machine.call(socket::buffered).join()).isZero();
        }
    }

    @Test
    void aMessageInPartsComesWholeEvenWhenCharactersAreCut() throws IOException {
        String text = "grüße 😀 ".repeat(20_000);
        try (EchoServer server = new EchoServer((frame, peer) -> {
            if (frame.opcode() == EchoServer.TEXT) {
                peer.parts(text, 1_001);
                peer.send(true, EchoServer.PING, new byte[] {1});
                peer.parts("short", 2);
            }
        })) {
            TextSocket socket = open(server.url());
            machine.run(() -> socket.send("go")).join();
            await().until(() -> recorder.heard.size() == 3);
            assertThat(recorder.heard).containsExactly("opened", "received " + text, "received short");
            await().until(() -> server.received.stream().anyMatch(frame -> frame.opcode() == EchoServer.PONG));
        }
    }

    @Test
    void whatWasSentBeforeClosingArrivesAndTheListenerHearsOfTheEndOnce() throws IOException {
        try (EchoServer server = new EchoServer((frame, peer) -> {
            if (frame.opcode() == EchoServer.CLOSE) {
                peer.send(true, EchoServer.CLOSE, frame.payload());
            }
        })) {
            TextSocket socket = open(server.url());
            machine.run(() -> {
                socket.send("x".repeat(200_000));
                socket.send("41");
                socket.close();
                socket.close();
                socket.send("too late");
            }).join();
            await().until(() -> server.received.stream().anyMatch(frame -> frame.opcode() == EchoServer.CLOSE));
            int frames = server.received.size();
            assertThat(server.received.subList(0, frames - 2)).extracting(frame -> frame.payload().length)
                    .satisfies(lengths -> assertThat(lengths.stream().mapToInt(it -> it).sum()).isEqualTo(200_000));
            assertThat(server.received.get(frames - 2).text()).isEqualTo("41");
            assertThat(server.received.get(frames - 1).opcode()).isEqualTo(EchoServer.CLOSE);
            await().until(() -> recorder.heard.size() >= 2);
            machine.close();
            assertThat(recorder.heard.stream().filter(it -> it.startsWith("closed")))
                    .containsExactly("closed 1000 closed by this side");
        }
    }

    @Test
    void theServersCloseIsToldWithItsCodeAndReason() throws IOException {
        try (EchoServer server = new EchoServer((frame, peer) -> {
            byte[] reason = "  too slow".getBytes(StandardCharsets.UTF_8);
            reason[0] = (byte) (4001 >> 8);
            reason[1] = (byte) 4001;
            peer.send(true, EchoServer.CLOSE, reason);
        })) {
            TextSocket socket = open(server.url());
            machine.run(() -> socket.send("hello")).join();
            await().until(() -> recorder.heard.contains("closed 4001 too slow"));
            machine.run(() -> socket.send("after")).join();
            assertThat(machine.call(socket::buffered).join()).isZero();
        }
    }

    @Test
    void aCutConnectionIsToldOnce() throws IOException {
        try (EchoServer server = new EchoServer((frame, peer) -> peer.cut())) {
            TextSocket socket = open(server.url());
            machine.run(() -> socket.send("hello")).join();
            await().until(() -> recorder.heard.size() == 2);
            machine.run(socket::close).join();
            assertThat(recorder.heard).hasSize(2).last().asString().startsWith("closed 1006 ");
        }
    }

    @Test
    void aBinaryMessageEndsTheConnection() throws IOException {
        try (EchoServer server = new EchoServer(
                (frame, peer) -> peer.send(true, EchoServer.BINARY, new byte[] {1, 2}))) {
            TextSocket socket = open(server.url());
            machine.run(() -> socket.send("hello")).join();
            await().until(() -> recorder.heard.size() == 2);
            assertThat(recorder.heard.get(1)).startsWith("closed 1003 ");
        }
    }

    @Test
    void aServerThatIsNotThereIsToldAndNotThrown() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        for (String url : List.of("ws://127.0.0.1:" + port + "/", "not a url", "http://127.0.0.1/")) {
            SocketRecorder one = new SocketRecorder();
            machine.run(() -> machine.platform().sockets().open(url, one)).join();
            await().until(() -> one.heard.size() == 1);
            assertThat(one.heard.get(0)).startsWith("closed 1006 could not connect: ");
        }
    }

    @Test
    void nothingIsToldBeforeOpenReturnsAndSendingMayBeginAtOnce() throws IOException {
        try (EchoServer server = new EchoServer((frame, peer) -> peer.text(frame.text()))) {
            machine.run(() -> {
                TextSocket socket = machine.platform().sockets().open(server.url(), recorder);
                assertThat(recorder.heard).isEmpty();
                socket.send("early");
                assertThat(socket.buffered()).isEqualTo(5);
            }).join();
            await().until(() -> recorder.heard.equals(List.of("opened", "received early")));
        }
    }

    @Test
    void whatASlowServerHasNotTakenIsCounted() throws IOException {
        CountDownLatch go = new CountDownLatch(1);
        try (EchoServer server = new EchoServer((frame, peer) -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        })) {
            TextSocket socket = open(server.url());
            int buffered = machine.call(() -> {
                for (int i = 0; i < 40; i++) {
                    socket.send("x".repeat(1_000_000));
                }
                return socket.buffered();
            }).join();
            assertThat(buffered).isBetween(1_000_000, 40_000_000);
            go.countDown();
            await().until(() -> machine.call(socket::buffered).join() == 0);
        }
    }

    @Test
    void closingTheMachineSaysGoodbyeOnOpenSockets() throws IOException {
        try (EchoServer server = new EchoServer((frame, peer) -> {
        })) {
            TextSocket socket = open(server.url());
            machine.run(() -> socket.send("41"));
            machine.close();
            await().until(() -> server.received.size() == 2);
            assertThat(server.received.get(1).opcode()).isEqualTo(EchoServer.CLOSE);
            machine.close();
            assertThat(machine.run(() -> {
            }).isCancelled()).isTrue();
        }
    }

    private TextSocket open(String url) {
        TextSocket socket = machine.call(() -> machine.platform().sockets().open(url, recorder)).join();
        await().until(() -> recorder.heard.contains("opened"));
        return socket;
    }
}
