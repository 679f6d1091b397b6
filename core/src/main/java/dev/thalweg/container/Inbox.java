package dev.thalweg.container;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.json.RawJson;
import dev.thalweg.protocol.MessageBody;
import dev.thalweg.protocol.SequencedMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Undoes what an {@link Outbox} did: takes a sequenced message apart into the envelopes it carries. */
final class Inbox {
    /** What a message carries. */
    sealed interface Content {
        /** @param envelopes in order, each an object with {@code type} and {@code contents} */
        record Envelopes(List<JsonValue> envelopes) implements Content {}

        /** A message that others may read and this version does not. */
        record Unsupported(String reason) implements Content {}
    }

    /**
     * What a message says about the batch it belongs to.
     *
     * @param batch   true at the first message of a batch, false at the last, null elsewhere
     * @param batchId the name of a batch that was sent again, or null
     */
    record Marks(@Nullable Boolean batch, @Nullable String batchId) {
        private static final Marks NONE = new Marks(null, null);
    }

    private Inbox() {}

    /** Reads a message's metadata; what is not understood in it is passed over. */
    static Marks marks(SequencedMessage message) {
        RawJson metadata = message.metadata();
        if (metadata == null) {
            return Marks.NONE;
        }
        try {
            if (metadata.value() instanceof JsonObject object) {
                return new Marks(object.has("batch") ? object.optionalBool("batch", false) : null,
                        object.optionalString("batchId"));
            }
        } catch (ProtocolException e) {
            return Marks.NONE;
        }
        return Marks.NONE;
    }

    /** Takes a message apart. */
    static Content open(SequencedMessage message) throws ProtocolException {
        if (message.compression() != null) {
            return new Content.Unsupported("compressed with " + message.compression());
        }
        if (!(message.body() instanceof MessageBody.Op op)) {
            throw new ProtocolException("expected a runtime operation, was " + message.type().wireName());
        }
        JsonObject envelope = JsonCasts.object(op.contents(), "contents");
        JsonValue type = envelope.get("type");
        if (type == null) {
            return envelope.has("packedContents")
                    ? new Content.Unsupported("compressed")
                    : new Content.Envelopes(List.of(envelope));
        }
        return switch (JsonCasts.string(type, "type")) {
            case "groupedBatch" -> group(envelope.array("contents"));
            case "chunkedOp" -> new Content.Unsupported("a chunk of a larger operation");
            default -> new Content.Envelopes(List.of(envelope));
        };
    }

    private static Content group(JsonArray members) {
        List<JsonValue> envelopes = new ArrayList<>(members.size());
        for (JsonValue member : members.values()) {
            // One member that cannot be read must not take the others with it, so it is judged when its turn comes.
            JsonValue contents = member instanceof JsonObject object ? object.get("contents") : null;
            envelopes.add(contents == null ? member : contents);
        }
        return new Content.Envelopes(envelopes);
    }
}
