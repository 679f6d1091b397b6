package dev.thalweg.jvm.messenger;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What waits to be sent to one node, up to a number of bytes. Used by several threads. */
final class Outbox {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<byte[]> messages = new ArrayDeque<>();
    private final int limit;
    private long bytes;
    private boolean woken;

    Outbox(int limit) {
        this.limit = limit;
    }

    /** Adds a message; when there is no room, the oldest go. @return whether any went */
    boolean add(byte[] message) {
        lock.lock();
        try {
            messages.add(message);
            bytes += message.length;
            boolean full = bytes > limit;
            while (bytes > limit) {
                bytes -= messages.remove().length;
            }
            changed.signal();
            return full;
        } finally {
            lock.unlock();
        }
    }

    /** The oldest message, or null when none has come for so long or somebody has {@linkplain #wake woken} who waits. */
    byte @Nullable [] poll(long millis) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (messages.isEmpty() && left > 0 && !woken) {
                left = changed.awaitNanos(left);
            }
            if (woken) {
                woken = false;
                return null;
            }
            byte[] message = messages.poll();
            bytes -= message == null ? 0 : message.length;
            return message;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is a message. */
    void await() throws InterruptedException {
        lock.lock();
        try {
            while (messages.isEmpty()) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets who waits in {@link #poll}, or will next, look at what else there is. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }
}
