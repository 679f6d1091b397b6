package dev.thalweg.container;

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
 * @param type     what it is for
 * @param contents as it travels, or null for none
 * @param metadata the runtime's notes, or null
 */
record Draft(MessageType type, @Nullable RawJson contents, @Nullable RawJson metadata) {
    /** What a message may need beside its contents: names, numbers, metadata. */
    static final int ENVELOPE = 256;

    static final Draft NOOP = new Draft(MessageType.NOOP, null, null);

    /** A message whose contents are JSON inside a JSON string, as the stock client sends them. */
    static Draft of(MessageType type, String json, @Nullable RawJson metadata) {
        return new Draft(type, nested(json), metadata);
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
     * The messages of a batch. One operation goes bare, several go as one group. A group that would be larger than the
     * service takes goes as one message for each operation, marked at its two ends.
     *
     * @param batchId the name of a batch that is sent again, or null
     */
    static List<Draft> batch(List<PendingOp> operations, @Nullable String batchId, int maxMessageSize) {
        if (operations.size() == 1) {
            return List.of(of(MessageType.OP, operations.get(0).text(), metadata(null, batchId, -1)));
        }
        String group = group(operations, batchId);
        if (operations.isEmpty() || characters(group) <= maxMessageSize) {
            return List.of(of(MessageType.OP, group, metadata(null, batchId, operations.size())));
        }
        List<Draft> drafts = new ArrayList<>(operations.size());
        for (int i = 0; i < operations.size(); i++) {
            drafts.add(of(MessageType.OP, operations.get(i).text(),
                    metadata(mark(i, operations.size()), i == 0 ? batchId : null, -1)));
        }
        return drafts;
    }

    private static String group(List<PendingOp> operations, @Nullable String batchId) {
        JsonWriter writer = new JsonWriter();
        writer.beginObject().name("type").string("groupedBatch").name("contents").beginArray();
        for (int i = 0; i < operations.size(); i++) {
            writer.beginObject().name("contents").raw(new RawJson(operations.get(i).text()));
            RawJson metadata = metadata(mark(i, operations.size()), i == 0 ? batchId : null, -1);
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

    private static @Nullable RawJson metadata(@Nullable Boolean batch, @Nullable String batchId, int grouped) {
        if (batch == null && batchId == null && grouped < 0) {
            return null;
        }
        JsonWriter writer = new JsonWriter();
        writer.beginObject();
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
