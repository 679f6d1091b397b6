package dev.thalweg.wire;

import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonLimits;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.List;

/**
 * The client's side of one Socket.IO connection over a WebSocket, without the socket and the clock: frames and the time
 * go in, steps come out. Its owner calls {@link #received} for each frame and {@link #tick} when {@link #deadline()} has
 * come, and may send frames of {@link ClientFrames} once {@link ServerEvent.Ready} was delivered.
 *
 * <p>Times are milliseconds from any fixed point and never go back. How long the beginning may take is the owner's
 * business: there is no deadline until the server has said how often it pings.
 */
public final class SocketIoClientSession {
    /** Ends the session in good order; the socket is closed after it. */
    public static final String GOODBYE = "41";

    private enum State {
        NEW, OPENED, ENTERED, CLOSED
    }

    private final JsonLimits limits;
    private State state = State.NEW;
    private SocketIoTiming timing = SocketIoTiming.DEFAULT;
    private double deadline = Double.POSITIVE_INFINITY;

    /** @param limits of one frame that the server sends */
    public SocketIoClientSession(JsonLimits limits) {
        this.limits = limits;
    }

    /** When {@link #tick} wants to be called at the latest; it moves with every frame. */
    public double deadline() {
        return state == State.CLOSED ? Double.POSITIVE_INFINITY : deadline;
    }

    /** What the server announced, or what servers usually do before it has. */
    public SocketIoTiming timing() {
        return timing;
    }

    /** Time has passed: gives up on a server that has not pinged. Too early a call does nothing. */
    public List<SessionStep<ServerEvent>> tick(double now) {
        if (state == State.CLOSED || now < deadline) {
            return List.of();
        }
        return close(false, "the server was silent for " + (timing.pingInterval() + timing.pingTimeout()) + " ms");
    }

    /** A text frame came. */
    public List<SessionStep<ServerEvent>> received(String frame, double now) {
        if (state == State.CLOSED) {
            return List.of();
        }
        try {
            EngineIoPacket packet = EngineIoPacket.read(frame);
            if (state != State.NEW) {
                deadline = now + timing.pingInterval() + timing.pingTimeout();
            }
            return switch (packet) {
                case EngineIoPacket.Open open -> open(open, now);
                case EngineIoPacket.Close close -> close(true, "the server closed the connection");
                case EngineIoPacket.Ping ping -> List.of(
                        new SessionStep.Send<>(new EngineIoPacket.Pong(ping.data()).write()));
                case EngineIoPacket.Pong pong -> List.of();
                case EngineIoPacket.Noop noop -> List.of();
                case EngineIoPacket.Message message -> message(message.data());
            };
        } catch (ProtocolException e) {
            return close(false, String.valueOf(e.getMessage()));
        }
    }

    private List<SessionStep<ServerEvent>> open(EngineIoPacket.Open open, double now) {
        if (state != State.NEW) {
            return close(false, "the server opened twice");
        }
        state = State.OPENED;
        timing = open.timing();
        deadline = now + timing.pingInterval() + timing.pingTimeout();
        return List.of(new SessionStep.Send<>("40"));
    }

    private List<SessionStep<ServerEvent>> message(String data) throws ProtocolException {
        if (state == State.NEW) {
            return close(false, "a message before the server had opened");
        }
        SocketIoPacket packet = SocketIoPacket.read(data);
        if (!packet.namespace().equals(SocketIoPacket.MAIN)) {
            return List.of();
        }
        return switch (packet) {
            case SocketIoPacket.Connect connect -> {
                state = State.ENTERED;
                yield List.of(new SessionStep.Deliver<>(new ServerEvent.Ready()));
            }
            case SocketIoPacket.Disconnect disconnect -> close(true, "the server disconnected");
            case SocketIoPacket.Event event -> state == State.ENTERED
                    ? List.of(new SessionStep.Deliver<>(ServerEvents.read(event.arguments(), limits)))
                    : close(false, "an event before the namespace was entered");
            case SocketIoPacket.Ack ack -> List.of(
                    new SessionStep.Deliver<>(new ServerEvent.Acknowledged(ack.ackId())));
            case SocketIoPacket.ConnectError error -> close(true, "the server refused: " + reason(error));
        };
    }

    private static String reason(SocketIoPacket.ConnectError error) throws ProtocolException {
        JsonValue data = error.data().value();
        if (data instanceof JsonString string) {
            return string.value();
        }
        JsonObject object = JsonCasts.object(data, "connect error");
        String message = object.optionalString("message");
        return message == null ? "without a reason" : message;
    }

    private List<SessionStep<ServerEvent>> close(boolean orderly, String reason) {
        state = State.CLOSED;
        return List.of(new SessionStep.Close<>(orderly, reason));
    }
}
