package dev.thalweg.platform;

/**
 * Why something that was asked of a peer did not work.
 *
 * @param code        an HTTP status where there was one, 0 when the peer was not reached
 * @param message     for a person: what was tried and what came back
 * @param retryable   whether the same call may work later
 * @param retryAfterMillis how long to wait at least before trying again, 0 when the peer did not say
 */
public record Failure(int code, String message, boolean retryable, double retryAfterMillis) {
    /** A failure that trying again will not mend. */
    public static Failure permanent(int code, String message) {
        return new Failure(code, message, false, 0);
    }

    /** A failure that may pass. */
    public static Failure passing(int code, String message) {
        return new Failure(code, message, true, 0);
    }
}
