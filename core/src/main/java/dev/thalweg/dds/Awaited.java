package dev.thalweg.dds;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait to hear what became of this client's operations, one for each that is pending, in the order in which the
 * operations were made. For handles of structures that show nothing before it is sequenced. Everyone hears exactly once.
 *
 * @param <R> what they hear
 */
public final class Awaited<R> {
    /*
     * Own operations are sequenced in the order they were made and taken back newest first, so no key is needed: the
     * next to hear is at one of the two ends. Whoever hears may ask for something new at once, and is out of the line by
     * then. Closed, the line takes nobody and owes nobody, whatever is still being processed.
     */
    private final ArrayDeque<Listener<? super R>> waiting = new ArrayDeque<>();
    private boolean closed;

    /** Somebody waits for the operation that was made just now. */
    public void add(Listener<? super R> listener) {
        waiting.addLast(listener);
    }

    /** The oldest pending operation has been sequenced. */
    public void settleOldest(R result) {
        tell(waiting.pollFirst(), result);
    }

    /** The newest pending operation has been taken back. */
    public void settleNewest(R result) {
        tell(waiting.pollLast(), result);
    }

    /** Nothing will be heard of any of them, oldest first. */
    public void close(R result) {
        closed = true;
        List<Listener<? super R>> all = new ArrayList<>(waiting);
        waiting.clear();
        Listeners.each(all, listener -> listener.on(result));
    }

    private void tell(@Nullable Listener<? super R> due, R result) {
        if (due != null) {
            due.on(result);
        } else if (!closed) {
            throw new IllegalStateException("an operation has ended that nobody waits for");
        }
    }
}
