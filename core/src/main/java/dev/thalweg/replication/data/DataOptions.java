package dev.thalweg.replication.data;

/**
 * How a node talks with the others. Immutable.
 *
 * @param flushMillis    how long changes wait for more before they are sent, from 0
 * @param gossipMillis   how often, on average, the node compares what it has with one other node, above 0
 * @param retryMillis    how long an answer may take before the question is sent again, above 0; longer each time
 * @param messageBytes   how large a message may be, from 256; a larger value is sent in parts
 * @param valueBytes     how large a value may be that is taken from others, at least as large as a message
 * @param roundMessages  how many messages one comparison may lead to, each way, from 1
 * @param pruneMillis    how often, on average, the first node asks the others what all of them can forget, above 0;
 *                       infinity for never
 */
public record DataOptions(double flushMillis, double gossipMillis, double retryMillis, int messageBytes, int valueBytes,
        int roundMessages, double pruneMillis) {
    /** 20 ms, 1 s, 200 ms, 128 KiB, 64 MiB, 16 messages, 1 min. */
    public static final DataOptions DEFAULT = new DataOptions(20, 1000, 200, 128 * 1024, 64 * 1024 * 1024, 16);

    /** Forgets what can be forgotten once a minute. */
    public DataOptions(double flushMillis, double gossipMillis, double retryMillis, int messageBytes, int valueBytes,
            int roundMessages) {
        this(flushMillis, gossipMillis, retryMillis, messageBytes, valueBytes, roundMessages, 60_000);
    }

    public DataOptions {
        if (!(flushMillis >= 0 && gossipMillis > 0 && retryMillis > 0 && pruneMillis > 0)) {
            throw new IllegalArgumentException("times must be above 0");
        }
        if (messageBytes < 256 || valueBytes < messageBytes || roundMessages < 1) {
            throw new IllegalArgumentException("messages of " + messageBytes + " bytes, values of " + valueBytes
                    + ", " + roundMessages + " messages a round are too few");
        }
    }
}
