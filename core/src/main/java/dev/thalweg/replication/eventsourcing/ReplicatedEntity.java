package dev.thalweg.replication.eventsourcing;

import dev.thalweg.crdt.Dot;
import dev.thalweg.crdt.HybridClock;
import dev.thalweg.crdt.Stamp;
import dev.thalweg.crdt.VersionVector;
import dev.thalweg.json.CanonicalJson;
import dev.thalweg.json.CompactJson;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonLimits;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Ids;
import dev.thalweg.platform.Outcome;
import dev.thalweg.platform.Subscription;
import dev.thalweg.platform.Timers;
import dev.thalweg.replication.Journal;
import dev.thalweg.replication.JournalEntry;
import dev.thalweg.replication.JournalLimits;
import dev.thalweg.replication.Membership;
import dev.thalweg.replication.Messenger;
import dev.thalweg.replication.Subscribers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One node's share of an entity whose events are made on every node at once. All nodes that have the same events have the
 * same history, and the same state.
 *
 * <p>A node that has lost its journal, or that was not among the members for a while, must come back under another name:
 * what it knew before is gone, and others may rely on it.
 *
 * @param <C> commands
 * @param <E> events
 * @param <S> states
 */
public final class ReplicatedEntity<C, E, S> {
    /*
     * An event of this node is told to nobody, applied to nothing and acknowledged to no one before it is durable: after a
     * crash its number is free again, and two events of one number would be two histories. Commands wait for the one
     * before them, so that each sees what came of it. Events of others are applied as they come and written behind; what
     * this node tells the others that it has is what is durable.
     *
     * Each event is sent to everybody once. Whatever is lost is found because every node now and then tells another one
     * what it has, and that one sends what is missing, causes first.
     *
     * What all members are known to have can be joined by no event that is still to come: those groups of the history
     * become its base, and their events are forgotten. For that every event must be made by somebody who knows the base of
     * everybody. A node that has the journal it had does. One that starts with none asks all members for their bases before
     * it makes its first event; whoever has answered it waits for it from then on.
     */
    private static final int MAX_DEPTH = 128;
    private static final JsonLimits LIMITS = new JsonLimits(MAX_DEPTH, JournalLimits.MAX_RECORD);
    /* Bytes; no event has fewer. */
    private static final int SMALLEST_EVENT = 32;

    private final EventSourced<C, E, S> entity;
    private final Parameters with;
    private final String self;
    private final EntityJournal journal;
    private final Waiting<E> waiting;
    private final ArrayDeque<Runnable> commands = new ArrayDeque<>();
    private final Subscribers<Listener<S>> subscribers = new Subscribers<>();
    private final Map<String, VersionVector> told = new HashMap<>();
    private final Map<String, VersionVector> confirmed = new HashMap<>();
    private final Set<String> answered = new TreeSet<>();
    private History<E, S> history;
    private HybridClock clock;
    private String replica;
    private VersionVector durable = VersionVector.EMPTY;
    private @Nullable Subscription listening;
    private @Nullable Subscription gossip;
    private boolean busy;
    private JsonArray members = JsonArray.EMPTY;
    private boolean fresh = true;
    private @Nullable Runnable joined;
    private boolean stopped;

    /**
     * What a node is made of.
     *
     * @param id         the entity's, the same on all nodes
     * @param messenger  to the other nodes, of this entity alone; says what this node is called
     * @param membership which nodes there are
     * @param journal    keeps the stream {@code events:<id>:<node>}, which nobody else writes to
     * @param reports    hears what was refused or lost
     */
    public record Parameters(String id, Messenger messenger, Membership membership, Timers timers, Ids ids,
            Journal journal, EntityOptions options, Reports reports) {}

    /** Hears what was refused, dropped or lost, for a log. */
    @FunctionalInterface
    public interface Reports {
        /** Something was not taken. @param source the node it came from, or the stream @param what for a person */
        void refused(String source, String what);
    }

    /** Hears of new states. @param <S> states */
    @FunctionalInterface
    public interface Listener<S> {
        /**
         * Events came, of this node or of others, and this is what they come to. When one listener fails the others are
         * told all the same.
         */
        void changed(S state);
    }

    private ReplicatedEntity(EventSourced<C, E, S> entity, Parameters with) {
        this.entity = entity;
        this.with = with;
        self = with.messenger.self();
        journal = new EntityJournal(with.journal, JournalLimits.name("events:" + with.id + ":" + self), with.reports,
                new Written());
        waiting = new Waiting<>(with.options.maxWaiting());
        history = new History<>(entity, entity.initial(), VersionVector.EMPTY);
        replica = self + "#" + with.ids.uuid();
        clock = HybridClock.of(replica, with.options.maxDrift());
    }

