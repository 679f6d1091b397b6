package dev.thalweg.web.link;

import dev.thalweg.platform.Subscription;
import dev.thalweg.platform.Timers;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.DoubleConsumer;
import java.util.function.DoubleSupplier;
import java.util.function.IntConsumer;

/**
 * One direction of one connection. Holds back what travels, in order: nothing overtakes what set out before it, even
 * when the delay becomes shorter meanwhile.
 */
final class Lane {
    private final Timers timers;
    private final DoubleSupplier delay;
    private final IntConsumer count;
    private final Deque<Held> held = new ArrayDeque<>();
    private double lastArrival;
    private boolean closed;

    private record Held(int weight, Runnable arrive, Subscription timer) {}

    /** @param delay how long the next one travels @param count hears how many operations set out or arrived */
    Lane(Timers timers, DoubleSupplier delay, IntConsumer count) {
        this.timers = timers;
        this.delay = delay;
        this.count = count;
    }

    /** Sends something on its way that carries no operations: it is not delayed, but does not overtake either. */
    void send(Runnable arrive) {
        send(0, millis -> {}, arrive);
    }

    /**
     * Sends something on its way.
     *
     * @param weight  how many operations it carries; what carries none is not delayed, but does not overtake either
     * @param setsOut hears in how many milliseconds it arrives, before it does
     */
    void send(int weight, DoubleConsumer setsOut, Runnable arrive) {
        if (closed) {
            setsOut.accept(0);
            return;
        }
        double now = timers.now();
        double wait = weight > 0 ? delay.getAsDouble() : 0;
        if (held.isEmpty() && wait <= 0) {
            setsOut.accept(0);
            arrive.run();
            return;
        }
        double arrival = Math.max(now + wait, held.isEmpty() ? now : lastArrival);
        lastArrival = arrival;
        count.accept(weight);
        held.add(new Held(weight, arrive, timers.schedule(arrival - now, this::arrived)));
        setsOut.accept(arrival - now);
    }

    /** Loses everything on the way, and takes nothing more. */
    void drop() {
        closed = true;
        for (Held one : held) {
            one.timer().cancel();
            count.accept(-one.weight());
        }
        held.clear();
    }

    /* Timers of one length may fire in any order; the oldest one held is always the one that arrives. */
    private void arrived() {
        Held first = held.poll();
        if (first != null) {
            count.accept(-first.weight());
            first.arrive().run();
        }
    }
}
