package dev.thalweg.wire;

import dev.thalweg.json.JsonLimits;
import dev.thalweg.json.JsonReader;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.json.RawJson;
import org.jspecify.annotations.Nullable;

/**
 * A packet of Socket.IO, protocol 5, which travels in an {@link EngineIoPacket.Message}: a digit for its type, the
 * namespace and a comma unless it is the main one, digits for the acknowledgement that is asked for or given, and JSON.
 * Packets with binary attachments are refused: Fluid has none.
 */
public sealed interface SocketIoPacket {
    /** The namespace that goes without saying. */
    String MAIN = "/";
    /** The acknowledgement of an event that asks for none. */
    int NO_ACK = -1;

    /** The namespace, beginning with a slash. */
    String namespace();

    /** Asks to enter a namespace, or says that it was entered. @param data an object, or null */
    record Connect(String namespace, @Nullable RawJson data) implements SocketIoPacket {}

    /** Leaves a namespace. */
    record Disconnect(String namespace) implements SocketIoPacket {}

    /**
     * Something happened.
     *
     * @param ackId     which {@link Ack} is expected, or {@link #NO_ACK}
     * @param arguments the text of a JSON array whose first element names the event; only its opening bracket has been
     *                  checked, so that a long one is read once
     */
    record Event(String namespace, int ackId, String arguments) implements SocketIoPacket {}

    /** Answers an event. @param arguments a JSON array */
    record Ack(String namespace, int ackId, RawJson arguments) implements SocketIoPacket {}

    /** Refuses a {@link Connect}. @param data an object with a {@code message}, or a string */
    record ConnectError(String namespace, RawJson data) implements SocketIoPacket {}

    /** Reads a packet that is the data of an {@link EngineIoPacket.Message}. */
    static SocketIoPacket read(String text) throws ProtocolException {
        if (text.isEmpty()) {
            throw new ProtocolException("Socket.IO: an empty packet");
        }
        char type = text.charAt(0);
        int at = 1;
        String namespace = MAIN;
        if (at < text.length() && text.charAt(at) == '/') {
            int comma = text.indexOf(',', at);
            namespace = text.substring(at, comma < 0 ? text.length() : comma);
            at = comma < 0 ? text.length() : comma + 1;
        }
        int digits = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        int ackId = at == digits ? NO_ACK : ackId(text, digits, at);
        if (ackId != NO_ACK && type != '2' && type != '3') {
            throw new ProtocolException("Socket.IO: a packet of type " + type + " has no acknowledgement id");
        }
        String data = text.substring(at);
        return switch (type) {
            case '0' -> new Connect(namespace, data.isEmpty() ? null : json(data, '{'));
            case '1' -> {
                if (!data.isEmpty()) {
                    throw new ProtocolException("Socket.IO: a disconnect has no data");
                }
                yield new Disconnect(namespace);
            }
            case '2' -> {
                if (data.isEmpty() || data.charAt(0) != '[') {
                    throw new ProtocolException("Socket.IO: the data of an event must be an array");
                }
                yield new Event(namespace, ackId, data);
            }
            case '3' -> {
                if (ackId == NO_ACK) {
                    throw new ProtocolException("Socket.IO: an acknowledgement without its id");
                }
                yield new Ack(namespace, ackId, json(data, '['));
            }
            case '4' -> new ConnectError(namespace, json(data, data.startsWith("\"") ? '"' : '{'));
            case '5', '6' -> throw new ProtocolException("Socket.IO: binary attachments are not taken");
            default -> throw new ProtocolException("Socket.IO: no packet type '" + type + "'");
        };
    }

    /** The packet, to be put in an {@link EngineIoPacket.Message}. */
    default String write() {
        return switch (this) {
            case Connect connect -> head('0', NO_ACK) + (connect.data() == null ? "" : connect.data().text());
            case Disconnect disconnect -> head('1', NO_ACK);
            case Event event -> head('2', event.ackId()) + event.arguments();
            case Ack ack -> head('3', ack.ackId()) + ack.arguments().text();
            case ConnectError error -> head('4', NO_ACK) + error.data().text();
        };
    }

    private String head(char type, int ackId) {
        return type + (namespace().equals(MAIN) ? "" : namespace() + ",") + (ackId == NO_ACK ? "" : ackId);
    }

    private static int ackId(String text, int from, int to) throws ProtocolException {
        if (to - from > 9) {
            throw new ProtocolException("Socket.IO: an acknowledgement id of " + (to - from) + " digits, 9 are taken");
        }
        int id = 0;
        for (int i = from; i < to; i++) {
            id = id * 10 + text.charAt(i) - '0';
        }
        return id;
    }

    private static RawJson json(String data, char first) throws ProtocolException {
        JsonReader reader = new JsonReader(data, JsonLimits.DEFAULT);
        if (reader.peek() != first) {
            throw new ProtocolException("Socket.IO: the data of this packet must begin with " + first);
        }
        RawJson json = reader.raw();
        reader.end();
        return json;
    }
}
