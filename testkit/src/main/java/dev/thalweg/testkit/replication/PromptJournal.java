package dev.thalweg.testkit.replication;

import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.replication.Journal;
import dev.thalweg.replication.JournalEntry;
import dev.thalweg.replication.StreamExtent;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes every call of a journal on another thread answer before it returns, for worlds that are played step by step. */
public final class PromptJournal implements Journal {
    private static final long LIMIT_SECONDS = 30;

    private final Journal journal;
    private final BlockingQueue<Runnable> outcomes;

    /** @param outcomes where the journal puts the calls that tell outcomes */
    public PromptJournal(Journal journal, BlockingQueue<Runnable> outcomes) {
        this.journal = journal;
        this.outcomes = outcomes;
    }

    private <T extends @Nullable Object> void ask(Consumer<Outcome<T>> call, Outcome<T> outcome) {
        boolean[] told = {false};
        call.accept(new Outcome<>() {
            @Override
            public void succeeded(T value) {
                told[0] = true;
                outcome.succeeded(value);
            }

            @Override
            public void failed(Failure failure) {
                told[0] = true;
                outcome.failed(failure);
            }
        });
        while (!told[0]) {
            try {
                Runnable next = outcomes.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
                if (next == null) {
                    throw new IllegalStateException("the journal did not answer within " + LIMIT_SECONDS + " s");
                }
                next.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the journal was to answer", e);
            }
        }
    }

    @Override
    public void append(String stream, int expected, List<byte[]> records, Outcome<StreamExtent> outcome) {
        ask(heard -> journal.append(stream, expected, records, heard), outcome);
    }

    @Override
    public void read(String stream, int after, int limit, Outcome<List<JournalEntry>> outcome) {
        ask(heard -> journal.read(stream, after, limit, heard), outcome);
    }

    @Override
    public void extent(String stream, Outcome<StreamExtent> outcome) {
        ask(heard -> journal.extent(stream, heard), outcome);
    }

    @Override
    public void truncate(String stream, int upTo, Outcome<StreamExtent> outcome) {
        ask(heard -> journal.truncate(stream, upTo, heard), outcome);
    }

    @Override
    public void save(String stream, int version, byte[] snapshot, Outcome<StreamExtent> outcome) {
        ask(heard -> journal.save(stream, version, snapshot, heard), outcome);
    }

    @Override
    public void snapshot(String stream, Outcome<@Nullable JournalEntry> outcome) {
        ask(heard -> journal.snapshot(stream, heard), outcome);
    }

    @Override
    public void delete(String stream, Outcome<StreamExtent> outcome) {
        ask(heard -> journal.delete(stream, heard), outcome);
    }

    @Override
    public void streams(String prefix, Outcome<List<String>> outcome) {
        ask(heard -> journal.streams(prefix, heard), outcome);
    }
}
