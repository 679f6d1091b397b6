package dev.thalweg.undo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.dds.OperationObserver;
import dev.thalweg.json.JsonValue;
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
 * Clients write, undo and redo on few places of one structure, with links that break, and the promise is held against
 * what was sequenced.
 *
 * <p>Every write has a value of its own. In the order of the line, with the writes taken away that were undone (and one
 * that was done again where it was done again), the last is what everyone has to see in the end. That holds exactly as
 * long as one client undoes. When several do at once, one may bring back what another is just taking away; but nothing
 * older than the last write that stands. In an OR-map's registers the latest stamp stands and not the last on the line,
 * which is the same as long as each knows what the others did before it writes; otherwise it is held only that no undo
 * puts this client's in the place of what another wrote, or nothing, and that all end with the same.
 */
class UndoRandomTest {
    private static final int CASES = 1_000;
    private static final int FEWER = 400;

    /** What may happen, and with it what is due. */
    private enum Course {
        ONE_UNDOES, ALL_UNDO, IN_TURN, BY_STAMPS
    }

    @Test
    void oneClientUndoesInAMap() {
        run(Written.MAP, 0, CASES / 2, Course.ONE_UNDOES);
    }

    @Test
    void allClientsUndoInAMap() {
        run(Written.MAP, CASES / 2, CASES, Course.ALL_UNDO);
    }

    @Test
    void oneClientUndoesInADirectory() {
        run(Written.DIRECTORY, 0, FEWER, Course.ONE_UNDOES);
    }

    @Test
    void allClientsUndoInADirectory() {
        run(Written.DIRECTORY, FEWER, 2 * FEWER, Course.ALL_UNDO);
    }

    @Test
    void oneClientUndoesInACell() {
        run(Written.CELL, 0, FEWER, Course.ONE_UNDOES);
    }

    @Test
    void allClientsUndoInACell() {
        run(Written.CELL, FEWER, 2 * FEWER, Course.ALL_UNDO);
    }

    @Test
    void registersOfAnOrMapInTurn() {
        run(Written.REGISTERS, 0, FEWER, Course.IN_TURN);
    }

    @Test
    void registersOfAnOrMapAtOnce() {
        run(Written.REGISTERS, FEWER, 2 * FEWER, Course.BY_STAMPS);
    }

    private static void run(Written.Kind kind, int from, int to, Course course) {
        UndoWorld.each(from, to, kind.schema(), world -> {
            List<Written<?>> structures = new ArrayList<>();
            for (UndoWorld.Seat seat : world.seats) {
                structures.add(kind.in(seat.container));
                world.service.settle();
            }
            new Case(world, structures, course).run();
        });
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
        /** What is done again, by place. */
        final Map<String, Entry> again = new HashMap<>();

        Entry(Kind kind, int client, int known) {
            this.kind = kind;
            this.client = client;
            this.known = known;
        }
    }

    private record OnPlace(Entry entry, String place) {}

    private static final class Case {
        final UndoWorld world;
        final Random random;
        final Course course;
        final List<Client<?>> clients = new ArrayList<>();
        final Map<Integer, Entry> line = new HashMap<>();
        final Set<OnPlace> undone = new HashSet<>();
        int values;

        Case(UndoWorld world, List<Written<?>> structures, Course course) {
            this.world = world;
            this.random = world.random;
            this.course = course;
            for (UndoWorld.Seat seat : world.seats) {
                clients.add(new Client<>(seat, structures.get(seat.index)));
            }
        }

        void run() {
            int steps = 20 + random.nextInt(40);
            for (int i = 0; i < steps; i++) {
                step();
                if (course == Course.IN_TURN) {
                    world.service.settle();
                }
            }
            end();
        }

