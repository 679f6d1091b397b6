package dev.thalweg.server;

import org.jspecify.annotations.Nullable;

/** A server could not be started or stopped. */
public final class ServerException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Creates one. @param message what was tried @param cause what went wrong, or null */
    public ServerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
