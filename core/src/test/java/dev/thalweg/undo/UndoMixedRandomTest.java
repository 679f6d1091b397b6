package dev.thalweg.undo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.container.Container;
import dev.thalweg.container.ContainerSchema;
import dev.thalweg.dds.SharedObject;
import dev.thalweg.dds.cell.SharedCell;
import dev.thalweg.dds.counter.SharedCounter;
import dev.thalweg.dds.directory.Directory;
import dev.thalweg.dds.directory.SharedDirectory;
import dev.thalweg.dds.ormap.SharedOrMap;
import dev.thalweg.json.JsonValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Undo and redo in all structures of one document at once, with links that break: everyone ends with the same, a counter
 * and the rows of tallies that nobody strikes with what was added and not undone, and what another client wrote last before an undo is never changed by it.
 */
class UndoMixedRandomTest {
    private static final int CASES = 200;
    private static final List<String> KEYS = List.of("a", "b");
    private static final ContainerSchema SCHEMA = ContainerSchema.builder().object("directory", SharedDirectory.TYPE)
            .object("cell", SharedCell.TYPE).object("counter", SharedCounter.TYPE).object("sums", SharedOrMap.TALLY)
            .object("tallies", SharedOrMap.TALLY)
            .object("registers", SharedOrMap.REGISTER).build();

    @Test
    void everythingAtOnce() {
        UndoWorld.each(0, CASES, SCHEMA, world -> new Case(world).run());
    }

    /** What a step added, and whether that stands. */
    private static final class Added {
        final String what;
        final long amount;
        boolean stands = true;

        Added(String what, long amount) {
            this.what = what;
            this.amount = amount;
        }
    }

    private static final class Case {
        final UndoWorld world;
        final Random random;
        final List<Client> clients = new ArrayList<>();
        /** What is due in the counter, which has no name, and in each row. */
        final Map<String, Long> due = new HashMap<>();
        int values;

        Case(UndoWorld world) {
            this.world = world;
            this.random = world.random;
            for (UndoWorld.Seat seat : world.seats) {
                clients.add(new Client(seat));
            }
        }

        void run() {
            for (int i = 0; i < 40; i++) {
                step(clients.get(random.nextInt(clients.size())));
            }
            end();
        }

        void step(Client client) {
            int choice = random.nextInt(100);
            if (choice < 35) {
                client.edit(1);
            } else if (choice < 42) {
                client.edit(3);
            } else if (choice < 60) {
                client.undo();
            } else if (choice < 68) {
                client.redo();
            } else if (choice < 90) {
                world.deliver();
            } else if (choice < 94) {
                client.seat.cut();
            } else if (choice < 98) {
                client.seat.restore();
            } else {
                world.service.settle();
            }
        }

        void end() {
            world.end();
            for (Client client : clients) {
                assertThat(client.counter.value()).isEqualTo(due.getOrDefault("", 0L));
                for (String key : KEYS) {
                    assertThat(client.sums.tally(key)).as("sum of " + key).isEqualTo(due.getOrDefault(key, 0L));
                }
                for (int i = 0; i < client.all.size(); i++) {
                    client.all.get(i).check();
                    assertThat(client.all.get(i).snapshot()).isEqualTo(clients.get(0).all.get(i).snapshot());
                }
            }
        }

        void log(String what) {
            world.log(what);
        }

        final class Client {
            final int index;
            final UndoWorld.Seat seat;
            final SharedDirectory directory;
            final SharedCell cell;
            final SharedCounter counter;
            final SharedOrMap sums;
            final SharedOrMap tallies;
            final SharedOrMap registers;
            final List<SharedObject<?, ?>> all;
            final UndoRedoStackManager manager;
            final ArrayDeque<List<Added>> undo = new ArrayDeque<>();
            final ArrayDeque<List<Added>> redo = new ArrayDeque<>();
            List<Added> added = new ArrayList<>();

