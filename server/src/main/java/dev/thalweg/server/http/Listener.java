package dev.thalweg.server.http;

import dev.thalweg.json.JsonObject;
import dev.thalweg.server.ServerOptions;
import dev.thalweg.server.auth.TokenCheck;
import dev.thalweg.server.session.Committer;
import dev.thalweg.server.session.Documents;
import dev.thalweg.server.storage.DocumentStore;
import dev.thalweg.server.sync.SyncService;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/** Listens on a port and hands sockets and requests to those who deal with them. */
public final class Listener {
    private final Vertx vertx;
    private final HttpFront front;
    private final Gate gate;
    private final ServerOptions options;
    private final SyncService sync;
    private final LongSupplier clock;
    private volatile int port;

    /**
     * @param workers threads that may block
     * @param clock   milliseconds since 1970
     */
    public Listener(ServerOptions options, DocumentStore store, Committer committer, Documents documents,
            SyncService sync, Executor workers, LongSupplier clock) {
        this.options = options;
        this.sync = sync;
        this.clock = clock;
        TokenCheck tokens = new TokenCheck(options.tenants(), clock);
        gate = new Gate(options.limits(), tokens, documents);
        RestAccess access = new RestAccess(tokens);
        RestRoutes routes = new RestRoutes(store, committer, access, clock);
        front = new HttpFront(routes, new SyncRoutes(sync, access), options.endpoints(),
                new StaticPages(options.pages()), this::health, workers,
                options.limits().maxBodyBytes());
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(options.eventLoops()).setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1));
    }

    /** Starts to listen. */
    public CompletionStage<?> start() {
        return vertx.deployVerticle(Instance::new, new DeploymentOptions().setInstances(options.eventLoops()))
                .toCompletionStage();
    }

    /** The port it listens on. */
    public int port() {
        return port;
    }

    /** Stops listening and closes all connections. */
    public CompletionStage<?> stop() {
        return vertx.close().toCompletionStage();
    }

    private JsonObject health() {
        return JsonObject.builder().put("status", "ok").put("documents", gate.documents().count())
                .put("connections", gate.sockets()).build();
    }

    private void serve(ServerWebSocket socket) {
        if (socket.path().equals(HttpFront.SYNC_PATH)) {
            String peer = new QueryStringDecoder(socket.uri()).parameters().getOrDefault("peer_id", List.of("")).get(0);
            new SyncSocket(gate, sync, clock, socket, peer);
        } else {
            new ClientSocket(gate, socket);
        }
    }

    private final class Instance extends AbstractVerticle {
        @Override
        public void start(Promise<Void> started) {
            int maxFrame = options.limits().timing().maxPayload();
            HttpServer server = vertx.createHttpServer(new HttpServerOptions().setHost(options.host())
                    .setPort(options.port()).setTcpNoDelay(true).setMaxWebSocketFrameSize(maxFrame)
                    .setMaxWebSocketMessageSize(maxFrame).setPerMessageWebSocketCompressionSupported(false)
                    .setPerFrameWebSocketCompressionSupported(false).setMaxInitialLineLength(16 * 1024)
                    .setMaxHeaderSize(64 * 1024).setHttp2ClearTextEnabled(false));
            server.requestHandler(front::request);
            server.webSocketHandshakeHandler(front::handshake);
            server.webSocketHandler(Listener.this::serve);
            server.listen().onComplete(listening -> {
                if (listening.succeeded()) {
                    port = server.actualPort();
                    started.complete();
                } else {
                    started.fail(listening.cause());
                }
            });
        }
    }
}
