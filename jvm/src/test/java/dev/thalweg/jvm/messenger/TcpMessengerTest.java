package dev.thalweg.jvm.messenger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.thalweg.jvm.JvmPlatform;
import dev.thalweg.jvm.messenger.TcpMessenger.Secret;
import dev.thalweg.replication.Messenger;
import dev.thalweg.replication.Topics;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ServerSocketFactory;
import javax.net.SocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TcpMessengerTest {
    private static final TcpOptions OPTIONS = new TcpOptions(100_000, 1_000_000, 600, 5, 50);
    private static final String SECRET = "sixteen bytes are enough";

    private final JvmPlatform platform = new JvmPlatform();
    private final Map<String, InetSocketAddress> addresses = new ConcurrentHashMap<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        platform.close();
    }

    private TcpMessenger open(String name, int port, String secret, TcpOptions options) throws IOException {
        TcpMessenger messenger = TcpMessenger.open(new TcpMessenger.Parameters(name,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port), addresses::get,
                new Secret(secret.getBytes(StandardCharsets.UTF_8)), SocketFactory.getDefault(),
                ServerSocketFactory.getDefault(), options, platform.executor(),
                (node, what) -> refused.add(name + " of " + node + ": " + what)));
        open.add(messenger);
        addresses.put(name, new InetSocketAddress(InetAddress.getLoopbackAddress(), messenger.port()));
        messenger.listen((node, message) -> heard.add(name + "<" + node + " " + text(message)));
        return messenger;
    }

    private TcpMessenger open(String name) throws IOException {
        return open(name, 0, SECRET, OPTIONS);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] message) {
        return message.length > 100 ? message.length + " bytes" : new String(message, StandardCharsets.UTF_8);
    }

    private void hears(String... lines) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(heard).contains(lines));
    }

    private void refuses(String line) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(
                () -> assertThat(refused).anySatisfy(each -> assertThat(each).contains(line)));
    }

    @Test
    void messagesGoBothWaysAndToThisNode() throws Exception {
        TcpMessenger a = open("a");
        TcpMessenger b = open("b");
        for (int i = 0; i < 200; i++) {
            a.send("b", bytes("m" + i));
        }
        b.send("a", bytes("answer"));
        b.send("b", bytes("note"));
        b.send("a", new byte[100_000]);
        a.send("nobody", bytes("lost"));
        hears("b<a m0", "b<a m199", "a<b answer", "b<b note", "a<b 100000 bytes");
        assertThat(heard.stream().filter(line -> line.startsWith("b<a"))).hasSize(200).first().isEqualTo("b<a m0");
        assertThat(refused).isEmpty();
    }

    @Test
    void whatIsTooLargeIsTheCallersMistake() throws Exception {
        TcpMessenger a = open("a");
        assertThatThrownBy(() -> a.send("b", new byte[100_001])).hasMessageContaining("100001");
        assertThatThrownBy(() -> a.send("b", new byte[0])).hasMessageContaining("1 to 100000");
        assertThatThrownBy(() -> new Secret(new byte[15])).hasMessageContaining("15");
        assertThatThrownBy(() -> open("x".repeat(256))).hasMessageContaining("256");
        assertThatThrownBy(() -> new TcpOptions(10, 9, 100, 1, 1)).hasMessageContaining("9");
    }

    @Test
    void aNodeThatStartsAgainIsFoundAgain() throws Exception {
        TcpMessenger a = open("a");
        TcpMessenger b = open("b");
        a.send("b", bytes("one"));
        hears("b<a one");
        int port = b.port();
        b.close();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            a.send("b", bytes("into the void"));
            return true;
        });
        TcpMessenger again = open("b", port, SECRET, OPTIONS);
        a.send("b", bytes("two"));
        hears("b<a two");
        again.disconnect();
        // Whatever was on its way is lost: whoever needs more sends again.
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            a.send("b", bytes("three"));
            again.send("a", bytes("four"));
            assertThat(heard).contains("b<a three", "a<b four");
        });
    }

    @Test
    void anotherSecretIsRefusedOnBothSides() throws Exception {
        open("a");
        TcpMessenger mallory = open("mallory", 0, "another secret of sixteen", OPTIONS);
        mallory.send("a", bytes("hello"));
        refuses("the secret is not the same on both sides");
        refuses("mallory of a: it refused: the secret is not the same on both sides");
        assertThat(heard).isEmpty();
    }

    @Test
    void aNodeThatIsAnotherIsNotTakenForTheOneThatWasCalled() throws Exception {
        TcpMessenger a = open("a");
        open("b");
        addresses.put("c", addresses.get("b"));
        a.send("c", bytes("for c alone"));
        refuses("node a called c, and this is b");
        refuses("a of c: it refused: node a called c, and this is b");
        assertThat(heard).isEmpty();
    }

    @Test
    void aFrameThatIsTooLargeEndsTheConnectionAndIsNamed() throws Exception {
        TcpMessenger wordy = open("wordy", 0, SECRET, new TcpOptions(200_000, 200_000, 600, 5, 50));
        TcpMessenger b = open("b");
        wordy.send("b", new byte[100_001]);
        refuses("b of wordy: a message has at most 100000 bytes, one came with 100001");
        refuses("wordy of b: it refused: a message has at most 100000 bytes, one came with 100001");
        wordy.send("b", bytes("short"));
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            wordy.send("b", bytes("short"));
            assertThat(heard).contains("b<wordy short");
        });
        b.close();
    }

    @Test
    void strangersGetNowhere() throws Exception {
        TcpMessenger a = open("a");
        for (byte[] said : List.of(new byte[0], bytes("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), new byte[1000])) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), a.port())) {
                socket.setSoTimeout(30_000);
                socket.getOutputStream().write(said);
                // It hangs up, at the latest when nothing more comes.
                var unused = socket.getInputStream().readAllBytes();
            } catch (IOException e) {
                // Cut off while it was still talking.
            }
        }
        assertThat(heard).isEmpty();
        TcpMessenger b = open("b");
        b.send("a", bytes("still there"));
        hears("a<b still there");
    }

    @Test
    void whatAnswersAndIsNoMessengerIsNamed() throws Exception {
        TcpMessenger a = open("a");
        try (ServerSocket other = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            addresses.put("b", new InetSocketAddress(InetAddress.getLoopbackAddress(), other.getLocalPort()));
            a.send("b", bytes("hello"));
            try (Socket socket = other.accept()) {
                socket.getOutputStream().write(bytes("HTTP/1.1 400 Bad Request\r\n\r\n"));
                refuses("a of b: what answers there is no messenger of this version");
            }
            // One that speaks the words and does not know the secret.
            try (Socket socket = other.accept()) {
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                out.writeInt(0x54574D31);
                out.write(new byte[16]);
                var unused = new DataInputStream(socket.getInputStream()).readNBytes(16 + 2 + 2 + 32);
                out.writeByte(Handshake.ACCEPTED);
                out.write(new byte[32]);
                refuses("a of b: what answers there does not know the secret");
            }
        }
    }

    @Test
    void aNodeThatHearsNothingCostsNoMoreThanTheQueue() throws Exception {
        TcpMessenger a = open("a", 0, SECRET, new TcpOptions(100_000, 300_000, 600, 5, 50));
        CountDownLatch stuck = new CountDownLatch(1);
        JvmPlatform slow = new JvmPlatform();
        TcpMessenger b = TcpMessenger.open(new TcpMessenger.Parameters("b",
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), addresses::get,
                new Secret(bytes(SECRET)), SocketFactory.getDefault(), ServerSocketFactory.getDefault(), OPTIONS,
                slow.executor(), (node, what) -> {
                }));
        addresses.put("b", new InetSocketAddress(InetAddress.getLoopbackAddress(), b.port()));
        List<String> late = new CopyOnWriteArrayList<>();
        b.listen((node, message) -> {
            try {
                stuck.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            late.add(text(message));
        });
        // More than the window, the queue and whatever the sockets hold.
        for (int i = 0; i < 1000; i++) {
            a.send("b", new byte[100_000]);
        }
        refuses("a of b: more than 300000 bytes wait for it");
        stuck.countDown();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            a.send("b", bytes("and now"));
            assertThat(late).contains("and now");
        });
        assertThat(late.size()).isLessThan(1000);
        b.close();
        slow.close();
    }

    @Test
    void aNodeThatGivesNoSignOfLifeIsCalledAgain() throws Exception {
        TcpMessenger a = open("a");
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            addresses.put("b", new InetSocketAddress(InetAddress.getLoopbackAddress(), mute.getLocalPort()));
            a.send("b", bytes("hello"));
            try (Socket first = mute.accept(); Socket second = mute.accept()) {
                assertThat(first.getPort()).isNotEqualTo(second.getPort());
            }
        }
    }

    @Test
    void topicsShareOneMessenger() throws Exception {
        TcpMessenger a = open("a");
        TcpMessenger b = open("b");
        List<String> told = new CopyOnWriteArrayList<>();
        Topics[] topics = {platform.call(() -> new Topics(a)).join(), platform.call(() -> new Topics(b)).join()};
        Messenger red = topics[0].topic("red");
        Messenger green = topics[0].topic("green");
        platform.run(() -> {
            topics[1].topic("red").listen((node, message) -> told.add("red " + node + " " + text(message)));
            topics[1].topic("green").listen((node, message) -> told.add("green " + node + " " + text(message)));
            topics[0].topic("blue").send("b", bytes("nobody listens"));
            red.send("b", bytes("1"));
            green.send("b", bytes(""));
            a.send("b", new byte[] {0, 1});
            a.send("b", new byte[] {9, 'r'});
            red.send("b", bytes("2"));
        }).join();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(
                () -> assertThat(told).containsExactly("red a 1", "green a ", "red a 2"));
    }
}
