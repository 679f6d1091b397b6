package dev.thalweg.journals.nodes;

import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.testkit.Rng;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Processes that write, on a bad network, while they are cut off, stopped, killed and started again. When all is well
 * again, all must have the same, and whatever any of them acknowledged.
 */
final class NodeWorld implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 90;

    private final int seed;
    private final Rng rng;
    private final List<NodeProcess> nodes = new ArrayList<>();
    private final Set<String> put = ConcurrentHashMap.newKeySet();
    private final Set<String> removed = ConcurrentHashMap.newKeySet();
    private final Set<String> touched = ConcurrentHashMap.newKeySet();
    private final Set<String> said = ConcurrentHashMap.newKeySet();
    private final Set<String> faults = ConcurrentHashMap.newKeySet();
    private final AtomicInteger counted = new AtomicInteger();
    private int tried;
    private int written;

    private NodeWorld(int seed, int size, Path folder) throws Exception {
        this.seed = seed;
        rng = new Rng(seed);
        for (int i = 0; i < size; i++) {
            nodes.add(new NodeProcess("n" + i, folder.resolve("n" + i), i % 3 == 1 ? "sqlite" : "file", seed * 31 + i));
        }
    }

    /**
     * Plays a run.
     *
     * @return what happened, in a line
     * @throws IllegalStateException when something does not hold
     */
    static String run(int seed, int size, int steps, Path folder) throws Exception {
        long began = System.nanoTime();
        try (NodeWorld world = new NodeWorld(seed, size, folder)) {
            world.startAll();
            String conditions = world.makeBad();
            List<String> kinds = new ArrayList<>();
            for (int i = 0; i < steps; i++) {
                String kind = world.step();
                if (!kind.isEmpty()) {
                    kinds.add(kind);
                }
            }
            world.settle();
            return "seed " + seed + ": " + size + " processes, " + conditions + "; " + String.join(", ", kinds) + "; "
                    + (world.put.size() + world.removed.size() + world.said.size()) + " of " + world.written
                    + " writes acknowledged, alike after "
                    + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began) + " ms";
        }
    }

    private void startAll() throws Exception {
        for (NodeProcess node : nodes) {
            node.start();
        }
        String peers = where();
        for (NodeProcess node : nodes) {
            node.peers(peers);
        }
        for (NodeProcess node : nodes) {
            node.ready();
        }
    }

    private String where() throws Exception {
        List<String> all = new ArrayList<>();
        for (NodeProcess node : nodes) {
            all.add(node.name + "=" + node.port());
        }
        return String.join(",", all);
    }

    /* Most runs have a bad network, some a very bad one. */
    private String makeBad() throws Exception {
        String conditions = rng.pick(List.of("0", "10", "80")) + " " + rng.pick(List.of("0", "5", "25")) + " "
                + rng.pick(List.of("0", "20"));
        for (NodeProcess node : nodes) {
            node.ask("faults " + conditions);
        }
        String[] words = conditions.split(" ");
        return "up to " + words[0] + " ms late, " + words[1] + " % lost, " + words[2] + " % doubled";
    }

    private String step() throws Exception {
        NodeProcess node = rng.pick(nodes);
        switch (rng.weighted(26, 12, 12, 18, 8, 5, 5, 6, 5, 3)) {
            case 0 -> put(node);
            case 1 -> remove(node);
            case 2 -> count(node);
            case 3 -> say(node);
            case 4 -> Thread.sleep(rng.between(5, 120));
            case 5 -> {
                return cut();
            }
            case 6 -> {
                heal();
                return "healed";
            }
            case 7 -> {
                if (node.isDead()) {
                    restart(node);
                    return node.name + " started";
                }
                node.kill();
                return node.name + " killed";
            }
            case 8 -> {
                if (!node.isDead()) {
                    node.pause(!node.isStopped());
                    return node.name + (node.isStopped() ? " stopped" : " went on");
                }
            }
            case 9 -> {
                if (node.runs()) {
                    node.tell("disconnect", answer -> {
                    });
                    return node.name + " disconnected";
                }
            }
            default -> throw new IllegalStateException();
        }
        return "";
    }

    private void put(NodeProcess node) throws Exception {
        written++;
        String element = "e" + written;
        tell(node, "put " + consistency() + " " + element, put, element);
    }

    private void say(NodeProcess node) throws Exception {
        written++;
        String text = "m" + written;
        tell(node, "say " + text, said, text);
    }

    private void remove(NodeProcess node) throws Exception {
        if (!node.runs() || !node.isReady()) {
            return;
        }
        written++;
        String[] element = {""};
        node.tell("remove " + consistency() + " " + rng.below(1000), answer -> {
            if (answer.startsWith("trying ")) {
                element[0] = answer.substring("trying ".length());
                touched.add(element[0]);
            } else if (isAcknowledged(answer) && !element[0].isEmpty()) {
                removed.add(element[0]);
            }
        });
    }

    private void count(NodeProcess node) throws Exception {
        if (!node.runs() || !node.isReady()) {
            return;
        }
        int by = rng.between(1, 9);
        tried += by;
        node.tell("count " + consistency() + " " + by, answer -> {
            if (isAcknowledged(answer)) {
                counted.addAndGet(by);
            }
        });
    }

    private void tell(NodeProcess node, String command, Set<String> acknowledged, String what) throws Exception {
        if (node.runs() && node.isReady()) {
            node.tell(command, answer -> {
                if (isAcknowledged(answer)) {
                    acknowledged.add(what);
                }
            });
        }
    }

    /* A write for which not enough answered in time is acknowledged by those that did. */
    private boolean isAcknowledged(String answer) {
        if (answer.startsWith("failed")) {
            faults.add(answer);
        }
        return answer.startsWith("ok ") && !answer.equals("ok nobody") && !answer.equals("ok nothing");
    }

    private String consistency() {
        return rng.pick(List.of("local", "local", "majority", "all"));
    }

    private String cut() throws Exception {
        List<String> one = new ArrayList<>();
        List<String> other = new ArrayList<>();
        for (NodeProcess node : nodes) {
            (rng.chance(50) ? one : other).add(node.name);
        }
        for (NodeProcess node : nodes) {
            if (node.runs() && node.isReady()) {
                node.tell("cut " + String.join(" ", one.contains(node.name) ? other : one), answer -> {
                });
            }
        }
        return String.join("+", one) + " cut off";
    }

    private void heal() throws Exception {
        for (NodeProcess node : nodes) {
            if (node.runs() && node.isReady()) {
                node.tell("cut", answer -> {
                });
            }
        }
    }

    /* It listens elsewhere now. Whoever is stopped hears of it when it goes on. */
    private void restart(NodeProcess node) throws Exception {
        node.start();
        List<String> known = new ArrayList<>();
        for (NodeProcess each : nodes) {
            known.add(each.name + "=" + (each.isDead() ? "1" : each.port()));
        }
        node.peers(String.join(",", known));
        node.ready();
        tellWhere();
    }

    private void tellWhere() throws Exception {
        for (NodeProcess node : nodes) {
            for (NodeProcess other : nodes) {
                if (!node.isDead() && node.isReady() && !other.isDead()) {
                    node.tell("where " + other.name + "=" + other.port(), answer -> {
                    });
                }
            }
        }
    }

    private void settle() throws Exception {
        for (NodeProcess node : nodes) {
            if (node.isStopped() && !node.isDead()) {
                node.pause(false);
            }
        }
        for (NodeProcess node : nodes) {
            if (node.isDead()) {
                restart(node);
            }
        }
        for (NodeProcess node : nodes) {
            node.ask("cut");
        }
        /* After the commands that still wait for the disk. */
        for (NodeProcess node : nodes) {
            written++;
            said.add("end-of-" + node.name);
            node.ask("say end-of-" + node.name);
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        Set<String> before = Set.of();
        Set<String> digests = digests();
        while (digests.size() > 1 || !digests.equals(before)) {
            require(System.nanoTime() < deadline, "no agreement: " + digests);
            Thread.sleep(25);
            before = digests;
            digests = digests();
        }
        List<JsonObject> shown = new ArrayList<>();
        for (NodeProcess node : nodes) {
            shown.add(JsonCasts.object(JsonValue.parse(node.ask("show")), "state"));
        }
        require(faults.isEmpty(), "a command failed: " + faults);
        for (JsonObject each : shown) {
            check(each);
            require(each.require("minutes").equals(shown.get(0).require("minutes")), "two histories");
        }
    }

    private Set<String> digests() throws Exception {
        Set<String> digests = new HashSet<>();
        for (NodeProcess node : nodes) {
            digests.add(node.ask("digest"));
        }
        return digests;
    }

    private void check(JsonObject shown) throws Exception {
        Set<String> cart = texts(shown, "cart");
        Set<String> minutes = texts(shown, "minutes");
        require(minutes.size() == shown.array("minutes").size(), "an event twice");
        for (String element : put) {
            require(cart.contains(element) || touched.contains(element), "lost " + element);
        }
        for (String element : removed) {
            require(!cart.contains(element), "back again: " + element);
        }
        require(minutes.containsAll(said), "lost events: " + said + " of " + minutes);
        double total = shown.number("counter");
        require(total >= counted.get() && total <= tried,
                "counted " + counted + " to " + tried + ", there is " + total);
    }

    private static Set<String> texts(JsonObject shown, String field) throws Exception {
        return shown.array(field).values().stream().map(JsonValue::toJson)
                .map(text -> text.substring(1, text.length() - 1)).collect(Collectors.toSet());
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException("seed " + seed + ": " + otherwise);
        }
    }

    @Override
    public void close() throws Exception {
        for (NodeProcess node : nodes) {
            node.close();
        }
    }
}
