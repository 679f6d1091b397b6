package dev.thalweg.replication.data;

import dev.thalweg.crdt.Lattice;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Ids;
import dev.thalweg.platform.Outcome;
import dev.thalweg.platform.Subscription;
import dev.thalweg.platform.Timers;
import dev.thalweg.replication.Journal;
import dev.thalweg.replication.Membership;
import dev.thalweg.replication.MemoryJournal;
import dev.thalweg.replication.Messenger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A node of a key-value store of lattices. Every node holds everything; reads and writes are its own and never wait,
 * unless the caller asks for the consent of others.
 *
 * <p>All on one thread. Listeners and outcomes may call the store; what they cause is told after what is being told.
 */
public final class DistributedData {
    /*
     * A change is applied here, joined to what waits for each other node, and sent soon. A write that needs more nodes
     * waits for the acknowledgements of those very messages, so writes with consent cost no messages of their own. A node
     * acknowledges what it has applied and, where keys are durable, written down.
     *
     * Deltas go from the node that made the change to every other. If one does not arrive because the node that made it is
     * gone, any two nodes find out by comparing digests, which each node does with one other now and then.
     *
     * Every start of a node is a replica of its own, since it may have forgotten what the start before it did: a dot that
     * is used twice would make one change look like another. Replicas that have ended are pruned, and so are deleted keys
     * (see Pruning). Nodes in different rounds of that tell each other of the rounds before anything else.
     */
    private final Parameters with;
    private final String self;
    /* This start of the node. Its changes bear that name, too, unless it has to begin anew. */
    private final String asker;
    private final Map<String, DataType<?>> types = new TreeMap<>();
    private final Store store = new Store();
    private final Durable durable;
    private final Parts parts;
    private final AntiEntropy antiEntropy;
    private final Links links;
    private final Notices notices = new Notices();
    private final Rounds rounds;
    private final Pruning pruning;
    private final Quorums quorums;
    private @Nullable Subscription listening;
    private @Nullable Subscription gossip;
    private @Nullable Subscription prune;
    private String replica;
    private int changes;
    private boolean closed;

    /**
     * What a node is made of.
     *
     * @param messenger  to the other nodes; says what this node is called
     * @param membership which nodes there are
     * @param types      what can be stored, the same on all nodes
     * @param journal    where durable keys are kept, in the stream {@code data:<node>}, which nobody else writes to
     * @param durable    which keys are
     */
    public record Parameters(Messenger messenger, Membership membership, Timers timers, Ids ids,
            List<DataType<?>> types,
            Journal journal, Predicate<Key<?>> durable, DataOptions options, Reports reports) {
        public Parameters {
            types = List.copyOf(types);
        }

        /** Without durable keys, with {@link DataOptions#DEFAULT}. */
        public Parameters(Messenger messenger, Membership membership, Timers timers, Ids ids, List<DataType<?>> types) {
            this(messenger, membership, timers, ids, types, new MemoryJournal(), key -> false, DataOptions.DEFAULT,
                    (node, what) -> {
                    });
        }
    }

    /** Hears what was refused or lost, for a log. */
    @FunctionalInterface
    public interface Reports {
        /** Something was not taken. @param source the node it came from, or the stream @param what for a person */
        void refused(String source, String what);
    }

    /**
     * Changes a value.
     *
     * @param <S> the lattice
     */
    @FunctionalInterface
    public interface Change<S> {
        /** Returns a delta. @param state what is there @param replica in whose name to change it */
        S delta(S state, String replica);
    }

    /**
     * Hears what happens under a key.
     *
     * @param <S> the lattice
     */
    @FunctionalInterface
    public interface Listener<S> {
        /**
         * Something did: never called when nothing changed, and once for every change. When one listener fails the others
         * are told all the same; whoever made the change gets the exception.
         */
        void happened(DataEvent<S> event);
    }

    private DistributedData(Parameters with) {
        this.with = with;
        self = with.messenger.self();
        asker = self + "#" + with.ids.uuid();
        replica = asker;
        for (DataType<?> type : with.types) {
            if (types.put(type.name(), type) != null) {
                throw new IllegalArgumentException("two types are called " + type.name());
            }
        }
        durable = new Durable(with.journal, "data:" + self, with.durable, store);
        links = new Links(asker, with.options, with.timers, new LinkCarrier());
        parts = new Parts(with.options.valueBytes());
        quorums = new Quorums(self, with.options.retryMillis(), with.timers, this::ask);
        antiEntropy = new AntiEntropy(store, with.ids, with.options, this::say);
        PruningOwner owner = new PruningOwner();
        rounds = new Rounds(store, durable, owner);
        pruning = new Pruning(store, with.ids, owner);
    }

