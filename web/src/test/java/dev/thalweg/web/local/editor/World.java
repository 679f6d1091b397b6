package dev.thalweg.web.local.editor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.eventgraph.TextDocument;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Ids;
import dev.thalweg.platform.Outcome;
import dev.thalweg.platform.Subscription;
import dev.thalweg.platform.Timers;
import dev.thalweg.replication.Journal;
import dev.thalweg.replication.JournalEntry;
import dev.thalweg.replication.MemoryJournal;
import dev.thalweg.replication.StreamExtent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Copies on one line, over one journal; time passes when it is told to. */
final class World {
    static final int MAX_RECORDS = 20;

    final Clock clock = new Clock();
    final List<CopyTest.Desk> desks = new ArrayList<>();
    /* Whether the journal answers only when it is told to. */
    boolean slow;
    private final MemoryJournal journal = new MemoryJournal();
    private final List<Task> writes = new ArrayList<>();
    private final List<Runnable> sent = new ArrayList<>();

    private record Task(CopyTest.Desk desk, Runnable run) {}

    CopyTest.Desk desk(String agent) {
        CopyTest.Desk desk = new CopyTest.Desk(agent);
        Keeper keeper = new Keeper(new Slowly(desk), "text/t/" + agent, MAX_RECORDS);
        keeper.read(new Outcome<>() {
            @Override
            public void succeeded(Keeper.Kept kept) {
                assertThat(kept.damage()).isEmpty();
                begin(desk, kept, keeper);
            }

            @Override
            public void failed(Failure failure) {
                throw new AssertionError(failure.message());
            }
        });
        return desk;
    }

    private void begin(CopyTest.Desk desk, Keeper.Kept kept, Keeper keeper) {
        TextDocument document;
        try {
            document = kept.document(desk.agent);
        } catch (ProtocolException e) {
            throw new AssertionError(e);
        }
        desk.shown = document.text();
        Copy.Line line = message -> sent.add(() -> {
            for (CopyTest.Desk each : new ArrayList<>(desks)) {
                if (each != desk) {
                    each.copy.receive(message);
                }
            }
        });
        desk.copy = new Copy(document, document.graph().size(), kept.standing(), keeper, clock.of(desk), line, desk);
        desks.add(desk);
        desk.copy.start();
    }

    /* Like a page that goes: nothing of it runs any more, and what is not written yet is lost. */
    void close(CopyTest.Desk desk) {
        desks.remove(desk);
        clock.tasks.removeIf(task -> task.desk() == desk);
        writes.removeIf(task -> task.desk() == desk);
    }

    int records(String stream) {
        List<JournalEntry> all = new ArrayList<>();
        journal.read(stream, 0, 1_000, new Outcome<>() {
            @Override
            public void succeeded(List<JournalEntry> entries) {
                all.addAll(entries);
            }

            @Override
            public void failed(Failure failure) {
                throw new AssertionError(failure.message());
            }
        });
        return all.size();
    }

    void deliver() {
        while (!sent.isEmpty()) {
            sent.remove(0).run();
        }
    }

    /** Lets everything happen that is under way. */
    void settle() {
        for (int i = 0; i < 20; i++) {
            while (!slow && !writes.isEmpty()) {
                writes.remove(0).run().run();
            }
            deliver();
            clock.pass(100);
        }
    }

    void alike(String text) {
        for (CopyTest.Desk desk : desks) {
            assertThat(desk.shown).isEqualTo(text);
            assertThat(desk.copy.document().text()).isEqualTo(text);
        }
    }

    /** Chance that comes out the same each time. */
    static final class Chance implements Ids {
        private final Random random;

        Chance(int seed) {
            random = new Random(seed);
        }

        @Override
        public String uuid() {
            return new UUID(random.nextLong(), random.nextLong()).toString();
        }

        @Override
        public double fraction() {
            return random.nextDouble();
        }
    }

    /** Time that passes when it is told to. */
    static final class Clock {
        private record Timed(double at, CopyTest.Desk desk, Runnable run) {}

        private final List<Timed> tasks = new ArrayList<>();
        private double now;

        Timers of(CopyTest.Desk desk) {
            return new Timers() {
                @Override
                public double now() {
                    return now;
                }

                @Override
                public Subscription schedule(double delayMillis, Runnable task) {
                    Timed timed = new Timed(now + delayMillis, desk, task);
                    tasks.add(timed);
                    return () -> tasks.remove(timed);
                }
            };
        }

        void pass(double millis) {
            double end = now + millis;
            while (true) {
                Timed next = tasks.stream().min(Comparator.comparingDouble(Timed::at)).orElse(null);
                if (next == null || next.at() > end) {
                    now = end;
                    return;
                }
                tasks.remove(next);
                now = next.at();
                next.run().run();
            }
        }
    }

    /** The journal as one desk sees it: it writes in the order of the calls, later. */
    private final class Slowly implements Journal {
        private final CopyTest.Desk desk;

        Slowly(CopyTest.Desk desk) {
            this.desk = desk;
        }

        private void later(Runnable write) {
            writes.add(new Task(desk, write));
        }

        @Override
        public void append(String stream, int expected, List<byte[]> records, Outcome<StreamExtent> outcome) {
            later(() -> journal.append(stream, expected, records, outcome));
        }

        @Override
        public void read(String stream, int after, int limit, Outcome<List<JournalEntry>> outcome) {
            journal.read(stream, after, limit, outcome);
        }

        @Override
        public void extent(String stream, Outcome<StreamExtent> outcome) {
            journal.extent(stream, outcome);
        }

        @Override
        public void truncate(String stream, int upTo, Outcome<StreamExtent> outcome) {
            later(() -> journal.truncate(stream, upTo, outcome));
        }

        @Override
        public void save(String stream, int version, byte[] snapshot, Outcome<StreamExtent> outcome) {
            later(() -> journal.save(stream, version, snapshot, outcome));
        }

        @Override
        public void snapshot(String stream, Outcome<@Nullable JournalEntry> outcome) {
            journal.snapshot(stream, outcome);
        }

        @Override
        public void delete(String stream, Outcome<StreamExtent> outcome) {
            later(() -> journal.delete(stream, outcome));
        }

        @Override
        public void streams(String prefix, Outcome<List<String>> outcome) {
            journal.streams(prefix, outcome);
        }
    }
}