    /**
     * Opens a node's share: replays what its journal has.
     *
     * @param outcome hears of it when it is ready for commands
     */
    public static <C, E, S> void open(EventSourced<C, E, S> entity, Parameters with,
            Outcome<ReplicatedEntity<C, E, S>> outcome) {
        ReplicatedEntity<C, E, S> opened = new ReplicatedEntity<>(entity, with);
        opened.journal.replay(new Outcome<@Nullable Void>() {
            @Override
            public void succeeded(@Nullable Void nothing) {
                opened.begin(outcome);
            }

            @Override
            public void failed(Failure failure) {
                outcome.failed(failure);
            }
        });
    }

    /* What the journal asks for and tells. */
    private final class Written implements EntityJournal.Owner {
        @Override
        public void restore(JournalEntry entry) throws ProtocolException {
            ReplicatedEntity.this.restore(entry);
        }

        @Override
        public VersionVector seen() {
            return history.seen();
        }

        @Override
        public void durable(VersionVector events) {
            durable = durable.join(events);
        }

        @Override
        public void broken() {
            close();
        }
    }

    private void restore(JournalEntry entry) throws ProtocolException {
        switch (entry) {
            case JournalEntry.Damaged damaged -> throw new ProtocolException(damaged.reason());
            case JournalEntry.Intact intact -> {
                JsonObject json = JsonCasts.object(CompactJson.decode(intact.bytes(), LIMITS), "record");
                if (json.has("base")) {
                    adopt(json);
                    rename(json.string("replica"));
                    for (JsonValue event : json.array("events").values()) {
                        deliver(EventEnvelope.read(event, entity));
                    }
                } else {
                    deliver(EventEnvelope.read(json, entity));
                }
                fresh = false;
            }
        }
    }

    private void rename(String name) {
        Stamp last = clock.last();
        replica = name;
        clock = HybridClock.of(name, with.options.maxDrift());
        if (last != null) {
            witness(last, last.time());
        }
    }

    private void witness(Stamp stamp, double wall) {
        try {
            clock = clock.witness(stamp, wall);
        } catch (ProtocolException e) {
            throw new IllegalStateException(e);
        }
    }

    private void begin(Outcome<ReplicatedEntity<C, E, S>> outcome) {
        durable = history.seen();
        listening = with.messenger.listen(this::received);
        joined = () -> {
            joined = null;
            scheduleGossip();
            outcome.succeeded(this);
        };
        if (fresh) {
            join(outcome);
        } else {
            joined.run();
        }
    }

    private void join(Outcome<ReplicatedEntity<C, E, S>> outcome) {
        List<String> unheard = with.membership.others(self);
        unheard.removeAll(answered);
        if (unheard.isEmpty()) {
            journal.add(snapshotOf(List.of()));
            journal.write(new Outcome<@Nullable Void>() {
                @Override
                public void succeeded(@Nullable Void nothing) {
                    fresh = false;
                    durable = history.seen();
                    Runnable ready = joined;
                    if (ready != null) {
                        ready.run();
                    }
                }

                @Override
                public void failed(Failure failure) {
                    outcome.failed(failure);
                }
            });
            return;
        }
        for (String node : unheard) {
            send(node, JsonObject.of("join", JsonValue.of(true)));
        }
        gossip = with.timers.schedule(with.options.gossipMillis(), () -> join(outcome));
    }

    /** What all events that this node has come to. */
    public S state() {
        return history.state();
    }

    /** The events that may still be joined by others, in the order in which they are applied. */
    public List<EventEnvelope<E>> recent() {
        return history.events();
    }

    /** Which events this node has. */
    public VersionVector seen() {
        return history.seen();
    }

    /** How often the resolver was asked here. */
    public int resolved() {
        return history.resolved();
    }

    /** Of the state: equal on nodes that have the same events. */
    public String digest() {
        JsonObject all = JsonObject.builder().put("seen", history.seen().toJson())
                .put("state", entity.writeState(history.state())).build();
        return CanonicalJson.digest(all);
    }

    /** Hears of every new state from now on. */
    public Subscription subscribe(Listener<S> listener) {
        return subscribers.add(listener);
    }

    /**
     * Handles a command, after those before it.
     *
     * @param outcome hears of the state once the events are durable here; fails when the journal does, and the entity then
     *                has to be opened again; hears nothing when it is closed first. A command that makes no sense fails
     *                as 400 with the message of the {@link IllegalArgumentException}, and one whose handler fails in
     *                another way as 500; the next ones are handled all the same
     */
    public void command(C command, Outcome<S> outcome) {
        if (stopped) {
            throw new IllegalStateException("the entity is closed");
        }
        commands.add(() -> handle(command, outcome));
        next();
    }

