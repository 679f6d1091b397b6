package dev.thalweg.server.session;

import dev.thalweg.protocol.DocumentMessage;
import dev.thalweg.protocol.Signal;
import java.util.List;

/** A connection's place at a document. May be used from any thread; what one thread asks for happens in that order. */
public final class Seat {
    private final DocumentSession session;
    private final Member member;

    Seat(DocumentSession session, Member member) {
        this.session = session;
        this.member = member;
    }

    /** The id of the connection. */
    public String clientId() {
        return member.clientId();
    }

    /** The document's id. */
    public String documentId() {
        return session.documentId();
    }

    /** Whether it may submit operations. */
    public boolean writes() {
        return member.client().mode() == dev.thalweg.protocol.ConnectionMode.WRITE;
    }

    /** Whether its token would let it write. */
    public boolean mayWrite() {
        return member.client().scopes().contains(dev.thalweg.protocol.Scopes.WRITE);
    }

    /** Submits messages in order. Refusals come to the peer as a nack. */
    public void submit(List<DocumentMessage> messages) {
        session.loop().run(() -> session.submit(member, messages));
    }

    /** Sends signals in order. */
    public void signal(List<Signal> signals) {
        session.loop().run(() -> session.signal(member, signals));
    }

    /** Gives the place up. Calling it again does nothing. */
    public void leave() {
        session.loop().run(() -> session.leave(member));
    }
}
