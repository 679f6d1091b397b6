package dev.thalweg.loopback;

import dev.thalweg.platform.Subscription;
import dev.thalweg.platform.Timers;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One way that deliveries take, in order: a direction of a socket, or of requests. */
final class Lane {
    private final Deque<Delivery> queue = new ArrayDeque<>();
    private final Post post;
    private boolean held;
    private double lastDue;
    private @Nullable Subscription timer;

    private record Delivery(int order, double due, Runnable task) {}

    Lane(Post post) {
        this.post = post;
        post.lanes.add(this);
    }

    /** Queues a delivery. @param delayMillis how long it is under way, when delivery is automatic */
    void send(double delayMillis, Runnable task) {
        Timers timers = post.automatic;
        lastDue = timers == null ? 0 : Math.max(lastDue, timers.now() + delayMillis);
        queue.add(new Delivery(post.order++, lastDue, task));
        arm();
    }

    void hold(boolean hold) {
        held = hold;
        arm();
    }

    void clear() {
        queue.clear();
        lastDue = 0;
        Subscription armed = timer;
        timer = null;
        if (armed != null) {
            armed.cancel();
        }
    }

    int size() {
        return queue.size();
    }

    boolean ready() {
        return !held && !queue.isEmpty();
    }

    /** The place of the first delivery among all that were ever queued. */
    int order() {
        return queue.getFirst().order;
    }

    void deliver() {
        queue.removeFirst().task.run();
    }

    private void arm() {
        Timers timers = post.automatic;
        if (timers == null || timer != null || !ready()) {
            return;
        }
        timer = timers.schedule(Math.max(0, queue.getFirst().due - timers.now()), this::deliverDue);
    }

    /** Delivers what is due now; what is queued meanwhile waits for its turn, so that no turn is endless. */
    private void deliverDue() {
        timer = null;
        int due = countDue();
        for (; due > 0 && ready(); due--) {
            deliver();
        }
        arm();
    }

    /** At least one when there is any: a clock that is a fraction early must not make it wait for another round. */
    private int countDue() {
        Timers timers = post.automatic;
        int due = 0;
        for (Delivery delivery : queue) {
            if (due > 0 && timers != null && delivery.due > timers.now()) {
                break;
            }
            due++;
        }
        return due;
    }
}
