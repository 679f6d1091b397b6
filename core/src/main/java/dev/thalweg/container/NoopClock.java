package dev.thalweg.container;

import dev.thalweg.platform.Timers;

/**
 * Decides when to say how far this client is although it has nothing to send, so that one who only reads does not hold
 * the minimum sequence number back: after so many operations, or so much time after the first of them.
 */
final class NoopClock {
    private final Timers timers;
    private final ContainerOptions options;
    private final Runnable send;
    private int unanswered;
    private double since;
    private boolean armed;

    NoopClock(Timers timers, ContainerOptions options, Runnable send) {
        this.timers = timers;
        this.options = options;
        this.send = send;
    }

    /** An operation was processed. */
    void received() {
        if (++unanswered == 1) {
            since = timers.now();
        }
        if (unanswered >= options.noopCount()) {
            send.run();
        } else {
            arm(options.noopDelayMillis());
        }
    }

    /** Something was sent, which says how far this client is. */
    void sent() {
        unanswered = 0;
    }

    /* A timer that finds nothing to do costs less than one that is cancelled and set anew for every operation. */
    private void arm(double delay) {
        if (armed) {
            return;
        }
        armed = true;
        timers.schedule(delay, () -> {
            armed = false;
            if (unanswered == 0) {
                return;
            }
            double left = since + options.noopDelayMillis() - timers.now();
            if (left > 0) {
                arm(left);
            } else {
                send.run();
            }
        });
    }
}
