package dev.thalweg.undo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.container.ChannelTypes;
import dev.thalweg.container.ConnectionState;
import dev.thalweg.container.Container;
import dev.thalweg.container.ContainerSchema;
import dev.thalweg.container.ContainerServices;
import dev.thalweg.dds.OperationObserver;
import dev.thalweg.dds.map.MapEvent;
import dev.thalweg.dds.map.MapOperation;
import dev.thalweg.dds.map.SharedMap;
import dev.thalweg.json.JsonValue;
import dev.thalweg.loopback.LoopbackIds;
import dev.thalweg.loopback.LoopbackLink;
import dev.thalweg.loopback.LoopbackOptions;
import dev.thalweg.loopback.LoopbackService;
import dev.thalweg.loopback.LoopbackTimers;
import dev.thalweg.platform.Answer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Clients write, undo and redo on few keys of one map, with links that break, and the promise is held against what was
 * sequenced.
 *
 * <p>Every write has a value of its own. In the order of the line, with the writes taken away that were undone (and one
 * that was done again where it was done again), the last is what everyone has to see in the end. That holds exactly as
 * long as one client undoes. When several do at once, one may bring back what another is just taking away; but nothing
 * older than the last write that stands.
 */
class UndoRandomTest {
    private static final int CASES = 1_000;
    private static final List<String> KEYS = List.of("a", "b", "c");
    private static final ContainerSchema SCHEMA = ContainerSchema.builder().object("map", SharedMap.TYPE).build();

    @Test
    void oneClientUndoes() {
        for (int seed = 0; seed < CASES / 2; seed++) {
            new Case(seed, true).run();
        }
    }

    @Test
    void allClientsUndo() {
        for (int seed = CASES / 2; seed < CASES; seed++) {
            new Case(seed, false).run();
        }
    }

    private enum Kind {
        USER, UNDO, REDO, MEND
    }

    /** A write as it was made. */
    private static final class Entry {
        final Kind kind;
        final int client;
        /** How much of the line its client knew. */
        final int known;
        final Map<String, @Nullable JsonValue> writes = new HashMap<>();
        /** What is done again, by key. */
        final Map<String, Entry> again = new HashMap<>();

        Entry(Kind kind, int client, int known) {
            this.kind = kind;
            this.client = client;
            this.known = known;
        }
    }

    private record OnKey(Entry entry, String key) {}

    private static final class Case {
        final int seed;
        final Random random;
        final boolean oneUndoes;
        final LoopbackTimers timers = new LoopbackTimers();
        final LoopbackIds ids;
        final LoopbackService service;
        final List<Client> clients = new ArrayList<>();
        final Map<Integer, Entry> line = new HashMap<>();
        final Set<OnKey> undone = new HashSet<>();
        final StringBuilder script = new StringBuilder();
        int values;

        Case(int seed, boolean oneUndoes) {
            this.seed = seed;
            this.random = new Random(seed);
            this.oneUndoes = oneUndoes;
            this.ids = new LoopbackIds(seed);
            this.service = new LoopbackService(timers, ids, LoopbackOptions.DEFAULT);
        }

        void run() {
            try {
                begin();
                int steps = 20 + random.nextInt(40);
                for (int i = 0; i < steps; i++) {
                    step();
                }
                end();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ":\n" + script, e);
            }
        }

        void begin() {
            LoopbackLink link = service.link();
            Container first = Container.create(services(link), SCHEMA);
            Answer<String> id = new Answer<>();
            first.attach(id);
            service.settle();
            clients.add(new Client(0, link, first));
            int count = 2 + random.nextInt(2);
            for (int i = 1; i < count; i++) {
                LoopbackLink other = service.link();
                Answer<Container> container = new Answer<>();
                Container.load(services(other), id.get(), SCHEMA, container);
                service.settle();
                clients.add(new Client(i, other, container.get()));
            }
        }

        void step() {
            Client client = clients.get(random.nextInt(clients.size()));
            int choice = random.nextInt(100);
            boolean undoes = !oneUndoes || client.index == 0;
            if (choice < 30) {
                client.edit(() -> client.write(random));
            } else if (choice < 35) {
                client.edit(() -> client.container.runTransaction(() -> {
                    client.write(random);
                    client.write(random);
                    if (random.nextBoolean()) {
                        client.write(random);
                    }
                }));
            } else if (choice < 38) {
                client.failingTransaction();
            } else if (choice < 55) {
                if (undoes) {
                    client.undo();
                }
            } else if (choice < 65) {
                if (undoes) {
                    client.redo();
                }
            } else if (choice < 90) {
                int deliveries = 1 + random.nextInt(4);
                for (int i = 0; i < deliveries; i++) {
                    service.stepAny();
                }
                client.container.flush();
            } else if (choice < 94) {
                log("cut " + client.index);
                if (!client.link.isCut()) {
                    client.link.cut();
                }
            } else if (choice < 98) {
                log("restore " + client.index);
                if (client.link.isCut()) {
                    client.link.restore();
                }
                service.advance(1_000);
            } else {
                log("settle");
                service.settle();
            }
        }

