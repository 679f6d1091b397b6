package dev.thalweg.wire;

import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonLimits;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonReader;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.protocol.ConnectError;
import dev.thalweg.protocol.Connected;
import dev.thalweg.protocol.Nack;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.protocol.Signal;
import java.util.ArrayList;
import java.util.List;

/** Reads the events of a service. */
final class ServerEvents {
    private ServerEvents() {}

    /** Reads one. @param arguments the event's array */
    static ServerEvent read(String arguments, JsonLimits limits) throws ProtocolException {
        EventReader event = new EventReader(new JsonReader(arguments, limits));
        try {
            ServerEvent read = switch (event.name()) {
                case ServerFrames.CONNECT_SUCCESS -> new ServerEvent.Success(Connected.read(object(event)));
                case ServerFrames.CONNECT_ERROR -> new ServerEvent.Refused(ConnectError.read(object(event)));
                case ServerFrames.OPERATIONS -> operations(event);
                case ServerFrames.NACK -> nacks(event);
                case ServerFrames.SIGNAL -> new ServerEvent.Signalled(Signal.read(object(event)));
                default -> new ServerEvent.Unknown(event.name());
            };
            event.end();
            return read;
        } catch (ProtocolException e) {
            throw e.in(event.name());
        }
    }

    private static JsonObject object(EventReader event) throws ProtocolException {
        return JsonCasts.object(event.next("its object").value(), "argument");
    }

    private static ServerEvent operations(EventReader event) throws ProtocolException {
        String documentId = event.next("a document id").string();
        List<SequencedMessage> messages = new ArrayList<>();
        JsonReader reader = event.next("its messages");
        reader.beginArray();
        while (reader.nextElement()) {
            messages.add(SequencedMessage.read(reader));
        }
        return new ServerEvent.Operations(documentId, messages);
    }

    private static ServerEvent nacks(EventReader event) throws ProtocolException {
        String documentId = event.next("a document id").string();
        List<Nack> nacks = new ArrayList<>();
        JsonReader reader = event.next("its nacks");
        reader.beginArray();
        while (reader.nextElement()) {
            nacks.add(Nack.read(JsonCasts.object(reader.value(), "nack")));
        }
        return new ServerEvent.Nacks(documentId, nacks);
    }
}
