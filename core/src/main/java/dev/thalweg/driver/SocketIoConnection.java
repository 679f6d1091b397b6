package dev.thalweg.driver;

import dev.thalweg.bytes.Utf8;
import dev.thalweg.json.JsonLimits;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.platform.Platform;
import dev.thalweg.platform.Subscription;
import dev.thalweg.platform.TextSocket;
import dev.thalweg.platform.Timers;
import dev.thalweg.protocol.ConnectError;
import dev.thalweg.protocol.ConnectRequest;
import dev.thalweg.protocol.Connected;
import dev.thalweg.protocol.ConnectionMode;
import dev.thalweg.protocol.DocumentMessage;
import dev.thalweg.wire.ClientFrames;
import dev.thalweg.wire.ServerEvent;
import dev.thalweg.wire.SessionStep;
import dev.thalweg.wire.SocketIoClientSession;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a document's stream over Socket.IO: gets a token, opens the socket, joins the document, passes on
 * what comes, and ends once.
 */
final class SocketIoConnection implements DeltaConnection {
    /*
     * The order of events. token → socket → Ready → connect_document → success, within the connect timeout as a whole.
     * A service may broadcast to the newcomer before it says success (tinylicious does so with the join signal), so
     * what comes early is kept and told after it. After `over` nothing is told and nothing sent: every way out goes
     * through finish(), which cancels the timers and closes the socket first.
     */
    private final Platform platform;
    private final ServiceEndpoint endpoint;
    private final String documentId;
    private final ConnectionRequest request;
    private final Tokens tokens;
    private final DeltaListener listener;
    private final SocketIoClientSession session;
    private final Subscription connectTimeout;
    private final List<Runnable> early = new ArrayList<>();
    private @Nullable Subscription pingTimeout;
    private @Nullable TextSocket socket;
    private @Nullable Connected connected;
    private String stage = "the token";
    private boolean entered;
    private boolean over;

    SocketIoConnection(Platform platform, ServiceEndpoint endpoint, DriverOptions options, String documentId,
            ConnectionRequest request, Tokens tokens, DeltaListener listener) {
        this.platform = platform;
        this.endpoint = endpoint;
        this.documentId = documentId;
        this.request = request;
        this.tokens = tokens;
        this.listener = listener;
        session = new SocketIoClientSession(new JsonLimits(128, options.maxFrameLength()));
        Timers timers = platform.timers();
        connectTimeout = timers.schedule(options.connectTimeoutMillis(), () -> finish(Failure.passing(0,
                where() + " did not answer in time: still waiting for " + stage)));
        timers.schedule(0, this::begin);
    }

    @Override
    public void submit(List<DocumentMessage> batch) {
        Connected now = connected;
        if (now == null || over || now.mode() != ConnectionMode.WRITE || batch.isEmpty()) {
            return;
        }
        String frame = ClientFrames.submit(now.clientId(), batch);
        int limit = session.timing().maxPayload();
        if (frame.length() > limit / 3 && Utf8.length(frame) > limit) {
            finish(Failure.permanent(413, "a batch of " + batch.size() + " messages takes " + Utf8.length(frame)
                    + " bytes, the service takes " + limit));
            return;
        }
        send(frame);
    }

    @Override
    public void signal(String content, @Nullable String targetClientId) {
        Connected now = connected;
        if (now != null && !over && (targetClientId == null || now.signalsV2())) {
            send(ClientFrames.signal(now.clientId(), content, targetClientId, now.signalsV2()));
        }
    }

    @Override
    public void close() {
        if (!over && entered) {
            send(SocketIoClientSession.GOODBYE);
        }
        finish(Failure.passing(0, "closed by this client"));
    }

    private void begin() {
        if (over) {
            return;
        }
        Outcome<String> outcome = new Outcome<>() {
            @Override
            public void succeeded(String token) {
                open(token);
            }

            @Override
            public void failed(Failure failure) {
                finish(failure);
            }
        };
        if (request.refreshToken()) {
            tokens.getInsteadOf(tokens.last(), outcome);
        } else {
            tokens.get(outcome);
        }
    }