    private void next() {
        while (!busy && !stopped && !commands.isEmpty()) {
            busy = true;
            commands.remove().run();
        }
    }

    private void handle(C command, Outcome<S> outcome) {
        List<E> events;
        try {
            events = List.copyOf(entity.handle(history.state(), command));
        } catch (IllegalArgumentException e) {
            busy = false;
            outcome.failed(Failure.permanent(400, String.valueOf(e.getMessage())));
            return;
        } catch (RuntimeException e) {
            busy = false;
            outcome.failed(Failure.permanent(500, "the command handler failed: " + e));
            return;
        }
        if (events.isEmpty()) {
            busy = false;
            outcome.succeeded(history.state());
            return;
        }
        List<EventEnvelope<E>> made = make(events);
        journal.write(new Outcome<@Nullable Void>() {
            @Override
            public void succeeded(@Nullable Void nothing) {
                for (EventEnvelope<E> event : made) {
                    deliver(event);
                    durable = durable.with(event.dot());
                }
                sendEvents(with.membership.others(self), made);
                busy = false;
                try {
                    outcome.succeeded(history.state());
                } finally {
                    // A listener's fault keeps neither the next command waiting nor the others from hearing.
                    try {
                        next();
                    } finally {
                        show();
                    }
                }
            }

            @Override
            public void failed(Failure failure) {
                outcome.failed(failure);
            }
        });
    }

    private List<EventEnvelope<E>> make(List<E> events) {
        List<EventEnvelope<E>> made = new ArrayList<>();
        VersionVector seen = history.seen();
        for (E event : events) {
            clock = clock.tick(Math.floor(with.timers.now()));
            Dot dot = seen.next(replica);
            EventEnvelope<E> envelope = new EventEnvelope<>(dot, seen, Objects.requireNonNull(clock.last()),
                    event);
            made.add(envelope);
            journal.add(envelope.toJson(entity));
            seen = seen.with(dot);
        }
        return made;
    }

    /** Stops. Outcomes that wait hear nothing any more. */
    public void close() {
        stopped = true;
        commands.clear();
        if (listening != null) {
            listening.cancel();
        }
        if (gossip != null) {
            gossip.cancel();
        }
    }

    /* It needs nothing that is not there. */
    private void deliver(EventEnvelope<E> event) {
        history.add(event);
        witness(event.stamp(), Math.max(event.stamp().time(), 0));
    }

    private void received(String node, byte[] message) {
        if (stopped || node.equals(self)) {
            return;
        }
        if (!with.membership.members().contains(node)) {
            with.reports.refused(node, "it is not a member");
            return;
        }
        try {
            JsonObject json = JsonCasts.object(CompactJson.decode(message, LIMITS), "message");
            if (json.has("join")) {
                told.remove(node);
                confirmed.remove(node);
                send(node, base());
            } else if (json.has("base")) {
                if (fresh && !journal.writing() && answered.add(node)) {
                    adopt(json);
                }
            } else if (!fresh) {
                heard(node, json);
            }
        } catch (ProtocolException e) {
            with.reports.refused(node, String.valueOf(e.getMessage()));
        }
        drain();
    }

    private void heard(String node, JsonObject json) throws ProtocolException {
        if (json.has("behind")) {
            /* Unless what it was told is old. */
            if (!durable.covers(VersionVector.read(json.require("behind"), "behind"))) {
                close();
                with.reports.refused(node, "this node does not know what the others have agreed on");
            }
        } else if (json.has("has")) {
            VersionVector has = VersionVector.read(json.require("has"), "has");
            if (members().equals(json.array("members"))) {
                told.put(node, has);
            }
            answer(node, has, json.optionalBool("answer", false));
        } else {
            for (JsonValue event : json.array("events").values()) {
                take(node, event);
            }
        }
    }

    private void take(String node, JsonValue json) throws ProtocolException {
        EventEnvelope<E> event = EventEnvelope.read(json, entity);
        if (history.seen().contains(event.dot())) {
            return;
        }
        if (!event.seen().covers(history.baseSeen())) {
            with.reports.refused(node, "an event made without knowing what all have agreed on");
            return;
        }
        clock.witness(event.stamp(), with.timers.now());
        if (!waiting.add(event)) {
            with.reports.refused(node, "more than " + with.options.maxWaiting() + " events wait for others");
        }
    }

