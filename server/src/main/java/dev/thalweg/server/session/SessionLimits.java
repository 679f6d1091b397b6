package dev.thalweg.server.session;

import dev.thalweg.sequencing.SequencerLimits;

/**
 * What a document takes, and how long it waits. Times are milliseconds.
 *
 * @param maxMessageSize      characters of one submitted message or signal
 * @param maxConnections      connections to one document
 * @param noopMillis          how long a risen minimum sequence number may wait for a message to carry it
 * @param writerIdleMillis    how long a writer may be silent before it is taken out of the quorum
 * @param sessionIdleMillis   how long a document without connections is kept in memory
 * @param messagesPerCheckpoint after how many messages the sequencer's state is written down
 */
public record SessionLimits(
        int maxMessageSize,
        int maxConnections,
        int noopMillis,
        int writerIdleMillis,
        int sessionIdleMillis,
        int messagesPerCheckpoint) {
    /** 1 Mi characters, 10 000 connections, 250 ms, 5 minutes, 30 seconds, 1000 messages. */
    public static final SessionLimits DEFAULT = new SessionLimits(SequencerLimits.DEFAULT.maxMessageSize(), 10_000,
            250, 300_000, 30_000, 1000);

    public SessionLimits {
        if (maxMessageSize < 1 || maxConnections < 1 || noopMillis < 1 || writerIdleMillis < 1
                || sessionIdleMillis < 1 || messagesPerCheckpoint < 1) {
            throw new IllegalArgumentException("limits must be at least 1");
        }
    }

    /** The same with another bound on connections. */
    public SessionLimits withMaxConnections(int count) {
        return new SessionLimits(maxMessageSize, count, noopMillis, writerIdleMillis, sessionIdleMillis,
                messagesPerCheckpoint);
    }

    /** The same with another bound on messages. */
    public SessionLimits withMaxMessageSize(int characters) {
        return new SessionLimits(characters, maxConnections, noopMillis, writerIdleMillis, sessionIdleMillis,
                messagesPerCheckpoint);
    }

    /** The same with other times of silence. */
    public SessionLimits withIdle(int writerMillis, int sessionMillis) {
        return new SessionLimits(maxMessageSize, maxConnections, noopMillis, writerMillis, sessionMillis,
                messagesPerCheckpoint);
    }
}
