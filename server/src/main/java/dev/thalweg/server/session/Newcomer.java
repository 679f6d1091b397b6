package dev.thalweg.server.session;

import dev.thalweg.protocol.ConnectError;
import dev.thalweg.protocol.ConnectRequest;
import dev.thalweg.protocol.TokenClaims;

/** A connection that asks for a document. The answer comes on the peer's loop, once. */
public interface Newcomer {
    /** The connection. */
    Peer peer();

    /** What it asked for. */
    ConnectRequest request();

    /** What its token says; it has been checked. */
    TokenClaims claims();

    /** It has a place. What it is to be told of this follows as frames. */
    void seated(Seat seat);

    /** It got none. */
    void refused(ConnectError error);
}
