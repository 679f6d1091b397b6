package dev.thalweg.testkit.replication;

import dev.thalweg.crdt.GSet;
import dev.thalweg.crdt.Lattice;
import dev.thalweg.crdt.ORSet;
import dev.thalweg.crdt.PNCounter;
import dev.thalweg.crdt.Prunable;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.replication.Membership;
import dev.thalweg.replication.MemoryJournal;
import dev.thalweg.replication.data.Consistency;
import dev.thalweg.replication.data.DataEvent;
import dev.thalweg.replication.data.DataOptions;
import dev.thalweg.replication.data.DataType;
import dev.thalweg.replication.data.DistributedData;
import dev.thalweg.replication.data.Key;
import dev.thalweg.replication.data.ReadReply;
import dev.thalweg.replication.data.WriteReply;
import dev.thalweg.testkit.Rng;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Nodes of a key-value store on a bad network, at random: they write, delete, read, are cut off, die and start anew, leave
 * and come back. When the network is whole again all must end with the same digest, and have everything that was
 * acknowledged by a node that did not forget it; and what can be pruned must be.
 */
public final class DataWorld {
    private static final DataType<GSet> SETS = new DataType<>("set", GSet.EMPTY, GSet::read);
    private static final DataType<PNCounter> COUNTERS = new DataType<>("counter", PNCounter.ZERO, PNCounter::read);
    private static final DataType<ORSet> CARTS = DataType.of("cart", ORSet.EMPTY);
    private static final List<DataType<?>> TYPES = List.of(SETS, COUNTERS, CARTS);
    private static final Key<GSet> SET = SETS.key("kept");
    private static final Key<GSet> GONE = SETS.key("gone");
    private static final Key<PNCounter> COUNTER = COUNTERS.key("");
    private static final Key<ORSet> CART = CARTS.key("__proto__");
    private static final String LARGE = "0123456789abcdef".repeat(120);
    private static final double TIMEOUT = 1500;
    private static final int STRAY = 2500;
    private static final int LATEST = STRAY + 200;

    private final DataCase played;
    private final Rng rng;
    private final SimulatedNetwork network;
    /* Those that are members now. */
    private final TreeSet<String> names = new TreeSet<>();
    private final Membership membership = () -> names;
    private final double pruneMillis;
    private final double gossipMillis;
    private final List<Member> members = new ArrayList<>();
    private final List<Fact> facts = new ArrayList<>();
    private final Ledgers ledgers = new Ledgers();
    private final Set<String> removed = new HashSet<>();
    /* What was filled in when everybody knew of all deletions: it stays until there is another one. */
    private final List<Fact> filled = new ArrayList<>();
    private boolean settled;
    /* When all has arrived that those have sent who have died. */
    private double clear;
    private int written;
    private int increments;
    private int decrements;
    private int events;

    /** A node, which starts more than once. */
    private final class Member {
        final String name;
        final MemoryJournal disk = new MemoryJournal();
        int crashes;
        int absences;
        int round;
        @Nullable
        SlowJournal journal;
        @Nullable
        DistributedData data;
        Map<String, Lattice<?>> seen = new HashMap<>();

        Member(String name) {
            this.name = name;
        }

        void start() {
            SimulatedNetwork.Node process = network.start(name);
            SlowJournal way = new SlowJournal(disk);
            journal = way;
            turn(process, way);
            Answer<DistributedData> opened = new Answer<>();
            DataOptions options = new DataOptions(rng.below(30), gossipMillis, 100, 700, 1 << 20, 16,
                    pruneMillis);
            DistributedData.open(new DistributedData.Parameters(process, membership, process, process, TYPES, way,
                    key -> played.durable(), options, (from, what) -> refused(from, what)), opened);
            for (int i = 0; i < 100 && !opened.came(); i++) {
                network.run(10);
            }
            DistributedData ready = opened.get();
            data = ready;
            seen = new HashMap<>();
            round = ready.pruned();
            watch(ready, SET);
            watch(ready, GONE);
            watch(ready, COUNTER);
            watch(ready, CART);
        }

        private void refused(String from, String what) {
            if (what.startsWith("it is behind")) {
                // What it had told before it could know that it was behind is lost.
                require(absences > 0 || !played.durable(), name + " was always a member and is behind");
                forgets();
            } else if (!what.equals("it is not a member")) {
                throw new IllegalStateException(name + " refused what " + from + " sent: " + what);
            }
        }

        void forgets() {
            absences++;
            facts.forEach(fact -> fact.nodes.remove(name));
            ledgers.forgets(name);
        }

        boolean isMember() {
            return names.contains(name);
        }

