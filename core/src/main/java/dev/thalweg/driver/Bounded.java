package dev.thalweg.driver;

import java.util.ArrayDeque;
import java.util.Deque;

/** Starts tasks in order, so many at once at most. A task says when it is done by running what it was given. */
final class Bounded {
    /** Something that takes time. */
    @FunctionalInterface
    interface Task {
        void start(Runnable done);
    }

    private final Deque<Task> queue = new ArrayDeque<>();
    private final int limit;
    private int running;
    private boolean draining;

    Bounded(int limit) {
        this.limit = limit;
    }

    void run(Task task) {
        queue.add(task);
        drain();
    }

    /** Forgets what has not begun. */
    void clear() {
        queue.clear();
    }

    /* A loop and not a recursion, since a task may be done before start returns. */
    private void drain() {
        if (draining) {
            return;
        }
        draining = true;
        while (running < limit && !queue.isEmpty()) {
            running++;
            queue.remove().start(() -> {
                running--;
                drain();
            });
        }
        draining = false;
    }
}