        void end() {
            for (Client client : clients) {
                if (client.link.isCut()) {
                    client.link.restore();
                }
            }
            for (int i = 0; i < 10; i++) {
                service.settle();
                service.advance(20_000);
            }
            service.settle();
            for (Client client : clients) {
                assertThat(client.container.connectionState()).isEqualTo(ConnectionState.CONNECTED);
                assertThat(client.container.pendingCount()).isZero();
                client.map.check();
                assertThat(client.seen()).as("replicas").isEqualTo(clients.get(0).seen());
            }
            Map<OnKey, Integer> places = new HashMap<>();
            for (int i = 0; i < line.size(); i++) {
                Entry entry = Objects.requireNonNull(line.get(i), "a place of the line is nobody's");
                for (String key : entry.writes.keySet()) {
                    if (entry.kind == Kind.USER) {
                        places.put(new OnKey(entry, key), i);
                    } else if (entry.kind == Kind.REDO) {
                        places.put(new OnKey(Objects.requireNonNull(entry.again.get(key)), key), i);
                    }
                }
            }
            for (String key : KEYS) {
                OnKey last = null;
                for (OnKey write : places.keySet()) {
                    if (write.key.equals(key) && !undone.contains(write)
                            && (last == null || places.get(write) > places.get(last))) {
                        last = write;
                    }
                }
                JsonValue due = last == null ? null : last.entry.writes.get(key);
                JsonValue seen = clients.get(0).map.get(key);
                log(key + " is " + seen + ", due " + due);
                if (oneUndoes) {
                    assertThat(seen).as("key " + key).isEqualTo(due);
                }
                putsBackNothingOlder(key, seen, places);
            }
        }

        /** What an undo left is not older than what another client wrote before it and it did not know of. */
        void putsBackNothingOlder(String key, @Nullable JsonValue seen, Map<OnKey, Integer> places) {
            Entry last = null;
            int theirs = -1;
            for (int i = line.size() - 1; i >= 0 && theirs < 0; i--) {
                Entry entry = Objects.requireNonNull(line.get(i));
                if (entry.writes.containsKey(key)) {
                    last = last == null ? entry : last;
                    theirs = entry.client == last.client ? -1 : i;
                }
            }
            if (last == null || theirs < last.known || last.kind == Kind.USER || last.kind == Kind.REDO) {
                return;
            }
            int client = last.client;
            int newest = theirs;
            boolean own = places.entrySet().stream().anyMatch(write -> write.getKey().key.equals(key)
                    && write.getKey().entry.client == client && write.getValue() > newest
                    && !undone.contains(write.getKey())
                    && Objects.equals(write.getKey().entry.writes.get(key), seen));
            if (!own) {
                assertThat(seen).as("key " + key + " after an undo").isEqualTo(line.get(newest).writes.get(key));
            }
        }

        ContainerServices services(LoopbackLink link) {
            return new ContainerServices(link, timers, ids, ChannelTypes.of(SharedMap.TYPE));
        }

        void log(String what) {
            script.append(what).append('\n');
        }

        final class Client implements OperationObserver<MapOperation> {
            final int index;
            final LoopbackLink link;
            final Container container;
            final SharedMap map;
            final UndoRedoStackManager manager;
            final MapTracker tracker;
            final Map<MapOperation, Entry> made = new IdentityHashMap<>();
            final ArrayDeque<List<Entry>> undo = new ArrayDeque<>();
            final ArrayDeque<List<Entry>> redo = new ArrayDeque<>();
            final Set<String> theirs = new HashSet<>();
            List<Entry> current = new ArrayList<>();
            Kind kind = Kind.MEND;
            int processed;

            Client(int index, LoopbackLink link, Container container) {
                this.index = index;
                this.link = link;
                this.container = container;
                this.map = container.object("map", SharedMap.TYPE);
                this.manager = new UndoRedoStackManager(container);
                this.tracker = new MapTracker(manager, map);
                map.observe(this);
                map.subscribe(event -> {
                    switch (event) {
                        case MapEvent.ValueChanged changed -> {
                            if (changed.local()) {
                                theirs.remove(changed.key());
                            } else {
                                theirs.add(changed.key());
                            }
                        }
                        case MapEvent.Cleared cleared -> {
                        }
                    }
                });
            }