        /* The disk does some of what waits, every few milliseconds. */
        private void turn(SimulatedNetwork.Node process, SlowJournal way) {
            process.schedule(1 + rng.below(5), () -> {
                way.pass(rng.between(1, 3));
                turn(process, way);
            });
        }

        private <S extends Lattice<S>> void watch(DistributedData of, Key<S> key) {
            S before = of.get(key);
            if (before != null) {
                seen.put(key.name(), before);
            }
            Map<String, Lattice<?>> told = seen;
            of.subscribe(key, event -> {
                events++;
                // Pruning spells the same values with fewer replicas, and what was told before the other way.
                boolean pruned = of.pruned() != round;
                @SuppressWarnings("unchecked")
                S last = pruned ? null : (S) told.get(key.name());
                switch (event) {
                    case DataEvent.Changed<S> changed -> {
                        require(last == null || !last.covers(changed.delta()), "news without a change of " + key);
                        S now = last == null ? changed.delta() : last.join(changed.delta());
                        require(pruned || now.equals(changed.state()),
                                "a delta that does not lead to the state of " + key);
                        told.put(key.name(), changed.state());
                    }
                    case DataEvent.Deleted<S> deleted -> {
                        require(pruned || last != null, "deleted news of what was not there: " + key);
                        told.remove(key.name());
                    }
                }
            });
        }

        void crash() {
            crashes++;
            settled = false;
            clear = network.now() + LATEST;
            ledgers.dies(name);
            for (Member other : members) {
                PNCounter counter = other == this || other.data == null ? null : other.data.get(COUNTER);
                if (data != null && counter != null && other.isMember()) {
                    ledgers.seen(data.replica(), other.name, counter);
                }
            }
            if (journal != null) {
                journal.die(rng.below(journal.waiting() + 1));
            }
            network.kill(name);
            data = null;
            if (!played.durable()) {
                facts.forEach(fact -> fact.nodes.remove(name));
                ledgers.forgets(name);
            }
        }

        DistributedData running() {
            DistributedData now = data;
            if (now == null) {
                start();
                now = data;
            }
            return Objects.requireNonNull(now);
        }
    }

    private DataWorld(DataCase played) {
        this.played = played;
        rng = new Rng(~played.seed());
        network = new SimulatedNetwork(rng, new SimulatedNetwork.Faults(rng.pick(List.of(0, 5, 40, 200)),
                rng.pick(List.of(0, 0, 5, 25)), rng.pick(List.of(0, 10))));
        pruneMillis = played.harsh() ? rng.pick(List.of(60.0, 150.0, 400.0)) : rng.pick(List.of(150.0, 600.0, 2500.0));
        gossipMillis = played.harsh() ? rng.pick(List.of(250.0, 1000.0, 3000.0)) : 250;
        if (played.harsh()) {
            network.stray(rng.pick(List.of(0, 5, 20)), STRAY);
        }
        for (int i = 0; i < played.nodes(); i++) {
            names.add("n" + i);
        }
        for (String name : names) {
            members.add(new Member(name));
        }
    }

    /**
     * Plays a case.
     *
     * @return the digest in which all ended
     * @throws IllegalStateException when something does not hold
     */
    public static String run(DataCase played) {
        DataWorld world = new DataWorld(played);
        world.members.forEach(Member::start);
        for (DataCase.Step step : played.steps()) {
            world.step(step);
        }
        return world.settle();
    }

    private void step(DataCase.Step step) {
        Member member = members.get(step.node() % members.size());
        if (!member.isMember()) {
            if (step.kind() == DataCase.Kind.JOIN) {
                names.add(member.name);
                // It may know of deletions that nobody else does.
                unsettle();
            } else if (step.kind() == DataCase.Kind.WAIT) {
                rest(step.amount());
            }
            return;
        }
        Consistency consistency = rng.pick(List.of(Consistency.local(), Consistency.from(2), Consistency.majority(),
                Consistency.all()));
        switch (step.kind()) {
            case ADD -> add(member, SET, "e" + written, consistency);
            case ADD_LARGE -> add(member, SET, "e" + written + LARGE, consistency);
            case FILL -> add(member, GONE, "e" + written, consistency);
            case COUNT -> count(member, step.amount(), consistency);
            case PUT -> put(member, consistency);
            case REMOVE -> remove(member, step.amount(), consistency);
            case DELETE -> delete(member, consistency);
            case READ -> read(member);
            case WAIT -> rest(step.amount());
            case CUT -> {
                Set<String> apart = new HashSet<>();
                for (int i = 0; i < members.size(); i++) {
                    if ((step.amount() >> i & 1) != 0) {
                        apart.add(members.get(i).name);
                    }
                }
                network.cut(apart);
            }
            case HEAL -> network.cut(Set.of());
            case CRASH -> member.crash();
            case LEAVE -> {
                if (names.size() > 2) {
                    member.crash();
                    names.remove(member.name);
                    member.forgets();
                }
            }
            case JOIN -> {
            }
        }
    }

