package dev.thalweg.container;

import dev.thalweg.platform.Ids;

/** How long to wait before the next try: twice as long as before, up to a limit, each time a random part of it less. */
final class Backoff {
    private final double initialMillis;
    private final double maximumMillis;
    private final Ids ids;
    private double nextMillis;

    Backoff(ContainerOptions options, Ids ids) {
        this.initialMillis = options.initialBackoffMillis();
        this.maximumMillis = options.maximumBackoffMillis();
        this.ids = ids;
        this.nextMillis = initialMillis;
    }

    /** From half of the present wait to all of it, so that clients which lost one service do not return as one. */
    double next() {
        double wait = nextMillis * (0.5 + 0.5 * ids.fraction());
        nextMillis = Math.min(maximumMillis, nextMillis * 2);
        return wait;
    }

    void reset() {
        nextMillis = initialMillis;
    }
}
