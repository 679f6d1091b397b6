package dev.thalweg.wire;

/**
 * What an Engine.IO server announces when a connection opens.
 *
 * @param pingInterval milliseconds from one sign of life to the server's next ping, at least 1
 * @param pingTimeout  milliseconds that the answer may take, at least 1
 * @param maxPayload   bytes of the longest frame that the server takes, at least 1
 */
public record SocketIoTiming(int pingInterval, int pingTimeout, int maxPayload) {
    /** What tinylicious announces: 25 s, 20 s, 1,000,000 bytes. */
    public static final SocketIoTiming DEFAULT = new SocketIoTiming(25_000, 20_000, 1_000_000);

    public SocketIoTiming {
        if (pingInterval < 1 || pingTimeout < 1 || maxPayload < 1) {
            throw new IllegalArgumentException("timing must be positive, was " + pingInterval + ", " + pingTimeout
                    + " and " + maxPayload);
        }
    }
}