    private void rest(int millis) {
        if (!played.harsh()) {
            network.run(millis);
            return;
        }
        for (int left = millis * 2 / 5; left > 0; left -= 25) {
            network.run(Math.min(left, 25));
            settled |= network.now() > clear && isWhole();
        }
    }

    private void unsettle() {
        settled = false;
        facts.removeAll(filled);
        filled.clear();
    }

    /* Then everybody knows of every deletion. */
    private boolean isWhole() {
        return present().stream().allMatch(member -> member.data != null) && agreed();
    }

    private void add(Member member, Key<GSet> key, String element, Consistency consistency) {
        written++;
        Fact fact = new Fact("element " + element.substring(0, Math.min(9, element.length())) + " of " + key, data -> {
            GSet set = data.get(key);
            return set != null && set.contains(element);
        });
        if (key.equals(SET)) {
            facts.add(fact);
        } else if (settled) {
            filled.add(fact);
            facts.add(fact);
        }
        member.running().update(key, (set, replica) -> set.add(element), consistency, TIMEOUT, heard(fact));
    }

    private void count(Member member, int amount, Consistency consistency) {
        int by = amount % 7 - 3;
        increments += Math.max(0, by);
        decrements += Math.max(0, -by);
        DistributedData data = member.running();
        Fact fact = new Fact("a count of " + by, all -> true);
        data.update(COUNTER, (counter, replica) -> {
            ledgers.counted(fact, replica, counter, by);
            return counter.update(replica, by);
        }, consistency, TIMEOUT, heard(fact));
    }

    private void put(Member member, Consistency consistency) {
        String element = "c" + written++;
        Fact fact = new Fact("element " + element + " of the cart", data -> {
            ORSet set = data.get(CART);
            return removed.contains(element) || set != null && set.contains(element);
        });
        facts.add(fact);
        member.running().update(CART, (set, replica) -> set.add(replica, element), consistency, TIMEOUT, heard(fact));
    }

    private void remove(Member member, int which, Consistency consistency) {
        DistributedData data = member.running();
        ORSet set = data.get(CART);
        if (set == null || set.size() == 0) {
            return;
        }
        String element = set.elements().get(which % set.size());
        removed.add(element);
        Fact fact = new Fact("removal of " + element, all -> {
            ORSet now = all.get(CART);
            return now != null && !now.contains(element);
        });
        facts.add(fact);
        data.update(CART, (now, replica) -> now.remove(element), consistency, TIMEOUT, heard(fact));
    }

    private void delete(Member member, Consistency consistency) {
        DistributedData data = member.running();
        GSet before = data.get(GONE);
        if (before == null) {
            return;
        }
        Fact fact = new Fact("deletion of " + before, all -> {
            GSet now = all.get(GONE);
            return now == null || before.elements().stream().noneMatch(now::contains);
        });
        facts.add(fact);
        if (!filled.isEmpty() && isWhole()) {
            remembered(filled, data);
        }
        unsettle();
        data.delete(GONE, consistency, TIMEOUT, heard(fact));
        require(data.get(GONE) == null, "a deleted key is there");
    }

    private Outcome<WriteReply> heard(Fact fact) {
        boolean[] told = {false};
        Map<String, Integer> crashes = new HashMap<>();
        Map<String, Integer> absences = new HashMap<>();
        members.forEach(member -> crashes.put(member.name, member.crashes));
        members.forEach(member -> absences.put(member.name, member.absences));
        int asked = names.size();
        return new Outcome<>() {
            @Override
            public void succeeded(WriteReply reply) {
                require(!told[0], "two answers to one write");
                told[0] = true;
                Fact certain = fact;
                for (Member member : members) {
                    if (reply.nodes().contains(member.name)
                            && absences.getOrDefault(member.name, -1) == member.absences
                            && (played.durable() || crashes.getOrDefault(member.name, -1) == member.crashes)) {
                        certain.nodes.add(member.name);
                        require(member.data == null || !facts.contains(certain) || certain.check.test(member.data),
                                member.name + " acknowledged and does not have " + certain.what);
                    }
                }
                certain.acknowledged |= !reply.nodes().isEmpty();
                if (reply instanceof WriteReply.TimedOut late) {
                    require(late.nodes().size() + late.missing().size() == asked, "somebody is not named");
                    require(late.missing().stream().noneMatch(late.nodes()::contains), "somebody is named twice");
                }
            }

            @Override
            public void failed(Failure failure) {
                throw new IllegalStateException("a write failed: " + failure.message());
            }
        };
    }

