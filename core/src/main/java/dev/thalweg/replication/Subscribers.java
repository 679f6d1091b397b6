package dev.thalweg.replication;

import dev.thalweg.platform.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Who listens. Whoever has cancelled hears nothing more, not even of what happened before; whoever comes hears of what
 * happens from then on.
 *
 * @param <L> listeners
 */
public final class Subscribers<L> {
    private final List<Subscriber<L>> all = new ArrayList<>();

    private static final class Subscriber<L> {
        final L listener;
        boolean gone;

        Subscriber(L listener) {
            this.listener = listener;
        }
    }

    /** Adds a listener. */
    public Subscription add(L listener) {
        Subscriber<L> subscriber = new Subscriber<>(listener);
        all.add(subscriber);
        return () -> {
            subscriber.gone = true;
            all.removeIf(each -> each.gone);
        };
    }

    /** Puts a call for each who listens now at the end of a queue. @param call tells one of them */
    public void queue(Queue<Runnable> calls, Consumer<L> call) {
        for (Subscriber<L> subscriber : all) {
            calls.add(() -> {
                if (!subscriber.gone) {
                    call.accept(subscriber.listener);
                }
            });
        }
    }

    /** Makes all calls, those too that they add. One that fails does not keep the others; the first failure goes on. */
    public static void run(Queue<Runnable> calls) {
        RuntimeException first = null;
        for (Runnable call = calls.poll(); call != null; call = calls.poll()) {
            try {
                call.run();
            } catch (RuntimeException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
