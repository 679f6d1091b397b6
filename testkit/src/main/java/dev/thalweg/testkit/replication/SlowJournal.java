package dev.thalweg.testkit.replication;

import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.replication.Journal;
import dev.thalweg.replication.JournalEntry;
import dev.thalweg.replication.StreamExtent;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A process's way to a journal that outlives it. Calls wait until they are let through. When the process dies, some of
 * those that wait are still made, the rest never are, and nobody hears of any.
 */
public final class SlowJournal implements Journal {
    private final Journal journal;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private boolean dead;

    /** Nothing waits yet. @param journal answers at once */
    public SlowJournal(Journal journal) {
        this.journal = journal;
    }

    /** Lets calls through, and those that are made because of them. @param count how many at most */
    public void pass(int count) {
        for (int left = count; left > 0 && !waiting.isEmpty(); left--) {
            waiting.remove().run();
        }
    }

    /** Lets everything through. */
    public void passAll() {
        pass(Integer.MAX_VALUE);
    }

    /** How many calls wait. */
    public int waiting() {
        return waiting.size();
    }

    /** The process dies. @param made how many of the calls that wait are still made */
    public void die(int made) {
        dead = true;
        pass(made);
        waiting.clear();
    }

    private final class Heard<T extends @Nullable Object> implements Outcome<T> {
        private final Outcome<T> outcome;

        Heard(Outcome<T> outcome) {
            this.outcome = outcome;
        }

        @Override
        public void succeeded(T value) {
            if (!dead) {
                outcome.succeeded(value);
            }
        }

        @Override
        public void failed(Failure failure) {
            if (!dead) {
                outcome.failed(failure);
            }
        }
    }

    private void later(Runnable call) {
        if (!dead) {
            waiting.add(call);
        }
    }

    @Override
    public void append(String stream, int expected, List<byte[]> records, Outcome<StreamExtent> outcome) {
        later(() -> journal.append(stream, expected, records, new Heard<>(outcome)));
    }

    @Override
    public void read(String stream, int after, int limit, Outcome<List<JournalEntry>> outcome) {
        later(() -> journal.read(stream, after, limit, new Heard<>(outcome)));
    }

    @Override
    public void extent(String stream, Outcome<StreamExtent> outcome) {
        later(() -> journal.extent(stream, new Heard<>(outcome)));
    }

    @Override
    public void truncate(String stream, int upTo, Outcome<StreamExtent> outcome) {
        later(() -> journal.truncate(stream, upTo, new Heard<>(outcome)));
    }

    @Override
    public void save(String stream, int version, byte[] snapshot, Outcome<StreamExtent> outcome) {
        later(() -> journal.save(stream, version, snapshot, new Heard<>(outcome)));
    }

    @Override
    public void snapshot(String stream, Outcome<@Nullable JournalEntry> outcome) {
        later(() -> journal.snapshot(stream, new Heard<@Nullable JournalEntry>(outcome)));
    }

    @Override
    public void delete(String stream, Outcome<StreamExtent> outcome) {
        later(() -> journal.delete(stream, new Heard<>(outcome)));
    }

    @Override
    public void streams(String prefix, Outcome<List<String>> outcome) {
        later(() -> journal.streams(prefix, new Heard<>(outcome)));
    }
}