    private final class LinkCarrier implements Link.Carrier {
        @Override
        public void send(String node, byte[] message) {
            deliver(node, message);
        }

        @Override
        public String tag() {
            return rounds.tag();
        }

        @Override
        public void acknowledged(String node, String key, int change) {
            quorums.acknowledged(node, key, change);
        }
    }

    /* What pruning asks of a node. */
    private final class PruningOwner implements Rounds.Owner, Pruning.Owner {
        @Override
        public void say(String node, Message message) {
            DistributedData.this.say(node, message);
        }

        @Override
        public Message.Status status() {
            return antiEntropy.status();
        }

        @Override
        public void lift(Horizon next) {
            links.lift(next);
        }

        @Override
        public String self() {
            return self;
        }

        @Override
        public void forgotten(Entry<?> entry) {
            notices.forgotten(entry);
        }

        @Override
        public void beginAnew() {
            replica = self + "#" + with.ids.uuid();
            links.clear();
            quorums.beginAnew();
        }

        @Override
        public void report(String what) {
            with.reports.refused("data:" + self, what);
        }

        @Override
        public Set<String> members() {
            return with.membership.members();
        }

        @Override
        public String replica() {
            return replica;
        }

        @Override
        public Horizon horizon() {
            return rounds.horizon();
        }

        @Override
        public void advance(Horizon next) {
            rounds.advance(next);
            for (String node : with.membership.others(self)) {
                say(node, new Message.Pruned(next));
            }
        }
    }

    /**
     * Starts a node.
     *
     * @param outcome hears of it once the durable keys have been read
     */
    public static void open(Parameters with, Outcome<DistributedData> outcome) {
        DistributedData data = new DistributedData(with);
        data.durable.recover(data.types, data.rounds, new Outcome<@Nullable Void>() {
            @Override
            public void succeeded(@Nullable Void nothing) {
                data.start();
                outcome.succeeded(data);
            }

            @Override
            public void failed(Failure failure) {
                outcome.failed(failure);
            }
        });
    }

    private void start() {
        durable.recovered(rounds.horizon());
        listening = with.messenger.listen(this::received);
        // Somebody says so soon if this node was left behind.
        for (String node : with.membership.others(self)) {
            say(node, antiEntropy.status());
        }
        scheduleGossip();
        if (with.options.pruneMillis() < Double.POSITIVE_INFINITY) {
            schedulePruning();
        }
    }

    private void schedulePruning() {
        prune = with.timers.schedule(with.options.pruneMillis() * (0.5 + with.ids.fraction()), () -> {
            pruning.propose(self, asker);
            notices.tell();
            schedulePruning();
        });
    }

    /** How many rounds of pruning this node has been through. */
    public int pruned() {
        return rounds.horizon().round;
    }

    /** Of how many keys it keeps anything; of deleted ones until all nodes are known to know of that. */
    public int kept() {
        return store.all().size();
    }

    /** In whose name this start of the node makes its changes, unless it has to begin anew; no other has it. */
    public String replica() {
        return replica;
    }

    /** What is under a key as far as this node knows; null when the key is not there or was deleted. */
    public <S extends Lattice<S>> @Nullable S get(Key<S> key) {
        Entry<S> entry = store.get(known(key));
        return entry == null ? null : entry.state;
    }

    /**
     * What is under a key as far as some nodes know, this one among them. It knows it too from then on.
     *
     * @param timeoutMillis how long to wait for them
     */
    public <S extends Lattice<S>> void get(Key<S> key, Consistency consistency, double timeoutMillis,
            Outcome<ReadReply<S>> outcome) {
        requireOpen();
        String name = known(key).name();
        int needed = consistency.of(with.membership.members().size());
        if (needed == 1) {
            outcome.succeeded(new ReadReply.Read<>(get(key)));
            return;
        }
        quorums.requireFew();
        quorums.read(name, with.membership.members(), needed, timeoutMillis, (ended, enough, answered, missing) -> {
            S state = get(key);
            outcome.succeeded(enough ? new ReadReply.Read<>(state) : new ReadReply.TimedOut<>(state, missing));
        });
    }

    private void ask(String node, int number, String key) {
        Entry<?> mine = store.get(key);
        say(node, new Message.Read(asker, number, key, mine == null ? null : Message.spelled(mine.digest())));
    }