            Client(UndoWorld.Seat seat) {
                this.index = seat.index;
                this.seat = seat;
                Container container = seat.container;
                directory = container.object("directory", SharedDirectory.TYPE);
                cell = container.object("cell", SharedCell.TYPE);
                counter = container.object("counter", SharedCounter.TYPE);
                sums = container.object("sums", SharedOrMap.TALLY);
                tallies = container.object("tallies", SharedOrMap.TALLY);
                registers = container.object("registers", SharedOrMap.REGISTER);
                all = List.of(directory, cell, counter, sums, tallies, registers);
                manager = new UndoRedoStackManager(container);
                manager.track(directory);
                manager.track(cell);
                manager.track(counter);
                manager.track(sums);
                manager.track(tallies);
                manager.track(registers);
            }

            void edit(int edits) {
                added = new ArrayList<>();
                boolean[] made = {false};
                seat.container.runTransaction(() -> {
                    for (int i = 0; i < edits; i++) {
                        made[0] |= edit();
                    }
                });
                if (made[0]) {
                    undo.addLast(added);
                    redo.clear();
                    added.forEach(one -> due.merge(one.what, one.amount, Long::sum));
                }
                assertThat(manager.canUndo()).isEqualTo(!undo.isEmpty());
            }

            /** @return whether there is something to undo */
            boolean edit() {
                String key = KEYS.get(random.nextInt(KEYS.size()));
                JsonValue value = JsonValue.of(index + "-" + ++values);
                int choice = random.nextInt(14);
                log(index + ": edit " + choice + " " + key + " " + value);
                switch (choice) {
                    case 0, 1 -> cell.set(value);
                    case 2 -> cell.delete();
                    case 3 -> {
                        long amount = random.nextInt(9) - 4;
                        counter.increment(amount);
                        added.add(new Added("", amount));
                    }
                    case 4 -> tallies.increment(key, 1 + random.nextInt(5));
                    case 5 -> {
                        return tallies.remove(key);
                    }
                    case 6 -> registers.set(key, value);
                    case 7 -> {
                        return registers.remove(key);
                    }
                    case 8 -> directory.set(key, value);
                    case 9, 10 -> {
                        long amount = 1 + random.nextInt(9);
                        sums.increment(key, amount);
                        added.add(new Added(key, amount));
                    }
                    case 11 -> {
                        if (random.nextBoolean()) {
                            directory.clear();
                        } else {
                            return directory.deleteSubDirectory(key);
                        }
                    }
                    default -> {
                        Directory sub = directory.getSubDirectory(key);
                        if (sub == null) {
                            sub = directory.createSubDirectory(key);
                        }
                        if (!sub.disposed()) {
                            sub.set("k", value);
                        }
                    }
                }
                return true;
            }

            void undo() {
                JsonValue before = cell.get();
                UndoOutcome outcome = manager.undoOperation();
                log(index + ": undo " + outcome);
                leaves(before);
                move(undo, redo, outcome, false);
            }

            void redo() {
                JsonValue before = cell.get();
                UndoOutcome outcome = manager.redoOperation();
                log(index + ": redo " + outcome);
                if (before != null) {
                    leavesOnRedo(before);
                }
                move(redo, undo, outcome, true);
            }

            /* What was left as it is stands, or does not, as before. */
            private void move(ArrayDeque<List<Added>> from, ArrayDeque<List<Added>> to, UndoOutcome outcome,
                    boolean stands) {
                List<Added> step = from.pollLast();
                if (step == null) {
                    return;
                }
                to.addLast(step);
                for (Added one : step) {
                    boolean left = outcome.skipped().stream().anyMatch(
                            skipped -> skipped.channelId().equals(sums.id()) && skipped.what().equals(one.what));
                    if (one.stands != stands && !left) {
                        one.stands = stands;
                        due.merge(one.what, stands ? one.amount : -one.amount, Long::sum);
                    }
                }
            }

            /** A value that is another's is there after an undo as before. */
            void leaves(@Nullable JsonValue before) {
                if (before != null && !before.toJson().startsWith("\"" + index + "-")) {
                    assertThat(cell.get()).isEqualTo(before);
                }
            }

            /* A redo may write this client's value over another's that its undo had brought back, and nothing else. */
            private void leavesOnRedo(JsonValue before) {
                JsonValue now = cell.get();
                if (!before.equals(now) && now != null) {
                    assertThat(now.toJson()).startsWith("\"" + index + "-");
                }
            }
        }
    }
}