            void write(Random random) {
                String key = KEYS.get(random.nextInt(KEYS.size()));
                int choice = random.nextInt(10);
                if (choice < 7) {
                    JsonValue value = JsonValue.of(index + "-" + ++values);
                    log(index + ": " + key + " = " + value);
                    map.set(key, value);
                } else if (choice < 9) {
                    log(index + ": delete " + key);
                    map.delete(key);
                } else {
                    log(index + ": clear");
                    map.clear();
                }
            }

            void edit(Runnable edits) {
                kind = Kind.USER;
                current = new ArrayList<>();
                edits.run();
                kind = Kind.MEND;
                undo.addLast(current);
                redo.clear();
            }

            void failingTransaction() {
                Map<String, JsonValue> before = seen();
                Set<String> theirsBefore = Set.copyOf(theirs);
                log(index + ": fail");
                kind = Kind.USER;
                current = new ArrayList<>();
                try {
                    container.runTransaction((Runnable) () -> {
                        write(random);
                        write(random);
                        throw new IllegalStateException("meant");
                    });
                } catch (IllegalStateException meant) {
                    assertThat(meant).hasMessage("meant");
                }
                kind = Kind.MEND;
                redo.clear();
                theirs.clear();
                theirs.addAll(theirsBefore);
                assertThat(seen()).isEqualTo(before);
                assertThat(manager.canUndo()).isEqualTo(!undo.isEmpty());
            }

            void undo() {
                go(undo, redo, Kind.UNDO);
            }

            void redo() {
                go(redo, undo, Kind.REDO);
            }

            void go(ArrayDeque<List<Entry>> from, ArrayDeque<List<Entry>> to, Kind which) {
                Map<String, JsonValue> before = seen();
                Set<String> theirsBefore = Set.copyOf(theirs);
                kind = which;
                current = from.isEmpty() ? List.of() : from.removeLast();
                UndoOutcome outcome = which == Kind.UNDO ? manager.undoOperation() : manager.redoOperation();
                kind = Kind.MEND;
                Set<String> skipped = outcome.skipped().stream().map(UndoOutcome.Skipped::what)
                        .collect(Collectors.toSet());
                log(index + ": " + which + " skips " + skipped + " sees " + seen());
                for (String key : theirsBefore) {
                    assertThat(map.get(key)).as("undid another's").isEqualTo(before.get(key));
                }
                if (!current.isEmpty()) {
                    to.addLast(current);
                }
                for (Entry entry : current) {
                    for (String key : entry.writes.keySet()) {
                        if (!skipped.contains(key)) {
                            OnKey write = new OnKey(entry, key);
                            if (which == Kind.UNDO) {
                                undone.add(write);
                            } else {
                                undone.remove(write);
                            }
                        }
                    }
                }
                assertThat(manager.canUndo()).isEqualTo(!undo.isEmpty());
                assertThat(manager.canRedo()).isEqualTo(!redo.isEmpty());
            }

            Map<String, JsonValue> seen() {
                Map<String, JsonValue> seen = new HashMap<>();
                map.forEach(seen::put);
                return seen;
            }

            @Override
            public void making(MapOperation operation) {
                Entry entry = new Entry(kind, index, processed);
                switch (operation) {
                    case MapOperation.Set set -> entry.writes.put(set.key(), set.value());
                    case MapOperation.Delete delete -> entry.writes.put(delete.key(), null);
                    case MapOperation.Clear clear -> KEYS.forEach(key -> entry.writes.put(key, null));
                }
                if (kind == Kind.USER) {
                    theirs.removeAll(entry.writes.keySet());
                    current.add(entry);
                } else if (kind == Kind.REDO) {
                    for (Entry done : current) {
                        done.writes.keySet().forEach(key -> entry.again.put(key, done));
                    }
                } else if (kind == Kind.MEND) {
                    log(index + ": mends " + operation);
                }
                made.put(operation, entry);
                tracker.making(operation);
            }

            @Override
            public void made(MapOperation operation) {
                tracker.made(operation);
            }

            @Override
            public void sequenced(MapOperation operation, String clientId, boolean own) {
                int place = processed++;
                if (own) {
                    line.put(place, Objects.requireNonNull(made.get(operation)));
                    log("  " + place + ": " + index + " " + operation);
                }
                tracker.sequenced(operation, clientId, own);
            }

            @Override
            public void rolledBack(MapOperation operation) {
                current.remove(made.remove(operation));
                tracker.rolledBack(operation);
            }

            @Override
            public void dropped(MapOperation operation) {
                throw new AssertionError("a map drops nothing");
            }
        }
    }
}
