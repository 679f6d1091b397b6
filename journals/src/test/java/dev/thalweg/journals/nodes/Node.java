package dev.thalweg.journals.nodes;

import dev.thalweg.crdt.ORSet;
import dev.thalweg.crdt.PNCounter;
import dev.thalweg.journals.SqlJournal;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.jvm.JvmPlatform;
import dev.thalweg.jvm.journal.BlockingJournal;
import dev.thalweg.jvm.journal.FileJournal;
import dev.thalweg.jvm.journal.QueuedJournal;
import dev.thalweg.jvm.messenger.TcpMessenger;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.platform.Timers;
import dev.thalweg.replication.Journal;
import dev.thalweg.replication.Membership;
import dev.thalweg.replication.Topics;
import dev.thalweg.replication.data.Consistency;
import dev.thalweg.replication.data.DataOptions;
import dev.thalweg.replication.data.DataType;
import dev.thalweg.replication.data.DistributedData;
import dev.thalweg.replication.data.Key;
import dev.thalweg.replication.data.WriteReply;
import dev.thalweg.replication.eventsourcing.EntityOptions;
import dev.thalweg.replication.eventsourcing.ReplicatedEntity;
import dev.thalweg.testkit.Rng;
import dev.thalweg.testkit.replication.FaultyMessenger;
import dev.thalweg.testkit.replication.SimulatedNetwork;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * One process that is one node: a store of lattices and an entity, durable, over sockets. Lines come in, each
 * {@code <number> <command> <arguments>}, and for each a line goes out, {@code <number> ok <answer>} or
 * {@code <number> failed <reason>}, in whatever order.
 *
 * <p>Arguments: its name, the folder of its journal, {@code file} or {@code sqlite}, and a seed for the faults.
 */
public final class Node {
    private static final double TIMEOUT = 2_000;
    private static final DataType<ORSet> CARTS = DataType.of("cart", ORSet.EMPTY);
    private static final DataType<PNCounter> COUNTERS = new DataType<>("counter", PNCounter.ZERO, PNCounter::read);
    private static final Key<ORSet> CART = CARTS.key("shared");
    private static final Key<PNCounter> COUNTER = COUNTERS.key("shared");

    private final String name;
    private final Timers timers;
    private final FaultyMessenger network;
    private final TcpMessenger messenger;
    private final DistributedData data;
    private final ReplicatedEntity<String, String, List<String>> entity;
    private final Map<String, InetSocketAddress> addresses;

    private Node(String name, Timers timers, FaultyMessenger network, TcpMessenger messenger, DistributedData data,
            ReplicatedEntity<String, String, List<String>> entity, Map<String, InetSocketAddress> addresses) {
        this.name = name;
        this.timers = timers;
        this.network = network;
        this.messenger = messenger;
        this.data = data;
        this.entity = entity;
        this.addresses = addresses;
    }

