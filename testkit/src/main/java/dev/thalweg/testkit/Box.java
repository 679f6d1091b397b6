package dev.thalweg.testkit;

import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * An outcome that is looked at later, and must come once.
 *
 * @param <T> what is awaited
 */
final class Box<T> implements Outcome<T> {
    private final String what;
    private @Nullable T value;
    private @Nullable Failure failure;

    /** @param what names it to a person */
    Box(String what) {
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

    boolean told() {
        return value != null || failure != null;
    }

    /** What came. @throws IllegalStateException when nothing did, or a failure */
    T value() {
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
