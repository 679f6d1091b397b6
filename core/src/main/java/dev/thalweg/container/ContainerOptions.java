package dev.thalweg.container;

/**
 * Waiting times and limits of a container. Times are milliseconds.
 *
 * @param initialBackoffMillis how long to wait before the first try to reconnect; each further one waits twice as long
 * @param maximumBackoffMillis the longest wait
 * @param stableAfterMillis    a connection that held so long starts the back-off anew when it breaks
 * @param connectWaitMillis    how long to wait for the service to answer before a try to connect counts as failed, should the
 *                             driver not notice earlier
 * @param noopDelayMillis      how long operations may be read without sending one before a noop says how far this
 *                             client is
 * @param noopCount            how many operations may be read without sending one before a noop is due at once
 * @param leaveWaitMillis      how long to wait, after a reconnect with operations in flight, for the service to
 *                             sequence the end of the old connection; only then is it certain which of them were lost
 * @param summaryWaitMillis    how long to wait for a summary to be acknowledged
 * @param loadAttempts         how often to try to read a document before loading fails
 * @param maxMessageSize       characters of one message as long as the service has not said its own limit
 */
public record ContainerOptions(
        double initialBackoffMillis,
        double maximumBackoffMillis,
        double stableAfterMillis,
        double connectWaitMillis,
        double noopDelayMillis,
        int noopCount,
        double leaveWaitMillis,
        double summaryWaitMillis,
        int loadAttempts,
        int maxMessageSize) {

    /** Waiting times as the stock client has them, where it has them. */
    public static final ContainerOptions DEFAULT = new ContainerOptions(250, 15_000, 10_000, 60_000, 2_000, 50, 30_000,
            180_000, 4, 16_384);

    public ContainerOptions {
        positive("initialBackoffMillis", initialBackoffMillis);
        positive("maximumBackoffMillis", maximumBackoffMillis);
        positive("connectWaitMillis", connectWaitMillis);
        positive("noopDelayMillis", noopDelayMillis);
        positive("noopCount", noopCount);
        positive("summaryWaitMillis", summaryWaitMillis);
        positive("loadAttempts", loadAttempts);
        positive("maxMessageSize", maxMessageSize);
        if (initialBackoffMillis > maximumBackoffMillis) {
            throw new IllegalArgumentException("initialBackoffMillis must not exceed maximumBackoffMillis");
        }
    }

    /** The same with other waits between tries to reconnect. */
    public ContainerOptions withBackoff(double initialMillis, double maximumMillis) {
        return new ContainerOptions(initialMillis, maximumMillis, stableAfterMillis, connectWaitMillis,
                noopDelayMillis, noopCount, leaveWaitMillis, summaryWaitMillis, loadAttempts, maxMessageSize);
    }

    /** The same with another time and count after which an idle client says how far it is. */
    public ContainerOptions withNoop(double delayMillis, int count) {
        return new ContainerOptions(initialBackoffMillis, maximumBackoffMillis, stableAfterMillis, connectWaitMillis,
                delayMillis, count,
                leaveWaitMillis, summaryWaitMillis, loadAttempts, maxMessageSize);
    }

    /** The same with another limit for messages made before the service has said its own. */
    public ContainerOptions withMaxMessageSize(int characters) {
        return new ContainerOptions(initialBackoffMillis, maximumBackoffMillis, stableAfterMillis, connectWaitMillis,
                noopDelayMillis,
                noopCount, leaveWaitMillis, summaryWaitMillis, loadAttempts, characters);
    }

    private static void positive(String name, double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException(name + " must be above 0");
        }
    }
}
