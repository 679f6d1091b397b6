package dev.thalweg.jvm.journal;

import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.replication.Journal;
import dev.thalweg.replication.JournalEntry;
import dev.thalweg.replication.JournalLimits;
import dev.thalweg.replication.StreamExtent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A journal over one whose calls wait: they wait on a thread of their own here, and outcomes arrive elsewhere. */
/*
 * While the thread waits for the disk, calls gather. All writes among them go down together, so durability costs one
 * wait per group and not per write. A read makes the writes before it go down first only if one of them is to its
 * stream; of the others it could not tell.
 */
public final class QueuedJournal implements Journal, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(QueuedJournal.class.getName());
    private static final int MAX_GROUP = 4096;

    private sealed interface Job {
        record Write(JournalWrite write, Outcome<StreamExtent> outcome) implements Job {}

        /** @param stream what it looks at, or null for all */
        record Read(@Nullable String stream, Question<?> question) implements Job {}

        record End() implements Job {}
    }

    @FunctionalInterface
    private interface Reading<T extends @Nullable Object> {
        T read() throws IOException;
    }

    private record Question<T extends @Nullable Object>(Reading<T> reading, Outcome<T> outcome) {}

    private final BlockingJournal journal;
    private final Executor outcomes;
    private final BlockingQueue<Job> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closed;

    /**
     * Starts the thread.
     *
     * @param journal  used by this alone from now on, and closed with it
     * @param outcomes runs what hears of outcomes, one after another: the client's thread
     */
    public QueuedJournal(BlockingJournal journal, Executor outcomes) {
        this.journal = journal;
        this.outcomes = outcomes;
        thread = new Thread(this::work, "thalweg-journal");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void append(String stream, int expected, List<byte[]> records, Outcome<StreamExtent> outcome) {
        JournalLimits.name(stream);
        JournalLimits.records(expected, records);
        submit(new Job.Write(new JournalWrite.Append(stream, expected, List.copyOf(records)), outcome));
    }

    @Override
    public void read(String stream, int after, int limit, Outcome<List<JournalEntry>> outcome) {
        JournalLimits.name(stream);
        JournalLimits.page(after, limit);
        submit(new Job.Read(stream, new Question<>(() -> journal.read(stream, after, limit), outcome)));
    }

    @Override
    public void extent(String stream, Outcome<StreamExtent> outcome) {
        JournalLimits.name(stream);
        submit(new Job.Read(stream, new Question<>(() -> journal.extent(stream), outcome)));
    }

    @Override
    public void truncate(String stream, int upTo, Outcome<StreamExtent> outcome) {
        JournalLimits.name(stream);
        JournalLimits.version(upTo);
        submit(new Job.Write(new JournalWrite.Truncate(stream, upTo), outcome));
    }

    @Override
    public void save(String stream, int version, byte[] snapshot, Outcome<StreamExtent> outcome) {
        JournalLimits.name(stream);
        JournalLimits.version(version);
        JournalLimits.record(snapshot);
        submit(new Job.Write(new JournalWrite.Save(stream, version, snapshot), outcome));
    }

    @Override
    public void snapshot(String stream, Outcome<@Nullable JournalEntry> outcome) {
        JournalLimits.name(stream);
        submit(new Job.Read(stream, new Question<@Nullable JournalEntry>(() -> journal.snapshot(stream), outcome)));
    }

    @Override
    public void delete(String stream, Outcome<StreamExtent> outcome) {
        JournalLimits.name(stream);
        submit(new Job.Write(new JournalWrite.Delete(stream), outcome));
    }

    @Override
    public void streams(String prefix, Outcome<List<String>> outcome) {
        JournalLimits.prefix(prefix);
        submit(new Job.Read(null, new Question<>(() -> {
            List<String> names = new ArrayList<>(journal.streams(prefix));
            Collections.sort(names);
            return names;
        }, outcome)));
    }

    /** Makes what was asked for before, and closes the journal. Later calls fail. */
    @Override
    public void close() {
        synchronized (queue) {
            if (!closed) {
                closed = true;
                queue.add(new Job.End());
            }
        }
        boolean interrupted = false;
        while (thread.isAlive() && Thread.currentThread() != thread) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void submit(Job job) {
        synchronized (queue) {
            if (!closed) {
                queue.add(job);
                return;
            }
        }
        fail(job, Failure.permanent(0, "the journal is closed"));
    }

    private void work() {
        List<Job> jobs = new ArrayList<>();
        List<Job.Write> group = new ArrayList<>();
        boolean open = true;
        while (open) {
            try {
                jobs.add(queue.take());
            } catch (InterruptedException e) {
                // Nobody has the right to stop this thread but close().
                continue;
            }
            queue.drainTo(jobs, MAX_GROUP - 1);
            for (Job job : jobs) {
                switch (job) {
                    case Job.Write write -> group.add(write);
                    case Job.Read read -> {
                        if (isTold(group, read.stream)) {
                            write(group);
                        }
                        answer(read.question);
                    }
                    case Job.End end -> open = false;
                }
            }
            write(group);
            jobs.clear();
        }
        try {
            journal.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.ERROR, "the journal cannot be closed", e);
        }
    }

    private static boolean isTold(List<Job.Write> group, @Nullable String stream) {
        for (Job.Write job : group) {
            if (stream == null || job.write.stream().equals(stream)) {
                return true;
            }
        }
        return false;
    }

    private void write(List<Job.Write> group) {
        if (group.isEmpty()) {
            return;
        }
        List<Job.Write> jobs = List.copyOf(group);
        group.clear();
        try {
            List<BlockingJournal.Written> written = journal.write(jobs.stream().map(Job.Write::write).toList());
            outcomes.execute(() -> {
                for (int i = 0; i < jobs.size(); i++) {
                    tell(jobs.get(i), written.get(i));
                }
            });
        } catch (IOException | RuntimeException e) {
            for (Job.Write job : jobs) {
                fail(job, Failure.passing(0, "the journal failed: " + e.getMessage()));
            }
        }
    }

    private static void tell(Job.Write job, BlockingJournal.Written written) {
        if (written.stale() < 0) {
            job.outcome.succeeded(written.extent());
        } else {
            int expected = switch (job.write) {
                case JournalWrite.Append append -> append.expected();
                case JournalWrite.Truncate truncate -> truncate.upTo();
                case JournalWrite.Save save -> save.version();
                case JournalWrite.Delete delete -> ANY;
            };
            job.outcome.failed(JournalLimits.stale(job.write.stream(), written.stale(), expected));
        }
    }

    private <T extends @Nullable Object> void answer(Question<T> question) {
        try {
            T value = question.reading.read();
            outcomes.execute(() -> question.outcome.succeeded(value));
        } catch (IOException | RuntimeException e) {
            Failure failure = Failure.passing(0, "the journal cannot be read: " + e.getMessage());
            outcomes.execute(() -> question.outcome.failed(failure));
        }
    }

    private void fail(Job job, Failure failure) {
        switch (job) {
            case Job.Write write -> outcomes.execute(() -> write.outcome.failed(failure));
            case Job.Read read -> outcomes.execute(() -> read.question.outcome.failed(failure));
            case Job.End end -> {
            }
        }
    }
}
