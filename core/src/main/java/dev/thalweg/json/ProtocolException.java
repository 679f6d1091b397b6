package dev.thalweg.json;

/**
 * Something that came from outside (a frame, a request body, a stored object) cannot be read. The message names what was
 * expected, what was there and where. Thrown by decoders only and caught at the boundary that received the bytes; it
 * carries no stack trace, since the fault is in the data and peers may send any number of them.
 *
 * <p>It lives in the lowest package so that every decoder, from JSON up, reports in the same way.
 */
public final class ProtocolException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Creates one. @param message what was expected, what was there, and where */
    public ProtocolException(String message) {
        super(message, null, false, false);
    }

    /** The same fault, told from one level further out: {@code where: message}. */
    public ProtocolException in(String where) {
        return new ProtocolException(where + ": " + getMessage());
    }
}
