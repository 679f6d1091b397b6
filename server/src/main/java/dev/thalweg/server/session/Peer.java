package dev.thalweg.server.session;

/** A client's connection, as its document sees it. All but {@link #loop} is called on the peer's own loop. */
public interface Peer {
    /** The loop that runs the connection. */
    Loop loop();

    /** Sends a frame, or gives the connection up when too much is waiting to be sent already. */
    void send(Frame frame);

    /** Ends the connection, after what was sent before. @param reason for a person */
    void close(String reason);
}
