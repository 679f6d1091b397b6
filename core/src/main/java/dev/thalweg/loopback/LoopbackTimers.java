package dev.thalweg.loopback;

import dev.thalweg.platform.Subscription;
import dev.thalweg.platform.Timers;
import java.util.PriorityQueue;

/**
 * A clock that goes only when told to. Tasks run in the order of their time, and of two for the same time the one that
 * was scheduled first.
 */
public final class LoopbackTimers implements Timers {
    private final PriorityQueue<Task> tasks = new PriorityQueue<>((a, b) -> a.due == b.due
            ? Integer.compare(a.order, b.order)
            : Double.compare(a.due, b.due));
    private double now;
    private int order;

    /** Starts at a moment. @param now milliseconds since 1970 */
    public LoopbackTimers(double now) {
        this.now = now;
    }

    /** Starts at 0. */
    public LoopbackTimers() {
        this(0);
    }

    @Override
    public double now() {
        return now;
    }

    @Override
    public Subscription schedule(double delayMillis, Runnable task) {
        if (!(delayMillis >= 0)) {
            throw new IllegalArgumentException("delay must be 0 or more");
        }
        Task entry = new Task(now + delayMillis, order++, task);
        tasks.add(entry);
        return () -> entry.cancelled = true;
    }

    /** How many tasks are waiting. */
    public int size() {
        dropCancelled();
        return tasks.size();
    }

    /** Whether a task waits for no later than a moment. */
    public boolean dueBy(double moment) {
        dropCancelled();
        Task first = tasks.peek();
        return first != null && first.due <= moment;
    }

    /** Lets time go by, running each task at its time. */
    public void advance(double millis) {
        double until = now + millis;
        while (runNext(until)) {
            // Each task may schedule more, which run in their turn when their time is no later.
        }
        now = Math.max(now, until);
    }

    /** Goes to the time of the next task, when that is no later than a moment, and runs it. */
    boolean runNext(double until) {
        if (!dueBy(until)) {
            return false;
        }
        Task next = tasks.remove();
        now = Math.max(now, next.due);
        next.task.run();
        return true;
    }

    /** Sets the clock forward. No task may be waiting for an earlier moment. */
    void forwardTo(double moment) {
        now = Math.max(now, moment);
    }

    private void dropCancelled() {
        Task first = tasks.peek();
        while (first != null && first.cancelled) {
            tasks.remove();
            first = tasks.peek();
        }
    }

    private static final class Task {
        final double due;
        final int order;
        final Runnable task;
        boolean cancelled;

        Task(double due, int order, Runnable task) {
            this.due = due;
            this.order = order;
            this.task = task;
        }
    }
}