    /** Changes what is under a key, here and by and by everywhere. */
    public <S extends Lattice<S>> void update(Key<S> key, Change<S> change) {
        update(key, change, Consistency.local(), 0, Outcome.ignored());
    }

    /**
     * Changes what is under a key, and says when enough nodes have it. The change is visible here before this returns,
     * and stays whatever the answer is.
     *
     * @param change        starts from the type's bottom when the key is not there
     * @param timeoutMillis how long to wait for the nodes
     * @param outcome       fails when this node's journal does
     */
    public <S extends Lattice<S>> void update(Key<S> key, Change<S> change, Consistency consistency,
            double timeoutMillis, Outcome<WriteReply> outcome) {
        requireOpen();
        Entry<S> entry = store.get(known(key));
        S state = entry == null || entry.state == null ? key.type().bottom() : entry.state;
        int epoch = entry == null ? 0 : entry.epochOfWrites();
        S delta = change.delta(state, replica);
        write(Entry.living(key, epoch, delta), consistency, timeoutMillis, outcome);
    }

    /** Deletes a key, here and by and by everywhere. */
    public void delete(Key<?> key) {
        delete(key, Consistency.local(), 0, Outcome.ignored());
    }

    /**
     * Deletes a key with all that was written to it, also what other nodes write before they hear of it. A write that
     * follows starts anew. A key that this node does not know stays as it is.
     */
    public void delete(Key<?> key, Consistency consistency, double timeoutMillis, Outcome<WriteReply> outcome) {
        requireOpen();
        Entry<?> entry = store.get(known(key).name());
        if (entry == null) {
            outcome.succeeded(new WriteReply.Written(List.of(self)));
        } else {
            write(entry.deletion(), consistency, timeoutMillis, outcome);
        }
    }

    /** Hears of every change under a key from now on, and of nothing else. */
    public <S extends Lattice<S>> Subscription subscribe(Key<S> key, Listener<S> listener) {
        requireOpen();
        return notices.subscribe(known(key).name(), listener);
    }

    /** The keys that are there, sorted by name. */
    public List<Key<?>> keys() {
        TreeMap<String, Key<?>> keys = new TreeMap<>();
        for (Entry<?> entry : store.all()) {
            if (entry.state != null) {
                keys.put(entry.key.name(), entry.key);
            }
        }
        return new ArrayList<>(keys.values());
    }

    /** Of everything this node has: equal when two nodes have the same. */
    public String digest() {
        return store.digest();
    }

    /** Stops. Outcomes that wait hear nothing any more. */
    public void close() {
        closed = true;
        for (@Nullable
        Subscription each : new Subscription[] {listening, gossip, prune}) {
            if (each != null) {
                each.cancel();
            }
        }
        links.clear();
        quorums.close();
        notices.clear();
    }

    private <K extends Key<?>> K known(K key) {
        DataType<?> type = types.get(key.type().name());
        if (type == null || !type.equals(key.type())) {
            throw new IllegalArgumentException("the type of key " + key.name() + " is not one of this store's");
        }
        return key;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
    }

    private <S extends Lattice<S>> void write(Entry<S> delta, Consistency consistency, double timeoutMillis,
            Outcome<WriteReply> outcome) {
        quorums.requireFew();
        Set<String> members = with.membership.members();
        int needed = consistency.of(members.size());
        boolean news = apply(delta);
        changes++;
        int change = changes;
        if (news || needed > 1) {
            links.add(with.membership.others(self), delta, change);
        }
        String name = delta.key.name();
        Quorum quorum = quorums.write(name, change, members, needed, timeoutMillis,
                (ended, enough, answered, missing) -> outcome.succeeded(
                        enough ? new WriteReply.Written(answered) : new WriteReply.TimedOut(answered, missing)));
        durable.sync(new Outcome<@Nullable Void>() {
            @Override
            public void succeeded(@Nullable Void nothing) {
                if (!closed) {
                    quorum.answered(self);
                }
            }

            @Override
            public void failed(Failure failure) {
                if (!closed && !quorum.isOver()) {
                    quorums.giveUp(name, quorum);
                    outcome.failed(failure);
                }
            }
        });
        if (needed > 1) {
            links.flush();
        } else {
            links.flushSoon();
        }
        notices.tell();
    }

