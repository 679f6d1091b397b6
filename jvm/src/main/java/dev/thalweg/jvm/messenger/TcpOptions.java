package dev.thalweg.jvm.messenger;

/**
 * How much a messenger holds and how long it waits. Immutable.
 *
 * @param messageBytes  how large a message may be, from 1; what comes larger ends its connection
 * @param queueBytes    how much may wait for one node, at least one message; beyond it the oldest messages are dropped
 * @param silenceMillis after how long without a sign of life a connection is given up, from 30
 * @param retryMillis   how long after a connection failed the next one is tried, from 1; twice as long each time
 * @param slowestMillis how long at most, at least as long as the first
 */
public record TcpOptions(int messageBytes, int queueBytes, int silenceMillis, int retryMillis, int slowestMillis) {
    /** 16 MiB, 32 MiB, 10 s, 50 ms, 5 s. */
    public static final TcpOptions DEFAULT = new TcpOptions(16 << 20, 32 << 20, 10_000, 50, 5_000);

    public TcpOptions {
        if (messageBytes < 1 || queueBytes < messageBytes) {
            throw new IllegalArgumentException("a message has at least 1 byte and a queue room for one, not "
                    + messageBytes + " and " + queueBytes);
        }
        if (silenceMillis < 30 || retryMillis < 1 || slowestMillis < retryMillis) {
            throw new IllegalArgumentException("waiting for " + silenceMillis + ", " + retryMillis + " and "
                    + slowestMillis + " ms is too short");
        }
    }
}
