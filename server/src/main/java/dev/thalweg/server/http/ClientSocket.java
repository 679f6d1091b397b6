package dev.thalweg.server.http;

import dev.thalweg.protocol.ConnectError;
import dev.thalweg.protocol.ConnectRequest;
import dev.thalweg.protocol.Nack;
import dev.thalweg.protocol.Signal;
import dev.thalweg.protocol.TokenClaims;
import dev.thalweg.server.ServerLimits;
import dev.thalweg.server.auth.Access;
import dev.thalweg.server.session.Newcomer;
import dev.thalweg.server.session.Peer;
import dev.thalweg.server.session.Seat;
import dev.thalweg.server.storage.DocumentKey;
import dev.thalweg.wire.ClientEvent;
import dev.thalweg.wire.ClientEvent.SubmittedSignal;
import dev.thalweg.wire.ServerFrames;
import dev.thalweg.wire.SessionStep;
import dev.thalweg.wire.SocketIoServerSession;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.vertx.core.http.ServerWebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One client's socket: from frames to requests to a document. Used on its loop only. */
final class ClientSocket {
    private static final short TOO_LONG = 1009;
    private static final short POLICY_VIOLATION = 1008;
    private static final short TRY_AGAIN_LATER = 1013;

    private final Gate gate;
    private final SocketPeer peer;
    private final SocketIoServerSession session;
    private final TokenBucket bucket;
    private final double opened;
    private boolean asking;
    private boolean closed;
    private @Nullable Seat seat;

    ClientSocket(Gate gate, ServerWebSocket socket) {
        this.gate = gate;
        ServerLimits limits = gate.limits();
        opened = now();
        peer = new SocketPeer(socket, limits.maxQueuedBytes(), this::end);
        session = new SocketIoServerSession(UUID.randomUUID().toString(), limits.timing(), opened);
        bucket = new TokenBucket(limits.messagesPerSecond(), limits.messageBurst(), opened);
        if (!gate.opened()) {
            // Not as a status of the handshake, which a page in a browser cannot see.
            closed = true;
            peer.close(TRY_AGAIN_LATER, "Too many connections: the limit is " + limits.maxSockets());
            return;
        }
        socket.textMessageHandler(this::received);
        socket.binaryMessageHandler(bytes -> peer.close(POLICY_VIOLATION, "Binary frames are not taken"));
        socket.exceptionHandler(this::broken);
        socket.closeHandler(nothing -> {
            gate.closed();
            // The socket may have been closed in the middle of a broadcast to all sockets of its document.
            peer.loop().execute(this::end);
        });
        peer.send(session.open());
        armTick();
    }

    private void received(String frame) {
        if (!closed) {
            follow(session.received(frame, now()));
        }
    }

    /* The bytes that came are no frame, or one that is too long: nothing after them can be read. */
    private void broken(Throwable failure) {
        if (failure instanceof CorruptedWebSocketFrameException corrupted) {
            peer.close((short) corrupted.closeStatus().code(), String.valueOf(corrupted.getMessage()));
        } else {
            // The network library has no type of its own for a message of many frames that grows too long.
            peer.close(TOO_LONG, String.valueOf(failure.getMessage()));
        }
    }

    private void follow(List<SessionStep<ClientEvent>> steps) {
        for (SessionStep<ClientEvent> step : steps) {
            switch (step) {
                case SessionStep.Send<ClientEvent> send -> peer.send(send.frame());
                case SessionStep.Deliver<ClientEvent> deliver -> heard(deliver.event());
                case SessionStep.Close<ClientEvent> close -> {
                    if (close.orderly()) {
                        peer.close((short) 1000, close.reason());
                    } else {
                        peer.close(POLICY_VIOLATION, close.reason());
                    }
                }
            }
        }
    }

    private void heard(ClientEvent event) {
        switch (event) {
            case ClientEvent.Connect connect -> connect(connect.request());
            case ClientEvent.Submit submit -> {
                Seat place = place(submit.clientId());
                if (place == null) {
                    refuse(Nack.badRequest("Nonexistent client", -1, null));
                } else if (!place.writes()) {
                    refuse(place.mayWrite()
                            ? Nack.badRequest("Readonly client", -1, null)
                            : Nack.invalidScope("Invalid scope", null));
                } else if (mayPass(submit.messages().size())) {
                    place.submit(submit.messages());
                }
            }
            case ClientEvent.Signals signals -> {
                Seat place = place(signals.clientId());
                if (place == null) {
                    refuse(Nack.badRequest("Nonexistent client", -1, null));
                } else if (mayPass(signals.contents().size())) {
                    signal(place, signals.contents());
                }
            }
            case ClientEvent.Malformed malformed -> malformed(malformed);
            case ClientEvent.Unknown unknown -> {
                // As Socket.IO has it: an event that nobody listens to is no error.
            }
        }
    }

