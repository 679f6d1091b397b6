package dev.thalweg.server.session;

import dev.thalweg.platform.Subscription;

/** A thread that runs short tasks one after another, in the order in which they were given. */
public interface Loop {
    /** Whether the caller is a task of this loop. */
    boolean inside();

    /** Runs a task after those given before. */
    void execute(Runnable task);

    /** Runs a task later. */
    Subscription after(long millis, Runnable task);

    /** Runs a task at once when inside, otherwise after those given before. */
    default void run(Runnable task) {
        if (inside()) {
            task.run();
        } else {
            execute(task);
        }
    }
}