        void step() {
            Client<?> client = clients.get(random.nextInt(clients.size()));
            int choice = random.nextInt(100);
            boolean undoes = course != Course.ONE_UNDOES || client.index == 0;
            if (choice < 30) {
                client.edit(client::write);
            } else if (choice < 35) {
                client.edit(() -> client.seat.container.runTransaction(() -> {
                    client.write();
                    client.write();
                    if (random.nextBoolean()) {
                        client.write();
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
                world.deliver();
                client.seat.container.flush();
            } else if (choice < 94) {
                client.seat.cut();
            } else if (choice < 98) {
                client.seat.restore();
            } else {
                log("settle");
                world.service.settle();
            }
            if (course == Course.IN_TURN) {
                client.seat.restore();
            }
        }

        void end() {
            world.end();
            for (Client<?> client : clients) {
                client.it.object().check();
                assertThat(client.it.seen()).as("replicas").isEqualTo(clients.get(0).it.seen());
            }
            if (course != Course.BY_STAMPS) {
                isDue();
            }
        }

        void isDue() {
            Map<OnPlace, Integer> places = new HashMap<>();
            for (int i = 0; i < line.size(); i++) {
                Entry entry = Objects.requireNonNull(line.get(i), "a place of the line is nobody's");
                for (String place : entry.writes.keySet()) {
                    if (entry.kind == Kind.USER) {
                        places.put(new OnPlace(entry, place), i);
                    } else if (entry.kind == Kind.REDO) {
                        places.put(new OnPlace(Objects.requireNonNull(entry.again.get(place)), place), i);
                    }
                }
            }
            for (String place : clients.get(0).it.places()) {
                OnPlace last = null;
                for (OnPlace write : places.keySet()) {
                    if (write.place.equals(place) && !undone.contains(write)
                            && (last == null || places.get(write) > places.get(last))) {
                        last = write;
                    }
                }
                JsonValue due = last == null ? null : last.entry.writes.get(place);
                JsonValue seen = clients.get(0).it.get(place);
                log(place + " is " + seen + ", due " + due);
                if (course != Course.ALL_UNDO) {
                    assertThat(seen).as(place).isEqualTo(due);
                }
                putsBackNothingOlder(place, seen, places);
            }
        }

        /** What an undo left is not older than what another client wrote before it and it did not know of. */
        void putsBackNothingOlder(String place, @Nullable JsonValue seen, Map<OnPlace, Integer> writes) {
            Entry last = null;
            int theirs = -1;
            for (int i = line.size() - 1; i >= 0 && theirs < 0; i--) {
                Entry entry = Objects.requireNonNull(line.get(i));
                if (entry.writes.containsKey(place)) {
                    last = last == null ? entry : last;
                    theirs = entry.client == last.client ? -1 : i;
                }
            }
            if (last == null || theirs < last.known || last.kind == Kind.USER || last.kind == Kind.REDO) {
                return;
            }
            int client = last.client;
            int newest = theirs;
            boolean own = writes.entrySet().stream().anyMatch(write -> write.getKey().place.equals(place)
                    && write.getKey().entry.client == client && write.getValue() > newest
                    && !undone.contains(write.getKey())
                    && Objects.equals(write.getKey().entry.writes.get(place), seen));
            if (!own) {
                assertThat(seen).as(place + " after an undo").isEqualTo(line.get(newest).writes.get(place));
            }
        }

        void log(String what) {
            world.log(what);
        }

        final class Client<O> implements OperationObserver<O> {
            final int index;
            final UndoWorld.Seat seat;
            final Written<O> it;
            final UndoRedoStackManager manager;
            final Tracker<O> tracker;
            final Map<O, Entry> made = new IdentityHashMap<>();
            final ArrayDeque<List<Entry>> undo = new ArrayDeque<>();
            final ArrayDeque<List<Entry>> redo = new ArrayDeque<>();
            final Set<String> theirs = new HashSet<>();
            List<Entry> current = new ArrayList<>();
            Kind kind = Kind.MEND;
            boolean edited;
            int processed;

            Client(UndoWorld.Seat seat, Written<O> it) {
                this.index = seat.index;
                this.seat = seat;
                this.it = it;
                this.manager = new UndoRedoStackManager(seat.container);
                this.tracker = it.tracker(manager);
                it.object().observe(this);
                it.hear((place, local) -> {
                    if (local) {
                        theirs.remove(place);
                    } else {
                        theirs.add(place);
                    }
                });
            }

            void write() {
                String place = it.places().get(random.nextInt(it.places().size()));
                int choice = random.nextInt(10);
                if (choice < 7) {
                    JsonValue value = JsonValue.of(index + "-" + ++values);
                    log(index + ": " + place + " = " + value);
                    it.set(place, value);
                } else if (choice < 9) {
                    log(index + ": delete " + place);
                    it.delete(place);
                } else {
                    log(index + ": clear " + place);
                    it.clear(place);
                }
            }

            void edit(Runnable edits) {
                kind = Kind.USER;
                current = new ArrayList<>();
                edits.run();
                kind = Kind.MEND;
                // What was not there cannot be taken out of an OR-map: that is no edit.
                if (!current.isEmpty()) {
                    undo.addLast(current);
                    redo.clear();
                }
            }

            void failingTransaction() {
                Map<String, JsonValue> before = it.seen();
                Set<String> theirsBefore = Set.copyOf(theirs);
                log(index + ": fail");
                kind = Kind.USER;
                current = new ArrayList<>();
                edited = false;
                try {
                    seat.container.runTransaction((Runnable) () -> {
                        write();
                        write();
                        throw new IllegalStateException("meant");
                    });
                } catch (IllegalStateException meant) {
                    assertThat(meant).hasMessage("meant");
                }
                kind = Kind.MEND;
                if (edited) {
                    redo.clear();
                }
                theirs.clear();
                theirs.addAll(theirsBefore);
                assertThat(it.seen()).isEqualTo(before);
                assertThat(manager.canUndo()).isEqualTo(!undo.isEmpty());
            }

            void undo() {
                go(undo, redo, Kind.UNDO);
            }

            void redo() {
                go(redo, undo, Kind.REDO);
            }

            void go(ArrayDeque<List<Entry>> from, ArrayDeque<List<Entry>> to, Kind which) {
                Map<String, JsonValue> before = it.seen();
                Set<String> theirsBefore = Set.copyOf(theirs);
                kind = which;
                current = from.isEmpty() ? List.of() : from.removeLast();
                UndoOutcome outcome = which == Kind.UNDO ? manager.undoOperation() : manager.redoOperation();
                kind = Kind.MEND;
                Set<String> skipped = outcome.skipped().stream().map(UndoOutcome.Skipped::what)
                        .collect(Collectors.toSet());
                log(index + ": " + which + " skips " + skipped + " sees " + it.seen());
                for (String place : theirsBefore) {
                    JsonValue now = it.get(place);
                    // What this client's undo had hidden meanwhile, by its stamp, is another's, too.
                    boolean anothers = course == Course.BY_STAMPS && now != null
                            && !now.toJson().startsWith("\"" + index + "-");
                    if (!anothers) {
                        assertThat(now).as("undid another's").isEqualTo(before.get(place));
                    }
                }
                if (!current.isEmpty()) {
                    to.addLast(current);
                }
                for (Entry entry : current) {
                    for (String place : entry.writes.keySet()) {
                        if (!skipped.contains(place)) {
                            OnPlace write = new OnPlace(entry, place);
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

            @Override
            public void making(O operation) {
                Entry entry = new Entry(kind, index, processed);
                entry.writes.putAll(it.writes(operation));
                if (kind == Kind.USER) {
                    theirs.removeAll(entry.writes.keySet());
                    current.add(entry);
                    edited = true;
                } else if (kind == Kind.REDO) {
                    for (Entry done : current) {
                        done.writes.keySet().forEach(place -> entry.again.put(place, done));
                    }
                } else if (kind == Kind.MEND) {
                    log(index + ": mends " + operation);
                }
                made.put(operation, entry);
                tracker.making(operation);
            }

            @Override
            public void made(O operation) {
                tracker.made(operation);
            }

            @Override
            public void sequenced(O operation, String clientId, boolean own) {
                int place = processed++;
                if (own) {
                    line.put(place, Objects.requireNonNull(made.get(operation)));
                    log("  " + place + ": " + index + " " + operation);
                }
                tracker.sequenced(operation, clientId, own);
            }

            @Override
            public void rolledBack(O operation) {
                current.remove(made.remove(operation));
                tracker.rolledBack(operation);
            }

            @Override
            public void dropped(O operation) {
                throw new AssertionError("nothing is dropped");
            }
        }
    }
}
