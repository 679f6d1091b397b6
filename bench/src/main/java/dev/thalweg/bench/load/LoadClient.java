package dev.thalweg.bench.load;

import dev.thalweg.json.JsonLimits;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.json.RawJson;
import dev.thalweg.protocol.Client;
import dev.thalweg.protocol.ConnectRequest;
import dev.thalweg.protocol.ConnectionMode;
import dev.thalweg.protocol.DocumentMessage;
import dev.thalweg.protocol.MessageType;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.wire.ClientFrames;
import dev.thalweg.wire.ServerEvent;
import dev.thalweg.wire.SessionStep;
import dev.thalweg.wire.SocketIoClientSession;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One client on one socket. Lives on the event loop of its run, and checks that nothing is lost or out of order. */
final class LoadClient {
    /* Operations that may be under way at a time; a power of two. */
    private static final int MOST = 1 << 16;
    private static final JsonLimits LIMITS = new JsonLimits(128, 64 * 1024 * 1024);

    private final Place place;
    private final Pace pace;
    private final Meter meter;
    private final ConnectRequest request;
    private final RawJson contents;
    private final SocketIoClientSession session = new SocketIoClientSession(LIMITS);
    private final Promise<Void> ready = Promise.promise();
    private final long[] due = new long[MOST];
    private @Nullable WebSocket socket;
    private @Nullable String clientId;
    private int sequenceNumber;
    private int sent;
    private int returned;
    private boolean sending;
    private boolean closed;

    /** Where a client connects. @param ordered whether operations get numbers there, as they do not from an echo */
    record Place(String host, int port, String tenant, String document, String token, boolean ordered) {}

    /** @param pace of a writer; readers have one that is not used */
    LoadClient(Place place, ConnectionMode mode, Pace pace, int payload, Meter meter) {
        this.place = place;
        this.pace = pace;
        this.meter = meter;
        Client self = new Client(mode, true, null, null, JsonObject.of("id", JsonValue.of("load")), List.of());
        request = new ConnectRequest(place.tenant(), place.document(), place.token(), self, mode,
                ConnectRequest.VERSIONS, true);
        // A set of a SharedMap as a container sends it.
        contents = RawJson.of(JsonValue.of("{\"type\":\"component\",\"contents\":{\"address\":\"A\",\"contents\":"
                + "{\"content\":{\"address\":\"_C\",\"contents\":{\"key\":\"mill-race\",\"type\":\"set\",\"value\":"
                + "{\"type\":\"Plain\",\"value\":\"" + "v".repeat(payload) + "\"}}},\"type\":\"op\"}}}"));
    }

    /** Connects; done when the client may send, or merely listen. */
    Future<Void> connect(WebSocketClient client) {
        String uri = "/socket.io/?documentId=" + place.document() + "&tenantId=" + place.tenant()
                + "&EIO=4&transport=websocket";
        client.connect(place.port(), place.host(), uri).onSuccess(this::opened).onFailure(ready::tryFail);
        return ready.future();
    }

    /** Whether this client sends. */
    boolean writes() {
        return request.mode() == ConnectionMode.WRITE;
    }

    /** Begins to send, in a closed loop; in an open one {@link #send} is called when the time has come. */
    void begin() {
        sending = true;
        if (pace instanceof Pace.Window window) {
            for (int i = 0; i < window.operations(); i++) {
                send(System.nanoTime());
            }
        }
    }

    /** Sends no more; what is under way still comes back. */
    void end() {
        sending = false;
    }

    /** Whether everything that was sent has come back. */
    boolean settled() {
        return returned == sent;
    }

    /** How many have not come back. */
    int underWay() {
        return sent - returned;
    }

    /** Sends an operation. @param dueAt when it was to be sent, from which its latency counts */
    void send(long dueAt) {
        WebSocket open = socket;
        String id = clientId;
        if (!sending || open == null || id == null) {
            return;
        }
        if (underWay() >= MOST) {
            meter.fault("more than " + MOST + " operations under way: the service does not keep up");
            sending = false;
            return;
        }
        sent++;
        due[sent & MOST - 1] = dueAt;
        open.writeTextMessage(ClientFrames.submit(id,
                List.of(new DocumentMessage(sent, sequenceNumber, MessageType.OP, contents, null, null))));
    }

    /** Says goodbye. */
    void close() {
        closed = true;
        WebSocket open = socket;
        if (open != null && !open.isClosed()) {
            open.writeTextMessage(SocketIoClientSession.GOODBYE);
            open.close();
        }
    }

    private void opened(WebSocket open) {
        socket = open;
        open.textMessageHandler(this::received);
        open.exceptionHandler(error -> lost(String.valueOf(error)));
        open.closeHandler(ended -> lost("the service closed the connection"));
    }

    private void received(String frame) {
        if (clientId != null && Deliveries.in(frame)) {
            try {
                Deliveries.visit(frame, LIMITS, this::delivered);
            } catch (ProtocolException e) {
                lost("unreadable operations: " + e.getMessage());
            }
            return;
        }
        for (SessionStep<ServerEvent> step : session.received(frame, System.nanoTime() / 1e6)) {
            switch (step) {
                case SessionStep.Send<ServerEvent> send -> write(send.frame());
                case SessionStep.Deliver<ServerEvent> deliver -> said(deliver.event());
                case SessionStep.Close<ServerEvent> close -> lost(close.reason());
            }
        }
    }

    private void said(ServerEvent event) {
        switch (event) {
            case ServerEvent.Ready entered -> write(ClientFrames.connectDocument(request));
            case ServerEvent.Success success -> {
                clientId = success.connected().clientId();
                for (SequencedMessage message : success.connected().initialMessages()) {
                    sequenceNumber = Math.max(sequenceNumber, message.sequenceNumber());
                }
                joined();
            }
            case ServerEvent.Refused refused -> lost("refused: " + refused.error().message());
            case ServerEvent.Operations early -> {
                for (SequencedMessage message : early.messages()) {
                    sequenceNumber = Math.max(sequenceNumber, message.sequenceNumber());
                }
            }
            case ServerEvent.Nacks nacks -> lost("nacked: " + nacks.nacks().getFirst().message());
            case ServerEvent.Signalled signalled -> {
            }
            case ServerEvent.Acknowledged acknowledged -> {
            }
            case ServerEvent.Unknown unknown -> {
            }
        }
    }

    private void delivered(@Nullable String sender, int csn, int sn) {
        if (place.ordered()) {
            if (sequenceNumber > 0 && sn != sequenceNumber + 1) {
                meter.fault("sequence number " + sn + " came after " + sequenceNumber);
            }
            sequenceNumber = sn;
            joined();
        }
        if (sender == null) {
            return;
        }
        meter.delivered();
        if (sender.equals(clientId)) {
            own(csn);
        }
    }

    private void own(int csn) {
        if (csn != returned + 1) {
            meter.fault("own operation " + csn + " came back after " + returned);
        }
        returned = csn;
        long now = System.nanoTime();
        meter.returned(now - due[csn & MOST - 1]);
        if (pace instanceof Pace.Window) {
            send(now);
        }
    }

    /* A writer may send when its join has a place: before that it has nothing to refer to. */
    private void joined() {
        if (clientId != null && (!writes() || !place.ordered() || sequenceNumber > 0)) {
            ready.tryComplete();
        }
    }

    private void write(String frame) {
        WebSocket open = socket;
        if (open != null) {
            open.writeTextMessage(frame);
        }
    }

    private void lost(String why) {
        if (!closed) {
            closed = true;
            sending = false;
            meter.fault(why);
            ready.tryFail(why);
        }
    }
}
