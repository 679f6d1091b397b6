package dev.thalweg.protocol;

import dev.thalweg.json.JsonReader;
import dev.thalweg.json.JsonWriter;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.json.RawJson;
import org.jspecify.annotations.Nullable;

/**
 * An operation as its client submits it.
 *
 * @param clientSequenceNumber    counts what this client sent on this connection, from 1
 * @param referenceSequenceNumber the last sequence number this client had processed, 0 or more; -1 leaves it to the
 *                                service
 * @param type                    what it is for
 * @param contents                as the client spelled it, or null when it gave none: for {@link MessageType#OP} a JSON
 *                                string that holds JSON
 * @param metadata                the runtime's own notes on a batch, or null
 * @param compression             the outer compression, or null
 */
public record DocumentMessage(
        int clientSequenceNumber,
        int referenceSequenceNumber,
        MessageType type,
        @Nullable RawJson contents,
        @Nullable RawJson metadata,
        @Nullable String compression) {

    /** Reads one message; members it does not know are passed over. */
    public static DocumentMessage read(JsonReader reader) throws ProtocolException {
        int csn = -1;
        int rsn = -2;
        String type = null;
        RawJson contents = null;
        RawJson metadata = null;
        String compression = null;
        reader.beginObject();
        for (String name = reader.nextName(); name != null; name = reader.nextName()) {
            switch (name) {
                case "clientSequenceNumber" -> csn = reader.integer(name, 0, Integer.MAX_VALUE);
                case "referenceSequenceNumber" -> rsn = reader.integer(name, -1, Integer.MAX_VALUE);
                case "type" -> type = reader.string();
                case "contents" -> contents = reader.raw();
                case "metadata" -> metadata = reader.raw();
                case "compression" -> compression = reader.stringOrNull();
                default -> reader.skip();
            }
        }
        if (type == null || csn < 0 || rsn < -1) {
            throw new ProtocolException("a submitted message needs type, clientSequenceNumber and"
                    + " referenceSequenceNumber");
        }
        MessageType known = MessageType.of(type);
        if (known == MessageType.UNKNOWN) {
            throw new ProtocolException("unknown message type " + type);
        }
        return new DocumentMessage(csn, rsn, known, contents, metadata, compression);
    }

    /** Writes the message with its members in the order the stock client uses. */
    public void write(JsonWriter writer) {
        writer.beginObject();
        if (contents != null) {
            writer.name("contents").raw(contents);
        }
        if (metadata != null) {
            writer.name("metadata").raw(metadata);
        }
        writer.name("referenceSequenceNumber").number(referenceSequenceNumber);
        writer.name("type").string(type.wireName());
        writer.name("clientSequenceNumber").number(clientSequenceNumber);
        if (compression != null) {
            writer.name("compression").string(compression);
        }
        writer.endObject();
    }
}
