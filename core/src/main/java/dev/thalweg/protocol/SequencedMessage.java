package dev.thalweg.protocol;

import dev.thalweg.json.JsonReader;
import dev.thalweg.json.JsonWriter;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.json.RawJson;
import org.jspecify.annotations.Nullable;

/**
 * A message with its place on the one line of its document.
 *
 * @param clientId                who sent it, or null when the service did
 * @param sequenceNumber          its place, from 1, without gaps
 * @param minimumSequenceNumber   every connected writer has processed at least this; never falls, never above
 *                                {@code sequenceNumber}
 * @param clientSequenceNumber    its sender's count, -1 when the service sent it
 * @param referenceSequenceNumber what its sender had processed, -1 when the service sent it
 * @param type                    what it is for
 * @param contents                as its sender spelled it, or null
 * @param metadata                the runtime's notes, or null
 * @param compression             the outer compression, or null
 * @param data                    for messages of the service: a JSON string that holds JSON, or null
 * @param timestamp               milliseconds since 1970 at the service
 */
public record SequencedMessage(
        @Nullable String clientId,
        int sequenceNumber,
        int minimumSequenceNumber,
        int clientSequenceNumber,
        int referenceSequenceNumber,
        MessageType type,
        @Nullable RawJson contents,
        @Nullable RawJson metadata,
        @Nullable String compression,
        @Nullable RawJson data,
        double timestamp) {

    /** What it says, taken apart. */
    public MessageBody body() throws ProtocolException {
        return MessageBody.of(this);
    }

    /** Reads one message; members it does not know are passed over. */
    public static SequencedMessage read(JsonReader reader) throws ProtocolException {
        String clientId = null;
        int sn = -1;
        int msn = -1;
        int csn = -1;
        int rsn = -1;
        String type = null;
        RawJson contents = null;
        RawJson metadata = null;
        String compression = null;
        RawJson data = null;
        double timestamp = 0;
        reader.beginObject();
        for (String name = reader.nextName(); name != null; name = reader.nextName()) {
            switch (name) {
                case "clientId" -> clientId = reader.stringOrNull();
                case "sequenceNumber" -> sn = reader.integer(name, 0, Integer.MAX_VALUE);
                case "minimumSequenceNumber" -> msn = reader.integer(name, 0, Integer.MAX_VALUE);
                case "clientSequenceNumber" -> csn = reader.integer(name, -1, Integer.MAX_VALUE);
                case "referenceSequenceNumber" -> rsn = reader.integer(name, -1, Integer.MAX_VALUE);
                case "type" -> type = reader.string();
                case "contents" -> contents = present(reader);
                case "metadata" -> metadata = present(reader);
                case "compression" -> compression = reader.stringOrNull();
                case "data" -> data = present(reader);
                case "timestamp" -> timestamp = reader.number();
                default -> reader.skip();
            }
        }
        if (type == null || sn < 0 || msn < 0 || msn > sn) {
            throw new ProtocolException("a sequenced message needs type, sequenceNumber and a minimumSequenceNumber"
                    + " not above it, was type " + type + ", " + sn + " and " + msn);
        }
        return new SequencedMessage(clientId, sn, msn, csn, rsn, MessageType.of(type), contents, metadata, compression,
                data, timestamp);
    }

    /** Writes the message. */
    public void write(JsonWriter writer) {
        writer.beginObject();
        writer.name("clientId").string(clientId);
        writer.name("clientSequenceNumber").number(clientSequenceNumber);
        writer.name("contents").raw(contents == null ? RawJson.NULL : contents);
        if (metadata != null) {
            writer.name("metadata").raw(metadata);
        }
        writer.name("minimumSequenceNumber").number(minimumSequenceNumber);
        writer.name("referenceSequenceNumber").number(referenceSequenceNumber);
        writer.name("sequenceNumber").number(sequenceNumber);
        writer.name("timestamp").number(timestamp);
        writer.name("type").string(type.wireName());
        if (compression != null) {
            writer.name("compression").string(compression);
        }
        if (data != null) {
            writer.name("data").raw(data);
        }
        writer.endObject();
    }

    private static @Nullable RawJson present(JsonReader reader) throws ProtocolException {
        RawJson raw = reader.raw();
        return raw.isNull() ? null : raw;
    }
}