    private void drain() {
        boolean news = false;
        for (EventEnvelope<E> event = waiting.next(history.seen()); event != null; event = waiting
                .next(history.seen())) {
            if (event.seen().covers(history.baseSeen())) {
                deliver(event);
                journal.add(event.toJson(entity));
                news = true;
            }
        }
        if (news) {
            journal.write(Outcome.ignored());
            show();
        }
    }

    /* Events came. Whether they made a difference would cost a look at the whole state. */
    private void show() {
        S now = history.state();
        Queue<Runnable> calls = new ArrayDeque<>();
        subscribers.queue(calls, listener -> listener.changed(now));
        Subscribers.run(calls);
    }

    private void scheduleGossip() {
        gossip = with.timers.schedule(with.options.gossipMillis() * (0.5 + with.ids.fraction()), this::gossip);
    }

    private void gossip() {
        List<String> others = with.membership.others(self);
        if (!others.isEmpty()) {
            int one = Math.min(others.size() - 1, (int) (with.ids.fraction() * others.size()));
            status(others.get(one), false);
        }
        settle(others);
        scheduleGossip();
    }

    private void status(String node, boolean answer) {
        send(node, JsonObject.builder().put("has", durable.toJson()).put("members", members()).put("answer", answer)
                .build());
    }

    /* Whoever leaves may have told some of us what it did not tell others. What was heard before that says too little. */
    private JsonArray members() {
        JsonArray now = JsonArray.ofStrings(with.membership.members());
        if (!now.equals(members)) {
            members = now;
            told.clear();
            confirmed.clear();
        }
        return now;
    }

    private void answer(String node, VersionVector has, boolean answer) {
        if (!has.covers(history.baseSeen())) {
            send(node, JsonObject.of("behind", history.baseSeen().toJson()));
        } else if (!has.covers(durable)) {
            List<EventEnvelope<E>> missing = new ArrayList<>();
            for (EventEnvelope<E> event : history.events()) {
                if (!has.contains(event.dot()) && durable.contains(event.dot())) {
                    missing.add(event);
                }
            }
            sendEvents(List.of(node), missing);
        }
        if (!answer) {
            status(node, true);
        }
    }

    /* As many as a message takes; the node asks for the rest. Most often that is all of them, at the first attempt. */
    private void sendEvents(List<String> nodes, List<EventEnvelope<E>> events) {
        int count = Math.min(events.size(), Math.max(1, with.options.messageBytes() / SMALLEST_EVENT));
        if (count == 0 || nodes.isEmpty()) {
            return;
        }
        List<JsonValue> json = new ArrayList<>();
        for (EventEnvelope<E> event : events.subList(0, count)) {
            json.add(event.toJson(entity));
        }
        byte[] message = CompactJson.encode(JsonObject.of("events", new JsonArray(json)));
        while (message.length > with.options.messageBytes() && count > 1) {
            count /= 2;
            json = json.subList(0, count);
            message = CompactJson.encode(JsonObject.of("events", new JsonArray(json)));
        }
        for (String node : nodes) {
            with.messenger.send(node, message);
        }
    }

    private void send(String node, JsonObject message) {
        with.messenger.send(node, CompactJson.encode(message));
    }

    private JsonObject base() {
        Stamp last = clock.last();
        return JsonObject.builder().put("base", entity.writeState(history.base()))
                .put("known", history.baseSeen().toJson())
                .putIfPresent("stamp", last == null ? null : last.toJson()).build();
    }

    private void adopt(JsonObject json) throws ProtocolException {
        VersionVector known = VersionVector.read(json.require("known"), "known");
        S base = entity.readState(json.require("base"));
        JsonValue stamp = json.get("stamp");
        if (stamp != null) {
            Stamp latest = Stamp.read(stamp, "stamp");
            witness(latest, latest.time());
        }
        if (known.covers(history.seen())) {
            history = new History<>(entity, base, known);
        }
    }

    /* See the top: only what a node has that is known to have told of all it made, to somebody who has all of that. */
    private void settle(List<String> others) {
        VersionVector known = durable;
        members();
        for (String node : others) {
            VersionVector has = told.get(node);
            if (has != null && durable.covers(has)) {
                confirmed.put(node, has);
            }
            VersionVector sure = confirmed.get(node);
            known = sure == null ? VersionVector.EMPTY : known.meet(sure);
        }
        if (!busy && journal.ripe(with.options.snapshotEvery())) {
            history.settle(known);
            journal.snapshot(snapshotOf(history.events()));
        }
    }

    private JsonObject snapshotOf(List<EventEnvelope<E>> recent) {
        List<JsonValue> events = new ArrayList<>();
        for (EventEnvelope<E> event : recent) {
            events.add(event.toJson(entity));
        }
        return base().with("replica", JsonValue.of(replica)).with("events", new JsonArray(events));
    }
}
