package dev.thalweg.bench.load;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.protocol.ConnectRequest;
import dev.thalweg.protocol.Connected;
import dev.thalweg.protocol.ServiceConfiguration;
import dev.thalweg.protocol.TokenClaims;
import dev.thalweg.wire.ClientEvent;
import dev.thalweg.wire.ServerFrames;
import dev.thalweg.wire.SessionStep;
import dev.thalweg.wire.SocketIoServerSession;
import dev.thalweg.wire.SocketIoTiming;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A server that does the least: whatever operations a client sends go to all clients of its document as they are. It
 * reads nothing, orders nothing, keeps nothing and checks nothing, and so shows what the frames alone cost on the same
 * sockets.
 */
public final class BareFanOut {
    private final Map<String, List<ServerWebSocket>> documents = new HashMap<>();

    private BareFanOut() {}

    /** Listens on 127.0.0.1. @param arguments the port */
    public static void main(String[] arguments) throws InterruptedException {
        int port = Integer.parseInt(arguments[0]);
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        BareFanOut server = new BareFanOut();
        vertx.getOrCreateContext().runOnContext(begin -> vertx
                .createHttpServer(new HttpServerOptions().setMaxWebSocketFrameSize(1 << 20))
                .webSocketHandler(server::opened).listen(port, "127.0.0.1")
                .onFailure(error -> {
                    throw new IllegalStateException("cannot listen on port " + port, error);
                }));
        TimeUnit.HOURS.sleep(1);
        vertx.close();
    }

    private void opened(ServerWebSocket socket) {
        new Guest(socket);
    }

    private final class Guest {
        private final ServerWebSocket socket;
        private final SocketIoServerSession session;
        private @Nullable List<ServerWebSocket> document;

        Guest(ServerWebSocket socket) {
            this.socket = socket;
            session = new SocketIoServerSession(UUID.randomUUID().toString(), SocketIoTiming.DEFAULT, now());
            socket.textMessageHandler(this::received);
            socket.closeHandler(closed -> left());
            socket.writeTextMessage(session.open());
        }

        private void received(String frame) {
            List<ServerWebSocket> others = document;
            if (others != null && Deliveries.in(frame)) {
                for (ServerWebSocket other : others) {
                    other.writeTextMessage(frame);
                }
                return;
            }
            for (SessionStep<ClientEvent> step : session.received(frame, now())) {
                switch (step) {
                    case SessionStep.Send<ClientEvent> send -> socket.writeTextMessage(send.frame());
                    case SessionStep.Deliver<ClientEvent> deliver -> {
                        if (deliver.event() instanceof ClientEvent.Connect connect) {
                            join(connect.request());
                        }
                    }
                    case SessionStep.Close<ClientEvent> close -> socket.close();
                }
            }
        }

        private void join(ConnectRequest request) {
            List<ServerWebSocket> others = documents.computeIfAbsent(request.documentId(), id -> new ArrayList<>());
            others.add(socket);
            document = others;
            TokenClaims claims = new TokenClaims(request.documentId(), request.tenantId(), List.of(),
                    JsonObject.of("id", JsonValue.of("load")), 0, 0);
            try {
                socket.writeTextMessage(ServerFrames.connectSuccess(new Connected(UUID.randomUUID().toString(), claims,
                        request.mode(), ServiceConfiguration.DEFAULT.maxMessageSize(), ServiceConfiguration.DEFAULT,
                        List.of(), List.of(), List.of(), "^0.4.0", false, 0)));
            } catch (ProtocolException e) {
                throw new IllegalStateException(e);
            }
        }

        private void left() {
            if (document != null) {
                document.remove(socket);
            }
        }

        private static double now() {
            return System.nanoTime() / 1e6;
        }
    }
}
