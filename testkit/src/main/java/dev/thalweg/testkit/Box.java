package dev.thalweg.testkit;

import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * An outcome that is looked at later, and must come once.
 *
 * @param <T> what is awaited
 */
public final class Box<T> implements Outcome<T> {
    private final String what;
    private @Nullable T value;
    private @Nullable Failure failure;

    /** Nothing yet. @param what names it to a person */
    public Box(String what) {
        this.what = what;
    }

    @Override
    public void succeeded(T given) {
        requireFirst();
        value = given;
    }

    @Override
    public void failed(Failure given) {
        requireFirst();
        failure = given;
    }

    /** Whether it came. */
    public boolean told() {
        return value != null || failure != null;
    }

    /** What came. @throws IllegalStateException when nothing did, or a failure */
    public T value() {
        T given = value;
        if (given == null) {
            throw new IllegalStateException(what + " is not there: "
                    + (failure == null ? "nothing was told" : failure.message()));
        }
        return given;
    }

    private void requireFirst() {
        if (told()) {
            throw new IllegalStateException(what + " was told twice");
        }
    }
}
