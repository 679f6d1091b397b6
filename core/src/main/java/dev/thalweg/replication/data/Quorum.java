package dev.thalweg.replication.data;

import dev.thalweg.platform.Subscription;
import dev.thalweg.platform.Timers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Waits until enough nodes have answered, or it takes too long. Counts every node once, and only those it asked. */
final class Quorum {
    private final TreeSet<String> missing;
    private final TreeSet<String> answered = new TreeSet<>();
    private final String self;
    private final int needed;
    private final Done done;
    private @Nullable Subscription timeout;
    private boolean over;

    /** Hears how it went, once. */
    @FunctionalInterface
    interface Done {
        void done(Quorum ended, boolean enough, List<String> answered, List<String> missing);
    }

    /**
     * Starts to wait.
     *
     * @param needed how many have to answer, from 1; this node is always one of them
     */
    Quorum(Collection<String> members, String self, int needed, Done done) {
        missing = new TreeSet<>(members);
        missing.add(self);
        this.self = self;
        this.needed = needed;
        this.done = done;
    }

    /** Gives up after a while, unless it is over already. */
    void giveUp(Timers timers, double millis) {
        if (!over) {
            timeout = timers.schedule(millis, () -> finish(false));
        }
    }

    void answered(String node) {
        if (!over && missing.remove(node)) {
            answered.add(node);
            if (answered.size() >= needed && answered.contains(self)) {
                finish(true);
            }
        }
    }

    boolean isOver() {
        return over;
    }

    /** Who has not answered, in order. */
    List<String> missing() {
        return new ArrayList<>(missing);
    }

    /** Nobody waits any more. */
    void cancel() {
        over = true;
        if (timeout != null) {
            timeout.cancel();
        }
    }

    private void finish(boolean enough) {
        cancel();
        done.done(this, enough, new ArrayList<>(answered), missing());
    }
}
