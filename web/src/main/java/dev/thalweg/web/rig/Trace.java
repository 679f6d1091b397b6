package dev.thalweg.web.rig;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.JsonWriter;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.storage.SummaryNode;
import dev.thalweg.storage.WholeSummary;
import dev.thalweg.web.sheet.Board;
import java.util.ArrayList;
import java.util.List;

/** A file that holds all that was ordered in a document and what each replica made of it. */
final class Trace {
    private Trace() {}

    /**
     * The text of the file, which {@code ./dev replay} reads.
     *
     * @param summary  what the document began with, or the latest that was written
     * @param messages from the first to the last
     */
    static String of(String documentId, SummaryNode.Tree summary, List<SequencedMessage> messages,
            List<Replica> replicas) {
        List<JsonValue> views = new ArrayList<>();
        for (Replica replica : replicas) {
            replica.refresh();
            JsonObject.Builder snapshots = JsonObject.builder();
            for (Board<?> board : replica.boards()) {
                snapshots.put(board.sheet().id(), board.snapshot());
            }
            views.add(JsonObject.builder().put("client", replica.name()).put("digest", replica.digest())
                    .put("sequenceNumber", replica.sequenceNumber()).put("pending", replica.pending())
                    .put("snapshots", snapshots.build()).build());
        }
        return JsonObject.builder().put("format", "thalweg-trace-1").put("document", documentId)
                .put("summary", WholeSummary.toJson(summary)).put("messages", ordered(messages))
                .put("replicas", new JsonArray(views)).build().toJson();
    }

    private static JsonArray ordered(List<SequencedMessage> messages) {
        List<JsonValue> values = new ArrayList<>();
        for (SequencedMessage message : messages) {
            JsonWriter writer = new JsonWriter();
            message.write(writer);
            try {
                values.add(JsonValue.parse(writer.toString()));
            } catch (ProtocolException e) {
                throw new IllegalStateException("a message that was read cannot be written: "
                        + message.sequenceNumber(), e);
            }
        }
        return new JsonArray(values);
    }
}
