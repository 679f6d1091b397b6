package dev.thalweg.wire;

import dev.thalweg.json.JsonLimits;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.json.RawJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of one Socket.IO connection over a WebSocket, without the socket and the clock: frames and the time
 * go in, steps come out. Its owner sends {@link #open()} first, then calls {@link #received} for each frame and
 * {@link #tick} when {@link #deadline()} has come.
 *
 * <p>Times are milliseconds from any fixed point and never go back. Any frame is a sign of life, so that an answer to a
 * ping may wait behind a long upload.
 */
public final class SocketIoServerSession {
    /* Levels of an event: the array, batches, messages, and metadata that the runtime puts in. Contents are text. */
    private static final int MAX_DEPTH = 64;

    private enum State {
        OPENED, ENTERED, CLOSED
    }

    private final String sid;
    private final SocketIoTiming timing;
    private final JsonLimits limits;
    private State state = State.OPENED;
    private boolean awaitingPong;
    private boolean signalsV2;
    private double deadline;

    /** @param sid an unguessable name for the connection @param now the time */
    public SocketIoServerSession(String sid, SocketIoTiming timing, double now) {
        this.sid = sid;
        this.timing = timing;
        limits = new JsonLimits(MAX_DEPTH, timing.maxPayload());
        deadline = now + timing.pingInterval();
    }

    /** The first frame to send. */
    public String open() {
        return new EngineIoPacket.Open(sid, timing).write();
    }

    /** When {@link #tick} wants to be called at the latest; it moves with every frame. Infinite once closed. */
    public double deadline() {
        return state == State.CLOSED ? Double.POSITIVE_INFINITY : deadline;
    }

    /** Whether the session is over. */
    public boolean closed() {
        return state == State.CLOSED;
    }

    /** Time has passed: pings, or gives up on a client that did not answer. Too early a call does nothing. */
    public List<SessionStep<ClientEvent>> tick(double now) {
        if (state == State.CLOSED || now < deadline) {
            return List.of();
        }
        if (awaitingPong) {
            return close(false, "no answer to a ping within " + timing.pingTimeout() + " ms");
        }
        awaitingPong = true;
        deadline = now + timing.pingTimeout();
        return List.of(new SessionStep.Send<>("2"));
    }

    /** A text frame came. */
    public List<SessionStep<ClientEvent>> received(String frame, double now) {
        if (state == State.CLOSED) {
            return List.of();
        }
        awaitingPong = false;
        deadline = now + timing.pingInterval();
        if (frame.length() > timing.maxPayload()) {
            return close(false, "a frame of " + frame.length() + " characters, the limit is " + timing.maxPayload());
        }
        try {
            return switch (EngineIoPacket.read(frame)) {
                case EngineIoPacket.Close close -> close(true, "the client closed the connection");
                case EngineIoPacket.Ping ping -> List.of(
                        new SessionStep.Send<>(new EngineIoPacket.Pong(ping.data()).write()));
                case EngineIoPacket.Pong pong -> List.of();
                case EngineIoPacket.Noop noop -> List.of();
                case EngineIoPacket.Open open -> close(false, "only a server opens");
                case EngineIoPacket.Message message -> message(SocketIoPacket.read(message.data()));
            };
        } catch (ProtocolException e) {
            return close(false, String.valueOf(e.getMessage()));
        }
    }

    private List<SessionStep<ClientEvent>> message(SocketIoPacket packet) throws ProtocolException {
        if (!packet.namespace().equals(SocketIoPacket.MAIN)) {
            return elsewhere(packet);
        }
        return switch (packet) {
            case SocketIoPacket.Connect connect -> enter();
            case SocketIoPacket.Disconnect disconnect -> close(true, "the client disconnected");
            case SocketIoPacket.Event event -> state == State.ENTERED
                    ? event(event)
                    : close(false, "an event before the namespace was entered");
            case SocketIoPacket.Ack ack -> List.of();
            case SocketIoPacket.ConnectError error -> close(false, "only a server refuses to connect");
        };
    }

    private List<SessionStep<ClientEvent>> enter() {
        if (state == State.ENTERED) {
            return close(false, "the namespace was entered twice");
        }
        state = State.ENTERED;
        RawJson data = RawJson.of(JsonObject.of("sid", JsonValue.of(sid)));
        return List.of(new SessionStep.Send<>("4" + new SocketIoPacket.Connect(SocketIoPacket.MAIN, data).write()));
    }

    private static List<SessionStep<ClientEvent>> elsewhere(SocketIoPacket packet) {
        if (!(packet instanceof SocketIoPacket.Connect)) {
            return List.of();
        }
        RawJson data = RawJson.of(JsonObject.of("message", JsonValue.of("Invalid namespace")));
        return List.of(new SessionStep.Send<>("4" + new SocketIoPacket.ConnectError(packet.namespace(), data).write()));
    }

    private List<SessionStep<ClientEvent>> event(SocketIoPacket.Event packet) throws ProtocolException {
        @Nullable
        ClientEvent event = ClientEvents.read(packet.arguments(), limits, signalsV2);
        if (event instanceof ClientEvent.Connect connect) {
            signalsV2 = connect.request().signalsV2();
        }
        if (event != null) {
            return List.of(new SessionStep.Deliver<>(event));
        }
        return packet.ackId() == SocketIoPacket.NO_ACK
                ? List.of()
                : List.of(new SessionStep.Send<>("43" + packet.ackId() + "[]"));
    }

    private List<SessionStep<ClientEvent>> close(boolean orderly, String reason) {
        state = State.CLOSED;
        return List.of(new SessionStep.Close<>(orderly, reason));
    }
}
