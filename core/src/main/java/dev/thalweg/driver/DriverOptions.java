package dev.thalweg.driver;

/**
 * Waiting times and limits of a connection to a service.
 *
 * @param connectTimeoutMillis how long it may take from the first packet to the service's word that the document is
 *                             joined
 * @param concurrentRequests   how many summary objects are read or written at once, at least 1
 * @param maxFrameLength       characters of one frame that the service sends
 */
public record DriverOptions(double connectTimeoutMillis, int concurrentRequests, int maxFrameLength) {
    /** 15 seconds, 6 requests (what browsers allow to one host over HTTP/1.1), 64 Mi characters. */
    public static final DriverOptions DEFAULT = new DriverOptions(15_000, 6, 64 * 1024 * 1024);

    public DriverOptions {
        if (!(connectTimeoutMillis > 0) || concurrentRequests < 1 || maxFrameLength < 1) {
            throw new IllegalArgumentException("connectTimeoutMillis, concurrentRequests and maxFrameLength must be"
                    + " positive, concurrentRequests was " + concurrentRequests + ", maxFrameLength " + maxFrameLength);
        }
    }
}
