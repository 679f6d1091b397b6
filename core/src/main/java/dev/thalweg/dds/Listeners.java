package dev.thalweg.dds;

import dev.thalweg.platform.Subscription;
import java.util.ArrayList;
import java.util.List;

/**
 * Who listens. A listener added or removed while an event is being told takes part from the next event on. One that
 * throws does not keep the others from hearing; the first exception is thrown on when all have heard.
 *
 * @param <E> the events
 */
public final class Listeners<E> {
    private List<Listener<? super E>> listeners = List.of();

    /** Adds a listener. */
    public Subscription add(Listener<? super E> listener) {
        List<Listener<? super E>> more = new ArrayList<>(listeners);
        more.add(listener);
        listeners = more;
        return () -> remove(listener);
    }

    /** Tells an event to all. */
    public void tell(E event) {
        each(listeners, listener -> listener.on(event));
    }

    /** Does something for each; one for whom it fails does not keep the others from it, and the first failure goes on. */
    public static <T> void each(List<T> all, Listener<? super T> action) {
        RuntimeException first = null;
        for (T one : all) {
            try {
                action.on(one);
            } catch (RuntimeException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private void remove(Listener<? super E> listener) {
        List<Listener<? super E>> fewer = new ArrayList<>(listeners);
        for (int i = 0; i < fewer.size(); i++) {
            if (fewer.get(i) == listener) {
                fewer.remove(i);
                break;
            }
        }
        listeners = fewer;
    }
}