    /* Whoever reads a majority sees what a majority had before. */
    private void read(Member member) {
        List<Fact> certain = new ArrayList<>();
        for (Fact fact : facts) {
            if (fact.acknowledged && fact.nodes.size() > names.size() / 2 && fact.what.endsWith(SET.name())) {
                certain.add(fact);
            }
        }
        DistributedData data = member.running();
        data.get(SET, Consistency.majority(), TIMEOUT, new Outcome<>() {
            @Override
            public void succeeded(ReadReply<GSet> reply) {
                if (reply instanceof ReadReply.Read<GSet> && played.durable()) {
                    for (Fact fact : certain) {
                        require(fact.check.test(data), "a majority wrote, a majority was read, without " + fact.what);
                    }
                }
            }

            @Override
            public void failed(Failure failure) {
                throw new IllegalStateException("a read failed: " + failure.message());
            }
        });
    }

    private static void remembered(List<Fact> facts, DistributedData data) {
        for (Fact fact : facts) {
            if (fact.isCertain()) {
                require(fact.check.test(data), "lost: " + fact.what + ", had by " + fact.nodes);
            }
        }
    }

    private String settle() {
        network.cut(Set.of());
        for (Member member : present()) {
            member.running();
        }
        /* Whatever still waits for an answer gets it, or is told that it did not come. */
        network.run(TIMEOUT + 1);
        double deadline = network.now() + 120_000;
        while (!agreed()) {
            require(network.now() < deadline, "no agreement: " + digests());
            network.run(100);
        }
        prunesAll(deadline);
        allAnswer();
        DistributedData first = present().get(0).running();
        String digest = first.digest();
        int told = events;
        network.run(2000);
        require(agreed() && digest.equals(first.digest()), "something changed by itself");
        require(told == events, "news without a change");
        require(ledgers.hold(first.get(COUNTER)), "less is counted than was acknowledged: " + first.get(COUNTER));
        remembered(facts, first);
        for (Member member : present()) {
            DistributedData data = member.running();
            PNCounter counter = data.get(COUNTER);
            require(counter == null || counter.increments().total() <= increments
                    && counter.decrements().total() <= decrements, "more is counted than was");
            for (Key<? extends Lattice<?>> key : List.of(SET, GONE, COUNTER, CART)) {
                Lattice<?> is = data.get(key);
                Lattice<?> was = member.seen.get(key.name());
                require(Objects.equals(is == null ? null : is.value(), was == null ? null : was.value()),
                        "the news do not add up to what is under " + key);
            }
        }
        return digest;
    }

    /* Whoever asks everybody for consent gets it: nothing that waits for a node waits for ever. */
    private void allAnswer() {
        List<Answer<WriteReply>> answers = new ArrayList<>();
        for (Member member : present()) {
            Answer<WriteReply> answer = new Answer<>();
            answers.add(answer);
            written++;
            String element = "e" + written;
            member.running().update(SET, (set, replica) -> set.add(element), Consistency.all(), 60_000, answer);
        }
        double deadline = network.now() + 60_000;
        while (network.now() < deadline && answers.stream().anyMatch(answer -> !answer.came())) {
            network.run(100);
        }
        require(answers.stream().allMatch(answer -> answer.came() && answer.get() instanceof WriteReply.Written),
                "not all answer");
        // Whatever was astray has come by then.
        network.run(played.harsh() ? LATEST : 0);
        while (!agreed()) {
            require(network.now() < deadline, "no agreement in the end: " + digests());
            network.run(100);
        }
    }

    private List<Member> present() {
        return members.stream().filter(Member::isMember).toList();
    }

    /* Nothing is kept of keys that were deleted, and of replicas that have ended only what is there still. */
    private void prunesAll(double deadline) {
        String left = left();
        while (!left.isEmpty()) {
            require(network.now() < deadline, "not pruned: " + left);
            network.run(100);
            left = left();
        }
        require(agreed(), "pruned apart: " + digests());
    }

    private String left() {
        Set<String> writing = new HashSet<>();
        present().forEach(member -> writing.add(member.running().replica()));
        for (Member member : present()) {
            DistributedData data = member.running();
            if (data.kept() > data.keys().size()) {
                return "deleted keys at " + member.name;
            }
            for (Key<? extends Lattice<?>> key : List.of(COUNTER, CART)) {
                if (data.get(key) instanceof Prunable<?> state && !writing.containsAll(state.prunable())) {
                    return key + " at " + member.name + ": " + state.prunable();
                }
            }
        }
        return agreed() ? "" : "not agreed";
    }

    private boolean agreed() {
        return new HashSet<>(digests()).size() == 1;
    }

    private List<String> digests() {
        List<String> digests = new ArrayList<>();
        for (Member member : present()) {
            digests.add(member.running().digest());
        }
        return digests;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
