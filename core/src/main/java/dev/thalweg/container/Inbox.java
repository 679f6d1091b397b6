package dev.thalweg.container;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonBoolean;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.json.RawJson;
import dev.thalweg.protocol.MessageBody;
import dev.thalweg.protocol.SequencedMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Undoes what an {@link Outbox} did: puts chunks together, unpacks, and takes a message apart into its envelopes. */
final class Inbox {
    /** What a message carries. */
    sealed interface Content {
        /** @param marks what it says about its batch @param envelopes in order */
        record Envelopes(Marks marks, List<Envelope> envelopes) implements Content {}

        /** A piece of a message that is to come. */
        record Chunk() implements Content {}

        /** A message that cannot be unpacked here; others may be able to. */
        record Sealed(Marks marks, String reason) implements Content {}
    }

    /**
     * One operation of the runtime.
     *
     * @param value    an object with {@code type} and {@code contents}
     * @param metadata what stands beside it, empty for nothing
     */
    record Envelope(JsonValue value, JsonObject metadata) {}

    /**
     * What a message says about the batch it belongs to.
     *
     * @param batch   true at the first message of a batch, false at the last, null elsewhere
     * @param batchId the name of a batch that was sent again, or null
     */
    record Marks(@Nullable Boolean batch, @Nullable String batchId) {
        static final Marks NONE = new Marks(null, null);

        private static Marks of(JsonObject metadata) {
            return new Marks(metadata.get("batch") instanceof JsonBoolean mark ? mark.value() : null,
                    metadata.get("batchId") instanceof JsonString id ? id.value() : null);
        }
    }

    private final Chunks chunks;

    Inbox(Chunks chunks) {
        this.chunks = chunks;
    }

    /** What a message says about its batch, whether or not it can be read; what is not understood is passed over. */
    static Marks marks(SequencedMessage message) {
        return Marks.of(metadata(message));
    }

    /** Takes a message apart. */
    Content open(SequencedMessage message, String clientId) throws ProtocolException {
        if (!(message.body() instanceof MessageBody.Op op)) {
            throw new ProtocolException("expected a runtime operation, was " + message.type().wireName());
        }
        JsonObject contents = JsonCasts.object(op.contents(), "contents");
        JsonObject metadata = metadata(message);
        String compression = message.compression();
        if (compression == null && "chunkedOp".equals(contents.optionalString("type"))) {
            JsonObject chunk = contents.object("contents");
            String whole = chunks.add(clientId, chunk);
            if (whole == null) {
                return new Content.Chunk();
            }
            contents = JsonCasts.object(JsonValue.parse(whole), "chunkedOp");
            compression = chunk.optionalString("originalCompression");
            JsonObject original = chunk.optionalObject("originalMetadata");
            metadata = original == null ? metadata : original;
        }
        if (compression != null || Packing.packed(contents)) {
            try {
                contents = Packing.unpack(contents, compression);
            } catch (ProtocolException e) {
                return new Content.Sealed(Marks.of(metadata), String.valueOf(e.getMessage()));
            }
        }
        List<Envelope> envelopes = "groupedBatch".equals(contents.optionalString("type"))
                ? group(contents.array("contents"))
                : List.of(new Envelope(contents, metadata));
        return new Content.Envelopes(Marks.of(metadata), envelopes);
    }

    private static List<Envelope> group(JsonArray members) {
        List<Envelope> envelopes = new ArrayList<>(members.size());
        for (JsonValue member : members.values()) {
            // One member that cannot be read must not take the others with it, so it is judged when its turn comes.
            if (member instanceof JsonObject object && object.get("contents") != null) {
                JsonValue contents = object.get("contents");
                envelopes.add(new Envelope(contents == null ? member : contents,
                        object.get("metadata") instanceof JsonObject metadata ? metadata : JsonObject.EMPTY));
            } else {
                envelopes.add(new Envelope(member, JsonObject.EMPTY));
            }
        }
        return envelopes;
    }

    private static JsonObject metadata(SequencedMessage message) {
        RawJson metadata = message.metadata();
        try {
            return metadata != null && metadata.value() instanceof JsonObject object ? object : JsonObject.EMPTY;
        } catch (ProtocolException e) {
            return JsonObject.EMPTY;
        }
    }
}
