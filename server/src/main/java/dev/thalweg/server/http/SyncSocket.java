package dev.thalweg.server.http;

import dev.thalweg.eventgraph.DocumentKind;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Failure;
import dev.thalweg.protocol.Scopes;
import dev.thalweg.protocol.TokenClaims;
import dev.thalweg.server.ServerLimits;
import dev.thalweg.server.auth.Access;
import dev.thalweg.server.storage.DocumentKey;
import dev.thalweg.server.sync.SyncService;
import dev.thalweg.sync.HubMember;
import dev.thalweg.sync.HubMessages;
import dev.thalweg.sync.SyncHub;
import io.vertx.core.http.ServerWebSocket;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A socket at {@code /ws?peer_id=…}: says in its first message, {@code {"type":"join","token","kind"}}, of which document it
 * wants to hear. Used on its loop, but for what the hub's thread does.
 */
final class SyncSocket {
    private static final short TOO_MUCH = 1008;
    private static final short OTHER_KIND = 1003;
    private static final short BROKEN = 1007;
    private static final short TRY_AGAIN_LATER = 1013;
    private static final int MAX_PEER = 200;

    private final Gate gate;
    private final SyncService service;
    private final LongSupplier clock;
    private final SocketPeer peer;
    private final String name;
    private final TokenBucket bucket;
    private boolean joining;
    private boolean closed;
    private boolean writes;
    /* Touched on the hub's thread only. */
    private @Nullable HubMember member;
    private boolean left;

    SyncSocket(Gate gate, SyncService service, LongSupplier clock, ServerWebSocket socket, String name) {
        this.gate = gate;
        this.service = service;
        this.clock = clock;
        this.name = name;
        ServerLimits limits = gate.limits();
        peer = new SocketPeer(socket, limits.maxQueuedBytes(), this::end);
        bucket = new TokenBucket(limits.messagesPerSecond(), limits.messageBurst(), now());
        if (!gate.opened()) {
            closed = true;
            peer.close(TRY_AGAIN_LATER, "Too many connections: the limit is " + limits.maxSockets());
            return;
        }
        socket.textMessageHandler(this::received);
        socket.binaryMessageHandler(bytes -> peer.close(TOO_MUCH, "Binary frames are not taken"));
        socket.exceptionHandler(failure -> peer.close(TOO_MUCH, String.valueOf(failure.getMessage())));
        socket.closeHandler(nothing -> {
            gate.closed();
            peer.loop().execute(this::end);
        });
        if (name.isEmpty() || name.length() > MAX_PEER) {
            peer.close(TOO_MUCH, "peer_id must have 1 to " + MAX_PEER + " characters");
            return;
        }
        peer.loop().after(limits.connectMillis(), () -> {
            if (!joining) {
                peer.close(TOO_MUCH, "Asked for no document within " + limits.connectMillis() + " ms");
            }
        });
    }

    private double now() {
        return (double) clock.getAsLong();
    }

    private void received(String text) {
        if (closed) {
            return;
        }
        if (!bucket.take(1, now())) {
            peer.close(TOO_MUCH, "Too many messages: the limit is " + gate.limits().messagesPerSecond() + " a second");
        } else if (!joining) {
            join(text);
        } else if (!writes) {
            peer.close(TOO_MUCH, "Token missing required scope: " + Scopes.WRITE);
        } else {
            service.execute(() -> say(text));
        }
    }

    private void join(String text) {
        HubMessages.Join join;
        try {
            join = HubMessages.readJoin(JsonValue.parse(text));
        } catch (ProtocolException e) {
            peer.close(BROKEN, String.valueOf(e.getMessage()));
            return;
        }
        joining = true;
        switch (gate.tokens().forAny(join.token())) {
            case Access.Denied denied -> peer.close(TOO_MUCH, denied.message());
            case Access.Granted granted -> join(granted.claims(), join.kind());
        }
    }

    private void join(TokenClaims claims, @Nullable DocumentKind kind) {
        if (claims.documentId().isEmpty()) {
            peer.close(TOO_MUCH, "Token names no document");
            return;
        }
        writes = claims.allows(Scopes.WRITE);
        service.use(new DocumentKey(claims.tenantId(), claims.documentId()), hub -> join(hub, kind),
                failure -> close(TRY_AGAIN_LATER, failure.message()));
    }

    private void join(SyncHub hub, @Nullable DocumentKind kind) {
        if (left) {
            return;
        }
        member = hub.join(name, kind, new SyncHub.Listener() {
            @Override
            public void told(String text) {
                peer.loop().execute(() -> peer.send(text));
            }

            @Override
            public void closed(Failure why) {
                close(why.retryable() ? TRY_AGAIN_LATER : OTHER_KIND, why.message());
            }
        });
    }

    private void say(String text) {
        HubMember here = member;
        if (here == null) {
            return;
        }
        try {
            here.received(text, now());
        } catch (ProtocolException e) {
            close(BROKEN, String.valueOf(e.getMessage()));
        }
    }

    /* From the hub's thread. */
    private void close(short status, String reason) {
        peer.loop().execute(() -> peer.close(status, reason));
    }

    private void end() {
        if (closed) {
            return;
        }
        closed = true;
        service.execute(() -> {
            left = true;
            HubMember here = member;
            if (here != null) {
                here.leave();
            }
        });
    }
}
