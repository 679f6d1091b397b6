package dev.thalweg.testkit.replication;

import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import org.jspecify.annotations.Nullable;

/** Keeps an outcome until somebody asks. @param <T> what success brings */
public final class Answer<T> implements Outcome<T> {
    private @Nullable T value;
    private @Nullable Failure failure;
    private int times;

    @Override
    public void succeeded(T result) {
        value = result;
        times++;
    }

    @Override
    public void failed(Failure why) {
        failure = why;
        times++;
    }

    /** Whether it has come. */
    public boolean came() {
        return times > 0;
    }

    /** Why it did not work, or null. */
    public @Nullable Failure failure() {
        return failure;
    }

    /** What came. @throws IllegalStateException when nothing did, a failure did, or two answers did */
    public T get() {
        T result = value;
        if (result == null || times != 1) {
            throw new IllegalStateException(times + " answers came, " + (failure == null ? "" : failure.message()));
        }
        return result;
    }
}
