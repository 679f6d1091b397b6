package dev.thalweg.loopback;

import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import org.jspecify.annotations.Nullable;

/** An outcome that keeps what came, and counts how often something came. */
final class Answer<T extends @Nullable Object> implements Outcome<T> {
    int times;
    @Nullable
    T value;
    @Nullable
    Failure failure;

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

    T get() {
        T result = value;
        if (times != 1 || result == null) {
            throw new AssertionError("expected one success, had " + times + " answers, failure " + failure);
        }
        return result;
    }
}
