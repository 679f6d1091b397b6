package dev.thalweg.container;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonWriter;
import dev.thalweg.json.RawJson;
import dev.thalweg.protocol.MessageType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that only lacks its numbers.
 *
 * @param type        what it is for
 * @param contents    as it travels, or null for none
 * @param metadata    the runtime's notes, or null
 * @param compression how the contents are packed, or null when they are not
 */
record Draft(
        MessageType type, @Nullable RawJson contents, @Nullable RawJson metadata, @Nullable String compression) {
    /** What a message may need beside its contents: names, numbers, metadata. */
    static final int ENVELOPE = 256;

    /**
     * The messages of a batch.
     *
     * @param lead how many of them are chunks that others follow
     */
    record Batch(int lead, List<Draft> messages) {}

    static final Draft NOOP = new Draft(MessageType.NOOP, null, null, null);

    /** A message whose contents are JSON inside a JSON string, as the stock client sends them. */
    static Draft of(MessageType type, String json, @Nullable RawJson metadata) {
        return new Draft(type, nested(json), metadata, null);
    }

    /** How many characters a message with such contents has, at most. */
    static int characters(String json) {
        int size = ENVELOPE + json.length();
        for (int i = 0; i < json.length(); i++) {
            size += escaped(json.charAt(i)) ? 1 : 0;
        }
        return size;
    }

    /** How many bytes of UTF-8 a message with such contents has, at most. */
    static int bytes(String json) {
        int size = characters(json);
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            size += c < 0x80 ? 0 : c < 0x800 ? 1 : 2;
        }
        return size;
    }

    /* JSON text has no control characters left: inside a string only these two are spelled longer. */
    private static boolean escaped(char c) {
        return c == '"' || c == '\\';
    }

    /**
     * The messages of a batch. One operation goes bare, several go as one group, and what is larger than the stock client
     * sends or the service takes goes packed: as one compressed message, or in chunks. Where a document does not allow
     * for that, several operations go as one message for each, marked at the first and the last.
     *
     * @param batchId  the name of a batch that is sent again, or null
     * @param features what the document allows for
     */
    static Batch batch(List<PendingOp> operations, @Nullable String batchId, int maxMessageSize, Features features) {
        boolean single = operations.size() == 1;
        if (single || operations.isEmpty() || features.groups()) {
            String text = single ? operations.get(0).text() : group(operations, batchId);
            RawJson metadata = single
                    ? metadata(null, batchId, -1, operations.get(0).metadata())
                    : metadata(null, batchId, operations.size(), null);
            int chunk = features.packs() ? Packing.chunk(maxMessageSize) : 0;
            boolean tooLarge = 2 * text.length() + ENVELOPE > maxMessageSize && characters(text) > maxMessageSize;
            if (chunk > 0 && (tooLarge || text.length() >= Packing.COMPRESS_FROM)) {
                List<Draft> packed = Packing.pack(text, metadata, chunk);
                return new Batch(packed.size() - 1, packed);
            }
            if (single || operations.isEmpty() || !tooLarge) {
                return new Batch(0, List.of(of(MessageType.OP, text, metadata)));
            }
        }
        List<Draft> drafts = new ArrayList<>(operations.size());
        for (int i = 0; i < operations.size(); i++) {
            PendingOp operation = operations.get(i);
            drafts.add(of(MessageType.OP, operation.text(),
                    metadata(mark(i, operations.size()), i == 0 ? batchId : null, -1, operation.metadata())));
        }
        return new Batch(0, drafts);
    }

    private static String group(List<PendingOp> operations, @Nullable String batchId) {
        JsonWriter writer = new JsonWriter();
        writer.beginObject().name("type").string("groupedBatch").name("contents").beginArray();
        for (int i = 0; i < operations.size(); i++) {
            writer.beginObject().name("contents").raw(new RawJson(operations.get(i).text()));
            RawJson metadata = metadata(mark(i, operations.size()), i == 0 ? batchId : null, -1,
                    operations.get(i).metadata());
            if (metadata != null) {
                writer.name("metadata").raw(metadata);
            }
            writer.endObject();
        }
        return writer.endArray().endObject().toString();
    }

    /* The first operation of a batch says so, the last one says that it ends; those between say nothing. */
    private static @Nullable Boolean mark(int index, int size) {
        return index == 0 ? Boolean.TRUE : index == size - 1 ? Boolean.FALSE : null;
    }

    private static @Nullable RawJson metadata(@Nullable Boolean batch, @Nullable String batchId, int grouped,
            @Nullable JsonObject own) {
        if (batch == null && batchId == null && grouped < 0 && own == null) {
            return null;
        }
        JsonWriter writer = new JsonWriter();
        writer.beginObject();
        for (int i = 0; own != null && i < own.size(); i++) {
            writer.name(own.name(i)).value(own.value(i));
        }
        if (batch != null) {
            writer.name("batch").bool(batch);
        }
        if (batchId != null) {
            writer.name("batchId").string(batchId);
        }
        if (grouped >= 0) {
            writer.name("groupedOpCount").number(grouped);
        }
        return new RawJson(writer.endObject().toString());
    }

    private static RawJson nested(String json) {
        return RawJson.of(new JsonString(json));
    }
}
