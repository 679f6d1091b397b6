package dev.thalweg.jvm;

import dev.thalweg.platform.Failure;

/** A {@link Failure} where the JVM wants an exception. */
public final class ServiceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    /** Wraps a failure. */
    public ServiceException(Failure failure) {
        super(failure.message());
        this.failure = failure;
    }

    /** What went wrong, and whether to try again. */
    public Failure failure() {
        return failure;
    }
}
