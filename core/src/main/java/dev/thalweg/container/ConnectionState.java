package dev.thalweg.container;

/** How a container stands to its service. */
public enum ConnectionState {
    /** No connection, none under way; when one is due after a back-off, it is scheduled. */
    DISCONNECTED,
    /** A connection is being opened. */
    CONNECTING,
    /** The connection is open; what happened meanwhile is being read. Edits wait. */
    CATCHING_UP,
    /** Edits go out as they are made. */
    CONNECTED,
    /** Closed for good, by {@link Container#dispose} or by an error that trying again will not mend. */
    CLOSED
}
