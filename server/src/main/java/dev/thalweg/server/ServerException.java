package dev.thalweg.server;

/** A server could not be started or stopped. */
public final class ServerException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Creates one. @param message what was tried @param cause what went wrong */
    public ServerException(String message, Throwable cause) {
        super(message, cause);
    }
}
