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
 */
public record DataOptions(double flushMillis, double gossipMillis, double retryMillis, int messageBytes, int valueBytes,
        int roundMessages) {
    /** 20 ms, 1 s, 200 ms, 128 KiB, 64 MiB, 16 messages. */
    public static final DataOptions DEFAULT = new DataOptions(20, 1000, 200, 128 * 1024, 64 * 1024 * 1024, 16);

    public DataOptions {
        if (!(flushMillis >= 0 && gossipMillis > 0 && retryMillis > 0)) {
            throw new IllegalArgumentException("times must be above 0");
        }
        if (messageBytes < 256 || valueBytes < messageBytes || roundMessages < 1) {
            throw new IllegalArgumentException("messages of " + messageBytes + " bytes, values of " + valueBytes
                    + ", " + roundMessages + " messages a round are too few");
        }
    }
}
