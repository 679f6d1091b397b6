package dev.thalweg.web.link;

import dev.thalweg.json.JsonLimits;
import dev.thalweg.json.JsonReader;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.protocol.DocumentMessage;
import dev.thalweg.protocol.SequencedMessage;
import java.util.ArrayList;
import java.util.List;

/** Finds the operations in a Socket.IO frame. A frame without any, or one that cannot be read, carries none. */
final class Frames {
    private static final String SUBMIT = "42[\"submitOp\",";
    private static final String OPERATIONS = "42[\"op\",";

    private Frames() {}

    /** What a client submits in a frame, in order. */
    static List<DocumentMessage> submitted(String frame) {
        List<DocumentMessage> messages = new ArrayList<>();
        if (!frame.startsWith(SUBMIT)) {
            return messages;
        }
        try {
            JsonReader reader = arguments(frame);
            while (reader.nextElement()) {
                reader.beginArray();
                while (reader.nextElement()) {
                    messages.add(DocumentMessage.read(reader));
                }
            }
        } catch (ProtocolException e) {
            // The client that sent it will hear of it from the service; there is nothing to draw.
            messages.clear();
        }
        return messages;
    }

    /** What the service tells in a frame, in order. */
    static List<SequencedMessage> sequenced(String frame) {
        List<SequencedMessage> messages = new ArrayList<>();
        if (!frame.startsWith(OPERATIONS)) {
            return messages;
        }
        try {
            JsonReader reader = arguments(frame);
            while (reader.nextElement()) {
                messages.add(SequencedMessage.read(reader));
            }
        } catch (ProtocolException e) {
            // The client that gets it will say so; there is nothing to draw.
            messages.clear();
        }
        return messages;
    }

    /* Past the event's name and the client or document id, into the array of messages. */
    private static JsonReader arguments(String frame) throws ProtocolException {
        JsonReader reader = new JsonReader(frame.substring(2), JsonLimits.DEFAULT);
        reader.beginArray();
        reader.nextElement();
        reader.skip();
        reader.nextElement();
        reader.skip();
        reader.nextElement();
        reader.beginArray();
        return reader;
    }
}
