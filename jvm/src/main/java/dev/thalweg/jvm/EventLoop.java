package dev.thalweg.jvm;

import dev.thalweg.platform.Subscription;
import dev.thalweg.platform.Timers;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one thread on which a client runs. Tasks run one after another; one that throws is logged and does not hurt the
 * next. The thread is a daemon: a program that has nothing else to do ends.
 */
final class EventLoop implements Timers {
    private static final System.Logger LOG = System.getLogger(EventLoop.class.getName());

    private final ScheduledThreadPoolExecutor executor;
    /* The wall clock is read once, so that time never goes back. */
    private final double origin = System.currentTimeMillis();
    private final long started = System.nanoTime();
    private volatile @Nullable Thread thread;

    EventLoop(String name) {
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread created = new Thread(task, name);
            created.setDaemon(true);
            thread = created;
            return created;
        });
        executor.setRemoveOnCancelPolicy(true);
    }

    @Override
    public double now() {
        return origin + (System.nanoTime() - started) / 1e6;
    }

    @Override
    public Subscription schedule(double delayMillis, Runnable task) {
        if (!(delayMillis >= 0)) {
            throw new IllegalArgumentException("delay must be 0 or more milliseconds, was " + delayMillis);
        }
        try {
            long nanos = (long) Math.min(delayMillis * 1e6, 9e18);
            ScheduledFuture<?> future = executor.schedule(guarded(task), nanos, TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException e) {
            return () -> {
            };
        }
    }

    /** Runs a task as soon as those before it are done. Ignored after the loop has ended. */
    void execute(Runnable task) {
        try {
            executor.execute(guarded(task));
        } catch (RejectedExecutionException e) {
            LOG.log(System.Logger.Level.DEBUG, "the client is closed, a task was dropped");
        }
    }

    /** Whether the caller is on this loop. */
    boolean inside() {
        return Thread.currentThread() == thread;
    }

    boolean ended() {
        return executor.isShutdown();
    }

    /** Takes no more tasks and drops those that wait for a time to come. */
    void end() {
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.shutdown();
    }

    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                LOG.log(System.Logger.Level.ERROR, "a task of the client failed", e);
            }
        };
    }
}
