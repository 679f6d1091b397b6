package dev.thalweg.platform;

/** An open or opening connection that carries text messages in order, a WebSocket for example. */
public interface TextSocket {
    /** Sends one text message. Ignored when the socket is closed. */
    void send(String text);

    /** How many characters were sent but not yet handed to the network; 0 when the platform does not tell. */
    int buffered();

    /** Closes. The listener hears {@link Listener#closed} unless it has already. */
    void close();

    /** Opens sockets. */
    @FunctionalInterface
    interface Factory {
        /** Starts to connect; the outcome is told to the listener, never before this call returns. */
        TextSocket open(String url, Listener listener);
    }

    /** Hears what happens on a socket. */
    interface Listener {
        /** The connection is up. */
        void opened();

        /** A text message came. */
        void received(String text);

        /** The connection is gone, or never came up; nothing follows. */
        void closed(int code, String reason);
    }
}
