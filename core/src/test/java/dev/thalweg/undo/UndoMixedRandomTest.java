package dev.thalweg.undo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.container.ChannelTypes;
import dev.thalweg.container.Container;
import dev.thalweg.container.ContainerSchema;
import dev.thalweg.container.ContainerServices;
import dev.thalweg.dds.SharedObject;
import dev.thalweg.dds.cell.SharedCell;
import dev.thalweg.dds.counter.SharedCounter;
import dev.thalweg.dds.directory.Directory;
import dev.thalweg.dds.directory.SharedDirectory;
import dev.thalweg.dds.ormap.SharedOrMap;
import dev.thalweg.json.JsonValue;
import dev.thalweg.loopback.LoopbackIds;
import dev.thalweg.loopback.LoopbackLink;
import dev.thalweg.loopback.LoopbackOptions;
import dev.thalweg.loopback.LoopbackService;
import dev.thalweg.loopback.LoopbackTimers;
import dev.thalweg.platform.Answer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Undo and redo in all structures of one document at once, with links that break: everyone ends with the same, a counter
 * with what was added and not undone, and what another client wrote last before an undo is never changed by it.
 */
class UndoMixedRandomTest {
    private static final int CASES = 200;
    private static final List<String> KEYS = List.of("a", "b");
    private static final ContainerSchema SCHEMA = ContainerSchema.builder().object("directory", SharedDirectory.TYPE)
            .object("cell", SharedCell.TYPE).object("counter", SharedCounter.TYPE).object("tallies", SharedOrMap.TALLY)
            .object("registers", SharedOrMap.REGISTER).build();

    @Test
    void everythingAtOnce() {
        for (int seed = 0; seed < CASES; seed++) {
            new Case(seed).run();
        }
    }

    private static final class Case {
        final int seed;
        final Random random;
        final LoopbackTimers timers = new LoopbackTimers();
        final LoopbackIds ids;
        final LoopbackService service;
        final List<Client> clients = new ArrayList<>();
        final StringBuilder script = new StringBuilder();
        long due;
        int values;

        Case(int seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.ids = new LoopbackIds(seed);
            this.service = new LoopbackService(timers, ids, LoopbackOptions.DEFAULT);
        }

        void run() {
            try {
                LoopbackLink link = service.link();
                Container first = Container.create(services(link), SCHEMA);
                Answer<String> id = new Answer<>();
                first.attach(id);
                service.settle();
                clients.add(new Client(0, link, first));
                for (int i = 1; i < 3; i++) {
                    LoopbackLink other = service.link();
                    Answer<Container> container = new Answer<>();
                    Container.load(services(other), id.get(), SCHEMA, container);
                    service.settle();
                    clients.add(new Client(i, other, container.get()));
                }
                for (int i = 0; i < 40; i++) {
                    step(clients.get(random.nextInt(clients.size())));
                }
                end();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ":\n" + script, e);
            }
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
                for (int i = random.nextInt(4); i >= 0; i--) {
                    service.stepAny();
                }
            } else if (choice < 94 && !client.link.isCut()) {
                script.append("cut ").append(client.index).append('\n');
                client.link.cut();
            } else if (client.link.isCut()) {
                script.append("restore ").append(client.index).append('\n');
                client.link.restore();
                service.advance(1_000);
            } else {
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
                assertThat(client.container.pendingCount()).isZero();
                assertThat(client.counter.value()).isEqualTo(due);
                assertThat(client.container.quarantined()).isEmpty();
                for (int i = 0; i < client.all.size(); i++) {
                    client.all.get(i).check();
                    assertThat(client.all.get(i).snapshot()).isEqualTo(clients.get(0).all.get(i).snapshot());
                }
            }
        }

        ContainerServices services(LoopbackLink link) {
            return new ContainerServices(link, timers, ids, ChannelTypes.of());
        }

        final class Client {
            final int index;
            final LoopbackLink link;
            final Container container;
            final SharedDirectory directory;
            final SharedCell cell;
            final SharedCounter counter;
            final SharedOrMap tallies;
            final SharedOrMap registers;
            final List<SharedObject<?, ?>> all;
            final UndoRedoStackManager manager;
            /** What each step added to the counter. */
            final ArrayDeque<Long> undo = new ArrayDeque<>();
            final ArrayDeque<Long> redo = new ArrayDeque<>();
            long added;

            Client(int index, LoopbackLink link, Container container) {
                this.index = index;
                this.link = link;
                this.container = container;
                directory = container.object("directory", SharedDirectory.TYPE);
                cell = container.object("cell", SharedCell.TYPE);
                counter = container.object("counter", SharedCounter.TYPE);
                tallies = container.object("tallies", SharedOrMap.TALLY);
                registers = container.object("registers", SharedOrMap.REGISTER);
                all = List.of(directory, cell, counter, tallies, registers);
                manager = new UndoRedoStackManager(container);
                manager.track(directory);
                manager.track(cell);
                manager.track(counter);
                manager.track(tallies);
                manager.track(registers);
            }

            void edit(int edits) {
                added = 0;
                boolean[] made = {false};
                container.runTransaction(() -> {
                    for (int i = 0; i < edits; i++) {
                        made[0] |= edit();
                    }
                });
                if (made[0]) {
                    undo.addLast(added);
                    redo.clear();
                    due += added;
                }
                assertThat(manager.canUndo()).isEqualTo(!undo.isEmpty());
            }

            /** @return whether there is something to undo */
            boolean edit() {
                String key = KEYS.get(random.nextInt(KEYS.size()));
                JsonValue value = JsonValue.of(index + "-" + ++values);
                int choice = random.nextInt(12);
                script.append(index).append(": edit ").append(choice).append(' ').append(key).append(' ').append(value)
                        .append('\n');
                switch (choice) {
                    case 0, 1 -> cell.set(value);
                    case 2 -> cell.delete();
                    case 3 -> {
                        long amount = random.nextInt(9) - 4;
                        counter.increment(amount);
                        added += amount;
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
                    case 9 -> {
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
                Long step = undo.pollLast();
                JsonValue before = cell.get();
                UndoOutcome outcome = manager.undoOperation();
                script.append(index).append(": undo ").append(outcome).append('\n');
                leaves(before);
                if (step != null) {
                    redo.addLast(step);
                    due -= step;
                }
            }

            void redo() {
                Long step = redo.pollLast();
                JsonValue before = cell.get();
                UndoOutcome outcome = manager.redoOperation();
                script.append(index).append(": redo ").append(outcome).append('\n');
                if (before != null) {
                    leavesOnRedo(before);
                }
                if (step != null) {
                    undo.addLast(step);
                    due += step;
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
