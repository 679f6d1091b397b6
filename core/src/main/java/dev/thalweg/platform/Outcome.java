package dev.thalweg.platform;

import org.jspecify.annotations.Nullable;

/**
 * Where the result of something that takes time arrives: exactly one of the two methods is called, once, later or at
 * once, on the thread that runs the client.
 *
 * @param <T> what success brings
 */
public interface Outcome<T extends @Nullable Object> {
    /** It worked. */
    void succeeded(T value);

    /** It did not. */
    void failed(Failure failure);

    /** For whoever does not ask what becomes of it. */
    static <T extends @Nullable Object> Outcome<T> ignored() {
        return new Outcome<>() {
            @Override
            public void succeeded(T value) {}

            @Override
            public void failed(Failure failure) {}
        };
    }
}