    /* Whether anything is new. */
    private <S extends Lattice<S>> boolean apply(Entry<S> change) {
        Entry<S> before = store.get(change.key);
        if (before != null && before.covers(change)) {
            return false;
        }
        Entry<S> after = before == null ? change : before.join(change);
        store.put(after);
        durable.count(change.key, before == null);
        durable.changed(change);
        S state = after.state;
        boolean anew = before == null || before.epoch != after.epoch;
        if (anew && before != null && before.state != null) {
            notices.add(change.key, new DataEvent.Deleted<>());
        }
        if (state != null && change.state != null) {
            notices.add(change.key, new DataEvent.Changed<>(state, change.state));
        }
        return true;
    }

    private void scheduleGossip() {
        gossip = with.timers.schedule(with.options.gossipMillis() * (0.5 + with.ids.fraction()), this::gossip);
    }

    private void gossip() {
        links.retain(with.membership.members()).forEach(parts::forget);
        antiEntropy.begin(with.membership.others(self));
        pruning.remind();
        scheduleGossip();
    }

    private void say(String node, Message message) {
        deliver(node, message.toBytes(rounds.tag()));
    }

    private void deliver(String node, byte[] message) {
        for (byte[] part : Parts.cut(message, with.options.messageBytes())) {
            with.messenger.send(node, part);
        }
    }

    private void received(String node, byte[] bytes) {
        if (closed || node.equals(self)) {
            return;
        }
        if (!with.membership.members().contains(node)) {
            with.reports.refused(node, "it is not a member");
            return;
        }
        try {
            byte[] whole = parts.take(node, bytes);
            if (whole != null) {
                JsonObject json = Message.parse(whole, with.options.valueBytes());
                Message message = Message.read(json);
                boolean anyRound = message instanceof Message.Ack || message instanceof Message.Pruned;
                if (anyRound || rounds.meet(node, Message.tag(json))) {
                    take(node, message);
                }
            }
        } catch (ProtocolException e) {
            with.reports.refused(node, String.valueOf(e.getMessage()));
        }
        notices.tell();
    }

    private void take(String node, Message message) throws ProtocolException {
        switch (message) {
            case Message.Delta delta -> {
                List<Integer> refused = take(node, delta.entries());
                sayOnceDurable(node, new Message.Ack(delta.asker(), delta.number(), refused));
            }
            case Message.Ack ack -> links.acknowledged(node, ack);
            case Message.Status status -> antiEntropy.compare(node, status);
            case Message.Buckets buckets -> antiEntropy.compare(node, buckets);
            case Message.Contents contents -> antiEntropy.compare(node, contents);
            case Message.Want want -> antiEntropy.push(node, want.names());
            case Message.Entries entries -> {
                take(node, entries.entries());
                durable.sync(Outcome.ignored());
            }
            case Message.Read read -> {
                Entry<?> entry = store.get(read.name());
                JsonValue news = entry == null || Message.spelled(entry.digest()).equals(read.digest()) ? null
                        : entry.toJson();
                say(node, new Message.Answer(read.asker(), read.number(), news));
            }
            case Message.Answer answer -> {
                Quorum quorum = answer.asker().equals(asker) ? quorums.waiting(answer.number()) : null;
                if (quorum != null) {
                    JsonValue entry = answer.entry();
                    if (entry != null) {
                        rounds.mixed();
                        apply(Entry.read(entry, types));
                        durable.sync(Outcome.ignored());
                    }
                    quorum.answered(node);
                }
            }
            case Message.Propose propose -> sayOnceDurable(node, pruning.consent(propose));
            case Message.Consent consent -> {
                if (consent.asker().equals(asker)) {
                    pruning.consented(node, consent);
                }
            }
            case Message.Pruned pruned -> rounds.take(pruned.horizon());
        }
    }

    private void sayOnceDurable(String node, Message message) {
        durable.sync(new Outcome<@Nullable Void>() {
            @Override
            public void succeeded(@Nullable Void nothing) {
                if (!closed) {
                    say(node, message);
                }
            }

            /* The node asks again, and then it is written again. */
            @Override
            public void failed(Failure failure) {
                with.reports.refused("data:" + self, failure.message());
            }
        });
    }

    /* Returns the places of those that were not taken. */
    private List<Integer> take(String node, JsonArray entries) {
        rounds.mixed();
        List<Integer> refused = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            try {
                apply(Entry.read(entries.get(i), types));
            } catch (ProtocolException e) {
                refused.add(i);
                with.reports.refused(node, String.valueOf(e.getMessage()));
            }
        }
        return refused;
    }
}
