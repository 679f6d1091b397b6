package dev.thalweg.testkit;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.protocol.MessageBody;
import dev.thalweg.protocol.SequencedMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * What a service has sequenced of a document, channel by channel, for oracles. Reads only what clients of scripts write:
 * no compression, no chunks, and all channels in one data store.
 */
final class MixedLog {
    /** @param contents each with the address of its channel */
    private record Entry(SequencedMessage message, String type, String clientId, List<JsonObject> contents) {}

    private final List<Entry> entries = new ArrayList<>();

    /** Takes a log apart. @throws IllegalStateException when it cannot be read */
    static MixedLog of(List<SequencedMessage> messages) {
        MixedLog log = new MixedLog();
        for (SequencedMessage message : messages) {
            try {
                log.add(message);
            } catch (ProtocolException e) {
                throw new IllegalStateException("message " + message.sequenceNumber() + " cannot be read: "
                        + e.getMessage(), e);
            }
        }
        return log;
    }

    private void add(SequencedMessage message) throws ProtocolException {
        String sender = message.clientId() == null ? "" : message.clientId();
        switch (message.body()) {
            case MessageBody.Join join -> entries.add(new Entry(message, "join", join.clientId(), List.of()));
            case MessageBody.Leave leave -> entries.add(new Entry(message, "leave", leave.clientId(), List.of()));
            case MessageBody.Op op -> {
                List<JsonObject> contents = new ArrayList<>();
                if (Fields.string(op.contents(), "type").equals("groupedBatch")) {
                    for (JsonValue member : Fields.array(op.contents(), "contents").values()) {
                        contents.add(edit(Fields.value(member, "contents")));
                    }
                } else {
                    contents.add(edit(op.contents()));
                }
                entries.add(new Entry(message, "op", sender, contents));
            }
            case MessageBody.Noop ignored -> {}
            case MessageBody.Propose ignored -> {}
            case MessageBody.Reject ignored -> {}
            case MessageBody.Accept ignored -> {}
            case MessageBody.Summarize ignored -> {}
            case MessageBody.SummaryAck ignored -> {}
            case MessageBody.SummaryNack ignored -> {}
            case MessageBody.NoClient ignored -> {}
            case MessageBody.Control ignored -> {}
            case MessageBody.Unknown ignored -> {}
        }
    }

    /* The data store's envelope is around the channel's. */
    private static JsonObject edit(JsonValue envelope) throws ProtocolException {
        if (!Fields.string(envelope, "type").equals("component")) {
            throw new ProtocolException("expected an edit, was " + envelope.toJson());
        }
        return Fields.object(Fields.object(Fields.object(envelope, "contents"), "contents"), "content");
    }

    /** The operations of a channel. */
    List<LogOperation> operations(String channel) {
        List<LogOperation> operations = new ArrayList<>();
        for (Entry entry : entries) {
            for (JsonValue contents : contents(entry, channel)) {
                operations.add(new LogOperation(entry.message().sequenceNumber(),
                        entry.message().referenceSequenceNumber(), entry.clientId(), contents));
            }
        }
        return operations;
    }

    /** Who came and went, and the operations of a channel, as corpora spell it. */
    JsonArray line(String channel) {
        List<JsonValue> line = new ArrayList<>();
        for (Entry entry : entries) {
            SequencedMessage message = entry.message();
            JsonObject.Builder spelled = JsonObject.builder().put("seq", message.sequenceNumber())
                    .put("msn", message.minimumSequenceNumber()).put("type", entry.type())
                    .put("client", entry.clientId());
            if (entry.type().equals("op")) {
                spelled.put("csn", message.clientSequenceNumber()).put("refSeq", message.referenceSequenceNumber())
                        .put("contents", new JsonArray(contents(entry, channel)));
            }
            line.add(spelled.build());
        }
        return new JsonArray(line);
    }

    private static List<JsonValue> contents(Entry entry, String channel) {
        List<JsonValue> contents = new ArrayList<>();
        for (JsonObject edit : entry.contents()) {
            if (Fields.string(edit, "address").equals(channel)) {
                contents.add(Fields.value(edit, "contents"));
            }
        }
        return contents;
    }
}
