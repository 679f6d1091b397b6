package dev.thalweg.server.storage;

/** The store could not do what it was asked: the disk is full, the file is damaged, another process wrote first. */
public final class StoreException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Creates one. @param message what was tried @param cause what went wrong */
    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Creates one. @param message what was tried and what went wrong */
    public StoreException(String message) {
        super(message);
    }
}
