package dev.thalweg.samples.nodes;

import dev.thalweg.jvm.JvmPlatform;
import dev.thalweg.jvm.messenger.TcpMessenger;
import dev.thalweg.replication.Membership;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The frame of a process that is one node: says on which port it listens, is told where the others are, and answers
 * commands, a line each.
 *
 * @param platform   one thread, on which everything of the node runs
 * @param wire       to the other nodes
 * @param membership which nodes there are
 */
public record SampleNode(JvmPlatform platform, Wire wire, Membership membership) {
    /* Whoever starts the processes makes one up for them. */
    private static final String SECRET = "THALWEG_SECRET";

    /** Makes the node, once it knows the others. */
    @FunctionalInterface
    public interface Opening {
        /** @return what answers its commands */
        Commands open(SampleNode node) throws Exception;
    }

    /** Answers commands. */
    @FunctionalInterface
    public interface Commands {
        /** Called on the main thread. @return what comes of it */
        CompletableFuture<String> obey(String command, String argument);
    }

    /** Runs until its input ends. @param name the node's */
    public static void run(String name, Opening opening) throws Exception {
        Map<String, InetSocketAddress> addresses = new ConcurrentHashMap<>();
        byte[] secret = System.getenv().getOrDefault(SECRET, "").getBytes(StandardCharsets.UTF_8);
        try (JvmPlatform platform = new JvmPlatform();
                TcpMessenger messenger = TcpMessenger.open(new TcpMessenger.Parameters(name,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), addresses::get,
                        new TcpMessenger.Secret(secret), platform.executor(),
                        (node, what) -> System.err.println(node + ": " + what)));
                BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println(messenger.port());
            learn(addresses, lines.readLine());
            Wire wire = new Wire(messenger);
            Commands commands = opening.open(new SampleNode(platform, wire, Membership.of(addresses.keySet())));
            System.out.println("ready");
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int space = line.indexOf(' ');
                String command = space < 0 ? line : line.substring(0, space);
                String argument = space < 0 ? "" : line.substring(space + 1);
                switch (command) {
                    case "peers" -> learn(addresses, argument);
                    case "cut" ->
                            platform.run(
                                    () -> wire.cut(argument.isEmpty() ? Set.of() : Set.of(argument.split(" ", -1))))
                                    .join();
                    default -> System.out.println(commands.obey(command, argument).join());
                }
            }
        }
    }

    private static void learn(Map<String, InetSocketAddress> addresses, String line) throws IOException {
        if (line == null) {
            throw new IOException("nobody said where the other nodes are");
        }
        for (String each : line.split(" ", -1)) {
            int equals = each.indexOf('=');
            addresses.put(each.substring(0, equals), new InetSocketAddress(InetAddress.getLoopbackAddress(),
                    Integer.parseInt(each.substring(equals + 1))));
        }
    }
}
