package dev.thalweg.wire;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonLimits;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonReader;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;

/**
 * A packet of Engine.IO, protocol 4, as one text frame of a WebSocket: a digit for its type, then its data. Binary
 * frames, and the packets of a transport upgrade, do not occur on such a connection and are refused.
 */
public sealed interface EngineIoPacket {
    /** Types by their digit. */
    char OPEN = '0';
    /** @see Close */
    char CLOSE = '1';
    /** @see Ping */
    char PING = '2';
    /** @see Pong */
    char PONG = '3';
    /** @see Message */
    char MESSAGE = '4';
    /** @see Noop */
    char NOOP = '6';

    /** The first packet of a server: {@code 0{"sid":…}}. @param sid names the connection @param timing of its pings */
    record Open(String sid, SocketIoTiming timing) implements EngineIoPacket {}

    /** Ends the connection: {@code 1}. */
    record Close() implements EngineIoPacket {}

    /** Asks for a {@link Pong} with the same data: {@code 2}. @param data mostly empty */
    record Ping(String data) implements EngineIoPacket {}

    /** Answers a {@link Ping}: {@code 3}. @param data that of the ping */
    record Pong(String data) implements EngineIoPacket {}

    /** Carries a packet of Socket.IO: {@code 4…}. @param data that packet */
    record Message(String data) implements EngineIoPacket {}

    /** Means nothing: {@code 6}. */
    record Noop() implements EngineIoPacket {}

    /** Reads a frame. */
    static EngineIoPacket read(String frame) throws ProtocolException {
        if (frame.isEmpty()) {
            throw new ProtocolException("Engine.IO: an empty frame");
        }
        return switch (frame.charAt(0)) {
            case OPEN -> open(frame.substring(1));
            case CLOSE -> bare(frame, new Close());
            case PING -> new Ping(frame.substring(1));
            case PONG -> new Pong(frame.substring(1));
            case MESSAGE -> new Message(frame.substring(1));
            case NOOP -> bare(frame, new Noop());
            default -> throw new ProtocolException(
                    "Engine.IO: no packet type '" + frame.charAt(0) + "' on a WebSocket");
        };
    }

    /** The frame. */
    default String write() {
        return switch (this) {
            case Open open -> OPEN + JsonObject.builder().put("sid", open.sid())
                    .put("upgrades", JsonArray.EMPTY)
                    .put("pingInterval", open.timing().pingInterval()).put("pingTimeout", open.timing().pingTimeout())
                    .put("maxPayload", open.timing().maxPayload()).build().toJson();
            case Close close -> String.valueOf(CLOSE);
            case Ping ping -> PING + ping.data();
            case Pong pong -> PONG + pong.data();
            case Message message -> MESSAGE + message.data();
            case Noop noop -> String.valueOf(NOOP);
        };
    }

    private static EngineIoPacket bare(String frame, EngineIoPacket packet) throws ProtocolException {
        if (frame.length() > 1) {
            throw new ProtocolException("Engine.IO: a packet of type " + frame.charAt(0) + " has no data, this one has "
                    + (frame.length() - 1) + " characters");
        }
        return packet;
    }

    private static Open open(String data) throws ProtocolException {
        JsonReader reader = new JsonReader(data, new JsonLimits(8, 4096));
        JsonValue value = reader.value();
        reader.end();
        if (!(value instanceof JsonObject object)) {
            throw new ProtocolException("Engine.IO open: expected an object, found " + value.kind());
        }
        return new Open(object.string("sid"),
                new SocketIoTiming(object.integer("pingInterval", 1, Integer.MAX_VALUE),
                        object.integer("pingTimeout", 1, Integer.MAX_VALUE), object.optionalInteger("maxPayload", 1,
                                Integer.MAX_VALUE, SocketIoTiming.DEFAULT.maxPayload())));
    }
}
