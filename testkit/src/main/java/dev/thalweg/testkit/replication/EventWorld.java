package dev.thalweg.testkit.replication;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.replication.MemoryJournal;
import dev.thalweg.replication.eventsourcing.EntityOptions;
import dev.thalweg.replication.eventsourcing.EventSourced;
import dev.thalweg.replication.eventsourcing.ReplicatedEntity;
import dev.thalweg.replication.eventsourcing.Resolver;
import dev.thalweg.testkit.Rng;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Nodes of one entity on a bad network, at random: they take commands, are cut off, die at any moment with some of what
 * they wrote on disk, and are replaced by others. When the network is whole again all must end in the same state, and what
 * was acknowledged must be in it once.
 */
public final class EventWorld {
    /** Something that happens. @param node which node, counted round @param amount more, as the kind takes it */
    public record Step(Kind kind, int node, int amount) {}

    /** What can happen. */
    public enum Kind {
        COMMAND, BURST, REFUSED, WAIT, CUT, HEAL, CRASH, REPLACE
    }

    /** A run. @param resolver 0 all events in order, 1 the last writer wins, 2 the longer text */
    public record Case(int seed, int nodes, int resolver, List<Step> steps) {
        /** Makes one up. */
        public static Case generate(int seed) {
            Rng rng = new Rng(seed);
            int nodes = rng.pick(List.of(3, 3, 3, 3, 3, 5, 5, 9));
            int resolver = rng.below(3);
            List<Step> steps = new ArrayList<>();
            for (int i = rng.between(5, 40); i > 0; i--) {
                Kind kind = KINDS.get(rng.weighted(40, 8, 3, 25, 6, 5, 8, 2));
                steps.add(new Step(kind, rng.below(nodes), rng.below(1000)));
            }
            return new Case(seed, nodes, resolver, steps);
        }

        /** The same with other steps. */
        public Case with(List<Step> others) {
            return new Case(seed, nodes, resolver, others);
        }
    }

    /** Somebody wrote a text to a page. */
    record Written(String page, String text) {}

    /** What the pages say, and all texts that counted, in order. */
    record Pages(Map<String, String> pages, List<String> texts) {}

    private static final List<Kind> KINDS = List.of(Kind.values());

    /** The entity: pages that are written over. */
    private record Book(int kind) implements EventSourced<Written, Written, Pages> {
        @Override
        public Pages initial() {
            return new Pages(Map.of(), List.of());
        }

        @Override
        public List<Written> handle(Pages state, Written command) {
            if (command.text.isEmpty()) {
                throw new IllegalArgumentException("nothing to write");
            }
            return command.text.length() % 3 == 0 ? List.of(command, new Written(command.page, command.text + "+"))
                    : List.of(command);
        }

        @Override
        public Pages apply(Pages state, Written event) {
            Map<String, String> pages = new TreeMap<>(state.pages);
            pages.put(event.page, event.text);
            List<String> texts = new ArrayList<>(state.texts);
            texts.add(event.text);
            return new Pages(pages, texts);
        }

        @Override
        public Resolver<Pages, Written> resolver() {
            return switch (kind) {
                case 0 -> Resolver.inOrder();
                case 1 -> Resolver.lastWriterWins(Written::page);
                default -> Resolver.merging(Written::page,
                        (one, other) -> new Written(one.page, one.text + "&" + other.text));
            };
        }

        @Override
        public JsonValue writeEvent(Written event) {
            return JsonArray.of(JsonValue.of(event.page), JsonValue.of(event.text));
        }

        @Override
        public Written readEvent(JsonValue json) throws ProtocolException {
            List<String> both = JsonCasts.array(json, "event").strings();
            return new Written(both.get(0), both.get(1));
        }

        @Override
        public JsonValue writeState(Pages state) {
            JsonObject.Builder pages = JsonObject.builder();
            state.pages.forEach(pages::put);
            return JsonObject.builder().put("pages", pages.build()).put("texts", JsonArray.ofStrings(state.texts))
                    .build();
        }

        @Override
        public Pages readState(JsonValue json) throws ProtocolException {
            JsonObject object = JsonCasts.object(json, "state");
            JsonObject spelled = object.object("pages");
            Map<String, String> pages = new TreeMap<>();
            for (int i = 0; i < spelled.size(); i++) {
                pages.put(spelled.name(i), JsonCasts.string(spelled.value(i), "page"));
            }
            return new Pages(pages, object.array("texts").strings());
        }
    }

    private final Case played;
    private final Rng rng;
    private final SimulatedNetwork network;
    private final TreeSet<String> names = new TreeSet<>();
    private final List<Member> members = new ArrayList<>();
    private final Map<String, Member> acknowledged = new HashMap<>();
    private final int snapshotEvery;
    private final int diskMillis;
    private int written;
    private int started;

    private final class Member {
        final String name = "n" + started++;
        final MemoryJournal disk = new MemoryJournal();
        double skew = rng.below(2000);
        Answer<ReplicatedEntity<Written, Written, Pages>> opened = new Answer<>();
        @Nullable
        SlowJournal journal;
        boolean running;

