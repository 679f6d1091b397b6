package dev.thalweg.platform;

import org.jspecify.annotations.Nullable;

/** An outcome that keeps what came, and counts how often something came. */
public final class Answer<T extends @Nullable Object> implements Outcome<T> {
    public int times;
    @Nullable
    public T value;
    @Nullable
    public Failure failure;

    @Override
    public void succeeded(T result) {
        times++;
        value = result;
    }

    @Override
    public void failed(Failure reason) {
        times++;
        failure = reason;
    }

    /** What came. @throws AssertionError when nothing did, a failure did, or something came twice */
    public T get() {
        T result = value;
        if (times != 1 || result == null) {
            throw new AssertionError("expected one success, had " + times + " answers, failure " + failure);
        }
        return result;
    }
}