    /** Runs until its input ends. */
    public static void main(String[] arguments) throws Exception {
        String name = arguments[0];
        Path folder = Path.of(arguments[1]);
        int seed = Integer.parseInt(arguments[3]);
        JvmPlatform platform = new JvmPlatform();
        Timers timers = platform.platform().timers();
        Map<String, InetSocketAddress> addresses = new ConcurrentHashMap<>();
        TcpMessenger messenger = TcpMessenger.open(new TcpMessenger.Parameters(name,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), addresses::get,
                new TcpMessenger.Secret("a secret among nodes".getBytes(StandardCharsets.UTF_8)), platform.executor(),
                Node::report));
        System.out.println("port " + messenger.port());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            addresses.putAll(addresses(lines.readLine()));
            BlockingJournal kept = arguments[2].equals("file") ? FileJournal.open(folder,
                    (file, from, length, reason) -> report(file.toString(), length + " bytes: " + reason))
                    : SqlJournal.sqlite(folder.resolve("journal.sqlite"));
            Journal journal = new QueuedJournal(kept, platform.executor());
            Membership membership = Membership.of(List.copyOf(addresses.keySet()));
            FaultyMessenger network = platform.call(() -> new FaultyMessenger(messenger, timers, new Rng(seed))).join();
            Topics topics = platform.call(() -> new Topics(network)).join();
            DistributedData data = platform.<DistributedData>ask(outcome -> DistributedData.open(
                    new DistributedData.Parameters(topics.topic("data"), membership, timers, platform.platform().ids(),
                            List.of(CARTS, COUNTERS), journal, key -> true,
                            new DataOptions(5, 100, 60, 600, 1 << 20, 16, 400), Node::report),
                    outcome)).join();
            ReplicatedEntity<String, String, List<String>> entity = platform
                    .<ReplicatedEntity<String, String, List<String>>>ask(outcome -> ReplicatedEntity.open(new Minutes(),
                            new ReplicatedEntity.Parameters("minutes", topics.topic("minutes"), membership, timers,
                                    platform.platform().ids(), journal,
                                    new EntityOptions(100, 2_000, 10_000, 25, 300_000), Node::report),
                            outcome))
                    .join();
            Node node = new Node(name, timers, network, messenger, data, entity, addresses);
            System.out.println("ready");
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", 3);
                platform.run(() -> node.obey(words[0], words[1], words.length < 3 ? "" : words[2])).join();
            }
        }
        // As a power cut would: whoever wants an orderly end does not use this program.
        Runtime.getRuntime().halt(0);
    }

    private static void report(String source, String what) {
        System.err.println(source + ": " + what);
    }

    private static Map<String, InetSocketAddress> addresses(String spelled) throws IOException {
        if (spelled == null) {
            throw new IOException("no addresses came");
        }
        Map<String, InetSocketAddress> addresses = new ConcurrentHashMap<>();
        for (String each : spelled.split(",")) {
            int equals = each.indexOf('=');
            addresses.put(each.substring(0, equals), new InetSocketAddress(InetAddress.getLoopbackAddress(),
                    Integer.parseInt(each.substring(equals + 1))));
        }
        return addresses;
    }

    private void obey(String number, String command, String rest) {
        String[] words = rest.split(" ");
        try {
            switch (command) {
                case "put" -> data.update(CART, (cart, replica) -> cart.add(replica, words[1]), consistency(words[0]),
                        TIMEOUT, written(number));
                case "remove" -> remove(number, Integer.parseInt(words[1]), consistency(words[0]));
                case "count" -> data.update(COUNTER,
                        (counter, replica) -> counter.update(replica, Integer.parseInt(words[1])),
                        consistency(words[0]), TIMEOUT, written(number));
                case "say" -> entity.command(words[0], heard(number, state -> "said"));
                case "where" -> {
                    addresses.putAll(addresses(words[0]));
                    say(number, "ok known");
                }
                case "faults" -> {
                    network.faults(new SimulatedNetwork.Faults(Integer.parseInt(words[0]), Integer.parseInt(words[1]),
                            Integer.parseInt(words[2])));
                    say(number, "ok bad");
                }
                case "cut" -> {
                    network.cut(rest.isEmpty() ? Set.of() : Set.copyOf(Arrays.asList(words)));
                    say(number, "ok cut");
                }
                case "disconnect" -> {
                    messenger.disconnect();
                    say(number, "ok disconnected");
                }
                case "digest" -> say(number, "ok " + data.digest() + " " + entity.digest());
                case "show" -> say(number, "ok " + show().toJson());
                default -> say(number, "failed " + name + " knows no command " + command);
            }
        } catch (IOException | RuntimeException e) {
            say(number, "failed " + e);
        }
    }

    private void remove(String number, int which, Consistency consistency) {
        ORSet cart = data.get(CART);
        if (cart == null || cart.size() == 0) {
            say(number, "ok nothing");
            return;
        }
        String element = cart.elements().get(which % cart.size());
        System.out.println(number + " trying " + element);
        data.update(CART, (now, replica) -> now.remove(element), consistency, TIMEOUT, written(number));
    }

    private JsonObject show() {
        ORSet cart = data.get(CART);
        PNCounter counter = data.get(COUNTER);
        return JsonObject.builder().put("cart", cart == null ? ORSet.EMPTY.value() : cart.value())
                .put("counter", JsonValue.of(counter == null ? 0 : counter.total()))
                .put("minutes", new Minutes().writeState(entity.state()))
                .put("resolved", entity.resolved()).put("now", JsonValue.of(Math.floor(timers.now()))).build();
    }

    private static Consistency consistency(String word) {
        return switch (word) {
            case "local" -> Consistency.local();
            case "majority" -> Consistency.majority();
            case "all" -> Consistency.all();
            default -> throw new IllegalArgumentException(word);
        };
    }

    private static void say(String number, String answer) {
        System.out.println(number + " " + answer);
    }

    private static Outcome<WriteReply> written(String number) {
        return heard(number, reply -> switch (reply) {
            case WriteReply.Written written -> "by " + String.join(" ", written.nodes());
            case WriteReply.TimedOut late -> late.nodes().isEmpty() ? "nobody" : "by " + String.join(" ", late.nodes());
        });
    }

    /** Spells an answer. @param <T> the answer */
    @FunctionalInterface
    private interface Spelling<T> {
        String of(T value);
    }

    private static <T> Outcome<T> heard(String number, Spelling<T> spelling) {
        Consumer<String> answer = text -> say(number, text);
        return new Outcome<>() {
            @Override
            public void succeeded(T value) {
                answer.accept("ok " + spelling.of(value));
            }

            @Override
            public void failed(Failure failure) {
                answer.accept("failed " + failure.message());
            }
        };
    }
}