        void start() {
            SimulatedNetwork.Node node = network.start(name);
            node.skew(skew);
            SlowJournal way = new SlowJournal(disk);
            journal = way;
            turn(node, way);
            running = true;
            opened = new Answer<>();
            ReplicatedEntity.open(new Book(played.resolver), new ReplicatedEntity.Parameters("book", node,
                    () -> Collections.unmodifiableSet(names), node, node, way,
                    new EntityOptions(200, 600, 5000, snapshotEvery, 10_000), (from, what) -> {
                        if (!what.equals("it is not a member")) {
                            throw new IllegalStateException(name + " refused what " + from + " sent: " + what);
                        }
                    }), opened);
        }

        private void turn(SimulatedNetwork.Node node, SlowJournal way) {
            node.schedule(1 + rng.below(diskMillis), () -> {
                way.pass(rng.between(1, 3));
                turn(node, way);
            });
        }

        void crash() {
            SlowJournal way = journal;
            if (way != null) {
                way.die(rng.below(way.waiting() + 1));
            }
            network.kill(name);
            running = false;
        }

        boolean ready() {
            if (!running) {
                start();
            }
            return opened.came();
        }

        ReplicatedEntity<Written, Written, Pages> entity() {
            return opened.get();
        }
    }

    private EventWorld(Case played) {
        this.played = played;
        rng = new Rng(~played.seed);
        snapshotEvery = rng.pick(List.of(3, 10, 100_000));
        diskMillis = rng.pick(List.of(1, 5, 300));
        network = new SimulatedNetwork(rng, new SimulatedNetwork.Faults(rng.pick(List.of(0, 5, 40, 200)),
                rng.pick(List.of(0, 0, 5, 25)), rng.pick(List.of(0, 10))));
        for (int i = 0; i < played.nodes; i++) {
            add();
        }
        members.forEach(Member::start);
    }

    private void add() {
        Member member = new Member();
        members.add(member);
        names.add(member.name);
    }

    /**
     * Plays a case.
     *
     * @return the digest in which all ended
     * @throws IllegalStateException when something does not hold
     */
    public static String run(Case played) {
        EventWorld world = new EventWorld(played);
        world.network.run(500);
        for (Step step : played.steps) {
            world.step(step);
        }
        return world.settle();
    }

    private void step(Step step) {
        Member member = members.get(step.node % members.size());
        switch (step.kind) {
            case COMMAND -> command(member, step.amount);
            case BURST -> {
                for (int i = 0; i < 8; i++) {
                    command(member, step.amount + i);
                }
            }
            case REFUSED -> refuse(member);
            case WAIT -> network.run(step.amount);
            case CUT -> {
                Set<String> apart = new HashSet<>();
                for (int i = 0; i < members.size(); i++) {
                    if ((step.amount >> i & 1) != 0) {
                        apart.add(members.get(i).name);
                    }
                }
                network.cut(apart);
            }
            case HEAL -> network.cut(Set.of());
            case CRASH -> member.crash();
            case REPLACE -> replace(member);
        }
    }

    /* What only it had is lost. */
    private void replace(Member member) {
        member.crash();
        names.remove(member.name);
        members.remove(member);
        acknowledged.values().removeIf(writer -> writer.equals(member));
        add();
        members.get(members.size() - 1).start();
    }

    private void command(Member member, int amount) {
        if (!member.ready()) {
            return;
        }
        String text = "t" + written++ + ".".repeat(amount % 3);
        member.entity().command(new Written("p" + amount % 4, text), new Outcome<>() {
            @Override
            public void succeeded(Pages pages) {
                require(!acknowledged.containsKey(text), "two answers to one command");
                if (members.contains(member)) {
                    acknowledged.put(text, member);
                }
            }

            @Override
            public void failed(Failure failure) {
                throw new IllegalStateException("a command failed: " + failure.message());
            }
        });
    }

    private void refuse(Member member) {
        if (member.ready()) {
            Answer<Pages> answer = new Answer<>();
            member.entity().command(new Written("p0", ""), answer);
        }
    }

    private String settle() {
        network.cut(Set.of());
        double deadline = network.now() + 120_000;
        while (!agreed()) {
            require(network.now() < deadline, "no agreement");
            network.run(100);
        }
        network.run(3000);
        require(agreed(), "what was agreed on fell apart");
        ReplicatedEntity<Written, Written, Pages> first = members.get(0).entity();
        String digest = first.digest();
        for (Member member : members) {
            member.crash();
        }
        for (Member member : members) {
            member.start();
        }
        while (!agreed()) {
            require(network.now() < deadline + 60_000, "no agreement after a restart");
            network.run(100);
        }
        require(members.get(0).entity().digest().equals(digest), "another state after a restart");
        List<String> texts = members.get(0).entity().state().texts;
        Set<String> different = new HashSet<>(texts);
        require(different.size() == texts.size(), "an event counted twice");
        if (played.resolver == 0) {
            for (String text : acknowledged.keySet()) {
                require(different.contains(text), "lost: " + text);
            }
        }
        return digest;
    }

    private boolean agreed() {
        Set<String> digests = new HashSet<>();
        boolean ready = true;
        for (Member member : members) {
            ready &= member.ready();
        }
        for (Member member : members) {
            if (ready) {
                digests.add(member.entity().digest());
            }
        }
        return digests.size() == 1;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
