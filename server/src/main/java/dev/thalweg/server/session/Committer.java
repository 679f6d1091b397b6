package dev.thalweg.server.session;

import dev.thalweg.server.storage.DocumentStore;
import dev.thalweg.server.storage.StoreException;
import dev.thalweg.server.storage.StoreWrite;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Writes to the store, in the order in which writes are submitted. */
/*
 * For a durable store there is one thread. While it waits for the disk, writes of all documents gather, and go into the
 * next transaction together: durability costs one wait per group and not per operation.
 *
 * A group fails as a whole. Then its writes are tried one by one, so that only the document whose write is at fault
 * hears of it. For a store in memory there is nothing to gather for, and writes are made at once by the caller.
 */
public final class Committer {
    /** Hears of a write, once, on the thread that made it. */
    @FunctionalInterface
    public interface Completion {
        /** @param failure null when the write is made */
        void done(@Nullable StoreException failure);
    }

    private record Job(@Nullable StoreWrite write, Completion completion) {}

    private static final int MAX_GROUP = 4096;

    private final DocumentStore store;
    private final BlockingQueue<Job> queue = new LinkedBlockingQueue<>();
    private final @Nullable Thread thread;

    /** Starts. */
    public Committer(DocumentStore store) {
        this.store = store;
        if (store.durable()) {
            thread = new Thread(this::work, "thalweg-committer");
            thread.start();
        } else {
            thread = null;
        }
    }

    /** Makes a write. */
    public void submit(StoreWrite write, Completion completion) {
        if (thread == null) {
            write(List.of(new Job(write, completion)));
        } else {
            queue.add(new Job(write, completion));
        }
    }

    /** Makes what was submitted before, and ends. @return whether all was made within so many milliseconds */
    public boolean stop(long millis) throws InterruptedException {
        if (thread != null) {
            queue.add(new Job(null, failure -> {
            }));
            thread.join(millis);
            return !thread.isAlive();
        }
        return true;
    }

    private void work() {
        List<Job> group = new ArrayList<>();
        boolean open = true;
        while (open) {
            try {
                group.add(queue.take());
            } catch (InterruptedException e) {
                // Nobody has the right to stop this thread but stop().
                continue;
            }
            queue.drainTo(group, MAX_GROUP - 1);
            open = !group.removeIf(job -> job.write == null);
            write(group);
            group.clear();
        }
    }

    private void write(List<Job> group) {
        StoreException failure = attempt(group);
        if (failure == null || group.size() == 1) {
            for (Job job : group) {
                job.completion.done(failure);
            }
            return;
        }
        for (Job job : group) {
            job.completion.done(attempt(List.of(job)));
        }
    }

    private @Nullable StoreException attempt(List<Job> group) {
        List<StoreWrite> writes = new ArrayList<>(group.size());
        for (Job job : group) {
            if (job.write != null) {
                writes.add(job.write);
            }
        }
        if (writes.isEmpty()) {
            return null;
        }
        try {
            store.write(writes);
            return null;
        } catch (StoreException e) {
            return e;
        } catch (RuntimeException e) {
            return new StoreException("the store failed: " + e, e);
        }
    }
}