    private void malformed(ClientEvent.Malformed event) {
        switch (event.kind()) {
            case CONNECT -> refuse(new ConnectError(400, "Invalid connection message: " + event.message()));
            case SUBMIT -> refuse(Nack.badRequest("Invalid op message: " + event.message(), -1, null));
            case SIGNALS -> refuse(Nack.badRequest("Invalid signal message: " + event.message(), -1, null));
        }
    }

    private void connect(ConnectRequest request) {
        if (asking || seat != null) {
            refuse(new ConnectError(400, "This socket is connected to a document already"));
            return;
        }
        if (!request.versions().isEmpty() && request.versions().stream().noneMatch(ConnectRequest.VERSIONS::contains)) {
            refuse(new ConnectError(400, "Unsupported client protocol. Server: "
                    + String.join(",", ConnectRequest.VERSIONS) + ". Client: "
                    + String.join(",", request.versions())));
            return;
        }
        switch (gate.tokens().forDocument(request.token(), request.tenantId(), request.documentId())) {
            case Access.Denied denied -> refuse(new ConnectError(denied.code(), denied.message()));
            case Access.Granted granted -> {
                asking = true;
                gate.documents().connect(new DocumentKey(request.tenantId(), request.documentId()),
                        new Arrival(request, granted.claims()));
            }
        }
    }

    private void signal(Seat place, List<SubmittedSignal> contents) {
        List<Signal> signals = new ArrayList<>(contents.size());
        int limit = gate.limits().session().maxMessageSize();
        for (SubmittedSignal signal : contents) {
            int size = signal.content().length();
            if (size > limit) {
                refuse(Nack.tooLarge("Signal of " + size + " characters, the limit is " + limit, null));
                return;
            }
            signals.add(new Signal(place.clientId(), signal.content(), signal.targetClientId()));
        }
        place.signal(signals);
    }

    private boolean mayPass(int count) {
        if (bucket.take(count, now())) {
            return true;
        }
        refuse(Nack.throttled("Too many messages: the limit is " + gate.limits().messagesPerSecond()
                + " a second and " + gate.limits().messageBurst() + " at once", bucket.retryAfterSeconds(count),
                null));
        return false;
    }

    private @Nullable Seat place(String clientId) {
        return seat != null && seat.clientId().equals(clientId) ? seat : null;
    }

    private void refuse(Nack nack) {
        peer.send(ServerFrames.nack("", List.of(nack)));
    }

    private void refuse(ConnectError error) {
        peer.send(ServerFrames.connectError(error));
    }

    private void armTick() {
        double wait = session.deadline() - now();
        if (seat == null) {
            wait = Math.min(wait, opened + gate.limits().connectMillis() - now());
        }
        peer.loop().after((long) Math.max(1, Math.min(wait, 3_600_000)), this::tick);
    }

    private void tick() {
        if (closed || session.closed()) {
            return;
        }
        if (seat == null && now() - opened >= gate.limits().connectMillis()) {
            peer.close(POLICY_VIOLATION, "No document was asked for within " + gate.limits().connectMillis() + " ms");
            return;
        }
        follow(session.tick(now()));
        armTick();
    }

    private void end() {
        closed = true;
        if (seat != null) {
            seat.leave();
        }
    }

    /* Milliseconds from a fixed point; unlike the time of day they never go back. */
    private static double now() {
        return System.nanoTime() / 1e6;
    }

    private final class Arrival implements Newcomer {
        private final ConnectRequest request;
        private final TokenClaims claims;

        Arrival(ConnectRequest request, TokenClaims claims) {
            this.request = request;
            this.claims = claims;
        }

        @Override
        public Peer peer() {
            return peer;
        }

        @Override
        public ConnectRequest request() {
            return request;
        }

        @Override
        public TokenClaims claims() {
            return claims;
        }

        @Override
        public void seated(Seat place) {
            asking = false;
            seat = place;
            if (closed) {
                place.leave();
            }
        }

        @Override
        public void refused(ConnectError error) {
            asking = false;
            refuse(error);
        }
    }
}
