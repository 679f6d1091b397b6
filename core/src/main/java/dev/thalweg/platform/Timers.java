package dev.thalweg.platform;

/** Time. Tasks run on the thread that runs the client, one after another. */
public interface Timers {
    /** Milliseconds since 1970-01-01 UTC, possibly with a fraction. */
    double now();

    /** Runs a task once, not before so many milliseconds have passed; 0 means as soon as the present task is done. */
    Subscription schedule(double delayMillis, Runnable task);
}
