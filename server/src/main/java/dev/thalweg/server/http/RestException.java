package dev.thalweg.server.http;

/** Ends the handling of a request with an error status. Carries no stack trace: the fault is the request's. */
final class RestException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    RestException(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }
}
