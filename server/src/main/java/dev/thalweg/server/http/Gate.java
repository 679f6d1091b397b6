package dev.thalweg.server.http;

import dev.thalweg.server.ServerLimits;
import dev.thalweg.server.auth.TokenCheck;
import dev.thalweg.server.session.Documents;
import java.util.concurrent.atomic.AtomicInteger;

/** What all sockets of a server share. */
final class Gate {
    private final ServerLimits limits;
    private final TokenCheck tokens;
    private final Documents documents;
    private final AtomicInteger sockets = new AtomicInteger();

    Gate(ServerLimits limits, TokenCheck tokens, Documents documents) {
        this.limits = limits;
        this.tokens = tokens;
        this.documents = documents;
    }

    ServerLimits limits() {
        return limits;
    }

    TokenCheck tokens() {
        return tokens;
    }

    Documents documents() {
        return documents;
    }

    /** Counts a socket in, or does not when there are as many as there may be. */
    boolean opened() {
        if (sockets.incrementAndGet() <= limits.maxSockets()) {
            return true;
        }
        sockets.decrementAndGet();
        return false;
    }

    /** Counts a socket out that was counted in. */
    void closed() {
        sockets.decrementAndGet();
    }

    /** How many sockets are open. */
    int sockets() {
        return sockets.get();
    }
}
