package dev.thalweg.web.link;

import dev.thalweg.platform.Ids;
import dev.thalweg.platform.Subscription;
import dev.thalweg.platform.Timers;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One client's link as the reader of the demo sets it: how long a frame is held back each way, whether that varies, and
 * whether the link is cut. What a cut catches on the way is lost, as on a real wire.
 */
public final class Link {
    private final Timers timers;
    private final Ids ids;
    private final Set<Runnable> whenCut = new LinkedHashSet<>();
    private double latency;
    private boolean jitter;
    private boolean cut;
    private int up;
    private int down;

    /** A link without delay. */
    public Link(Timers timers, Ids ids) {
        this.timers = timers;
        this.ids = ids;
    }

    /** Sets how long frames are held back each way. @param millis 0 or more */
    public void latency(double millis) {
        if (!(millis >= 0)) {
            throw new IllegalArgumentException("latency must be 0 or more");
        }
        latency = millis;
    }

    /** Sets whether each delay is drawn from half to one and a half times the latency. */
    public void jitter(boolean on) {
        jitter = on;
    }

    /** Whether the link is cut. */
    public boolean isCut() {
        return cut;
    }

    /** Closes what is open, loses what is on the way, and refuses new connections until {@link #restore}. */
    public void cut() {
        if (cut) {
            return;
        }
        cut = true;
        for (Runnable close : List.copyOf(whenCut)) {
            close.run();
        }
    }

    /** Lets connections through again. */
    public void restore() {
        cut = false;
    }

    /** How many operations are held on their way to the service. */
    public int travellingUp() {
        return up;
    }

    /** How many operations are held on their way from the service. */
    public int travellingDown() {
        return down;
    }

    /** A lane to the service, for one connection. */
    Lane laneUp() {
        return new Lane(timers, this::delay, weight -> up += weight);
    }

    /** A lane from the service, for one connection. */
    Lane laneDown() {
        return new Lane(timers, this::delay, weight -> down += weight);
    }

    Timers timers() {
        return timers;
    }

    /** Runs something whenever the link is cut. */
    Subscription whenCut(Runnable close) {
        whenCut.add(close);
        return () -> whenCut.remove(close);
    }

    private double delay() {
        return jitter ? latency * (0.5 + ids.fraction()) : latency;
    }
}
