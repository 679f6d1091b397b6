package dev.thalweg.server;

import dev.thalweg.server.session.SessionLimits;
import dev.thalweg.wire.SocketIoTiming;

/**
 * What a server takes from its clients.
 *
 * @param session           per document
 * @param timing            of pings, and the longest frame in bytes
 * @param messagesPerSecond messages and signals of one connection, on average
 * @param messageBurst      of the same, at once after a pause
 * @param maxQueuedBytes    what may wait to be sent to one connection before it is given up
 * @param maxBodyBytes      of one REST request
 * @param connectMillis     how long a socket may take to ask for a document
 * @param maxSockets        open at once, over all documents; one more is closed with the reason
 */
public record ServerLimits(
        SessionLimits session,
        SocketIoTiming timing,
        int messagesPerSecond,
        int messageBurst,
        int maxQueuedBytes,
        int maxBodyBytes,
        int connectMillis,
        int maxSockets) {
    /**
     * 10 000 messages a second, 20 000 at once, 8 MiB waiting, bodies of 64 MiB, 20 s to ask for a document, 10 000
     * sockets.
     */
    public static final ServerLimits DEFAULT = new ServerLimits(SessionLimits.DEFAULT,
            new SocketIoTiming(25_000, 20_000, 2_000_000), 10_000, 20_000, 8 * 1024 * 1024, 64 * 1024 * 1024, 20_000,
            10_000);

    public ServerLimits {
        if (messagesPerSecond < 1 || messageBurst < 1 || maxQueuedBytes < 2 || maxBodyBytes < 1 || connectMillis < 1
                || maxSockets < 1) {
            throw new IllegalArgumentException("limits must be at least 1");
        }
    }

    /** The same with other limits per document. */
    public ServerLimits with(SessionLimits limits) {
        return new ServerLimits(limits, timing, messagesPerSecond, messageBurst, maxQueuedBytes, maxBodyBytes,
                connectMillis, maxSockets);
    }

    /** The same with another rate. */
    public ServerLimits withRate(int perSecond, int burst) {
        return new ServerLimits(session, timing, perSecond, burst, maxQueuedBytes, maxBodyBytes, connectMillis,
                maxSockets);
    }

    /** The same with other timing. */
    public ServerLimits with(SocketIoTiming other) {
        return new ServerLimits(session, other, messagesPerSecond, messageBurst, maxQueuedBytes, maxBodyBytes,
                connectMillis, maxSockets);
    }

    /** The same with another bound on what waits to be sent. */
    public ServerLimits withMaxQueuedBytes(int bytes) {
        return new ServerLimits(session, timing, messagesPerSecond, messageBurst, bytes, maxBodyBytes, connectMillis,
                maxSockets);
    }

    /** The same with room for another number of sockets. */
    public ServerLimits withMaxSockets(int count) {
        return new ServerLimits(session, timing, messagesPerSecond, messageBurst, maxQueuedBytes, maxBodyBytes,
                connectMillis, count);
    }
}