    private void open(String token) {
        if (over) {
            return;
        }
        stage = "the socket";
        socket = platform.sockets().open(endpoint.socket(documentId), new TextSocket.Listener() {
            @Override
            public void opened() {
                stage = "its first packet";
            }

            @Override
            public void received(String text) {
                if (!over) {
                    perform(session.received(text, platform.timers().now()), token);
                    watch();
                }
            }

            @Override
            public void closed(int code, String reason) {
                finish(Failure.passing(0, "the connection to " + where() + " was closed"
                        + (connected == null ? " while waiting for " + stage : "") + ", code " + code
                        + (reason.isEmpty() ? "" : ": " + reason)));
            }
        });
    }

    private void perform(List<SessionStep<ServerEvent>> steps, String token) {
        for (SessionStep<ServerEvent> step : steps) {
            if (over) {
                return;
            }
            switch (step) {
                case SessionStep.Send<ServerEvent> send -> send(send.frame());
                case SessionStep.Deliver<ServerEvent> deliver -> arrived(deliver.event(), token);
                case SessionStep.Close<ServerEvent> close ->
                        finish(Failure.passing(0, where() + ": " + close.reason()));
            }
        }
    }

    private void arrived(ServerEvent event, String token) {
        switch (event) {
            case ServerEvent.Ready ready -> {
                entered = true;
                stage = "its answer to connect_document (there may be no such document)";
                send(ClientFrames.connectDocument(new ConnectRequest(endpoint.tenant(), documentId, token,
                        request.client(), request.mode(), ConnectRequest.VERSIONS, true)));
            }
            case ServerEvent.Success success -> joined(success.connected());
            case ServerEvent.Refused refused -> finish(failure(refused.error()));
            case ServerEvent.Operations operations ->
                    afterJoining(() -> listener.operations(operations.messages()));
            case ServerEvent.Nacks nacks -> afterJoining(() -> listener.nacked(nacks.nacks()));
            case ServerEvent.Signalled signalled -> afterJoining(() -> listener.signalled(signalled.signal()));
            case ServerEvent.Acknowledged acknowledged -> {
            }
            case ServerEvent.Unknown unknown -> {
            }
        }
    }

    private void joined(Connected value) {
        if (connected != null) {
            return;
        }
        connected = value;
        connectTimeout.cancel();
        listener.connected(value);
        for (Runnable tell : early) {
            if (!over) {
                tell.run();
            }
        }
        early.clear();
    }

    private void afterJoining(Runnable tell) {
        if (connected == null) {
            early.add(tell);
        } else {
            tell.run();
        }
    }

    /* The deadline moves with every frame; the timer is set anew only when it rings. */
    private void watch() {
        double deadline = session.deadline();
        if (over || pingTimeout != null || deadline == Double.POSITIVE_INFINITY) {
            return;
        }
        Timers timers = platform.timers();
        pingTimeout = timers.schedule(Math.max(1, deadline - timers.now()), () -> {
            pingTimeout = null;
            perform(session.tick(timers.now()), "");
            watch();
        });
    }

    private void send(String frame) {
        if (socket != null) {
            socket.send(frame);
        }
    }

    private String where() {
        return endpoint.socketUrl();
    }

    private Failure failure(ConnectError error) {
        int code = error.code();
        boolean retryable = code == 401 || code == 408 || code == 429 || code >= 500;
        return new Failure(code, where() + " refused document " + documentId + ": " + error.message(), retryable,
                error.retryAfterSeconds() * 1000);
    }

    private void finish(Failure failure) {
        if (over) {
            return;
        }
        over = true;
        connectTimeout.cancel();
        if (pingTimeout != null) {
            pingTimeout.cancel();
        }
        if (socket != null) {
            socket.close();
        }
        listener.disconnected(failure);
    }
}
