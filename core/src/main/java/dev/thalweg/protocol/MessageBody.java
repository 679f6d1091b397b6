package dev.thalweg.protocol;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.json.RawJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a sequenced message says, by its type. */
public sealed interface MessageBody {
    /** @param contents the runtime's envelope, read from the JSON text it travels as */
    record Op(JsonValue contents) implements MessageBody {}

    /** Only its reference sequence number matters. */
    record Noop() implements MessageBody {}

    /** @param clientId the id of this connection @param client who is behind it */
    record Join(String clientId, Client client) implements MessageBody {}

    /** @param clientId whose connection ended */
    record Leave(String clientId) implements MessageBody {}

    /** @param key what is proposed @param value the proposal */
    record Propose(String key, JsonValue value) implements MessageBody {}

    /** @param proposal the sequence number of the proposal */
    record Reject(JsonValue proposal) implements MessageBody {}

    /** @param proposal the sequence number of the proposal */
    record Accept(JsonValue proposal) implements MessageBody {}

    /**
     * @param handle  the uploaded tree
     * @param head    the commit it builds on, empty for none
     * @param message for people
     * @param parents commits it builds on
     */
    record Summarize(String handle, String head, String message, List<String> parents) implements MessageBody {}

    /** @param handle the commit that is now the latest @param summarySequenceNumber of the summarize message */
    record SummaryAck(String handle, int summarySequenceNumber) implements MessageBody {}

    /** @param message why @param summarySequenceNumber of the summarize message */
    record SummaryNack(String message, int summarySequenceNumber) implements MessageBody {}

    /** The last writer is gone. */
    record NoClient() implements MessageBody {}

    /** @param contents the service's own */
    record Control(JsonValue contents) implements MessageBody {}

    /** A type this version does not know. */
    record Unknown() implements MessageBody {}

    /** Takes a message apart. */
    static MessageBody of(SequencedMessage message) throws ProtocolException {
        return switch (message.type()) {
            case OP -> new Op(payload(message.contents()));
            case NOOP -> new Noop();
            case JOIN -> join(system(message));
            case LEAVE -> new Leave(JsonCasts.string(system(message), "leave"));
            case PROPOSE -> propose(payload(message.contents()));
            case REJECT -> new Reject(payload(message.contents()));
            case ACCEPT -> new Accept(payload(message.contents()));
            case SUMMARIZE -> summarize(payload(message.contents()));
            case SUMMARY_ACK -> summaryAck(system(message));
            case SUMMARY_NACK -> summaryNack(system(message));
            case NO_CLIENT -> new NoClient();
            case CONTROL -> new Control(payload(message.contents()));
            case UNKNOWN -> new Unknown();
        };
    }

    /** The contents of a summarize message. */
    static Summarize summarize(JsonValue contents) throws ProtocolException {
        JsonObject object = JsonCasts.object(contents, "summarize");
        String head = object.optionalString("head");
        String message = object.optionalString("message");
        return new Summarize(object.string("handle"), head == null ? "" : head, message == null ? "" : message,
                object.optionalArray("parents").strings());
    }

    /**
     * What a message carries, whether it was spelled as JSON or as a JSON string that holds JSON; the stock client does
     * the second for operations and summaries.
     */
    static JsonValue payload(@Nullable RawJson raw) throws ProtocolException {
        if (raw == null) {
            return JsonNull.NULL;
        }
        JsonValue value = raw.value();
        return value instanceof JsonString string ? JsonValue.parse(string.value()) : value;
    }

    /** JSON inside a JSON string, as {@code contents} and {@code data} travel. */
    static RawJson nested(JsonValue value) {
        return RawJson.of(new JsonString(value.toJson()));
    }

    private static JsonValue system(SequencedMessage message) throws ProtocolException {
        return payload(message.data() == null ? message.contents() : message.data());
    }

    private static Join join(JsonValue data) throws ProtocolException {
        JsonObject object = JsonCasts.object(data, "join");
        return new Join(object.string("clientId"), Client.read(object.object("detail")));
    }

    private static Propose propose(JsonValue contents) throws ProtocolException {
        JsonObject object = JsonCasts.object(contents, "propose");
        return new Propose(object.string("key"), object.require("value"));
    }

    private static SummaryAck summaryAck(JsonValue data) throws ProtocolException {
        JsonObject object = JsonCasts.object(data, "summaryAck");
        return new SummaryAck(object.string("handle"), proposal(object));
    }

    private static SummaryNack summaryNack(JsonValue data) throws ProtocolException {
        JsonObject object = JsonCasts.object(data, "summaryNack");
        String message = object.optionalString("message");
        return new SummaryNack(message == null ? "" : message, proposal(object));
    }

    private static int proposal(JsonObject object) throws ProtocolException {
        return object.object("summaryProposal").integer("summarySequenceNumber", 0, Integer.MAX_VALUE);
    }

    /** The data of a join. */
    static JsonValue joinData(String clientId, Client client) {
        return JsonObject.builder().put("clientId", clientId).put("detail", client.toJson()).build();
    }

    /** The contents of a summaryAck. */
    static JsonValue summaryAckContents(SummaryAck ack) {
        return JsonObject.builder().put("handle", ack.handle()).put("summaryProposal", proposalOf(
                ack.summarySequenceNumber())).build();
    }

    /** The contents of a summaryNack. */
    static JsonValue summaryNackContents(SummaryNack nack) {
        return JsonObject.builder().put("message", nack.message()).put("summaryProposal", proposalOf(
                nack.summarySequenceNumber())).build();
    }

    /** The contents of a summarize, as the stock client orders its members. */
    static JsonValue summarizeContents(Summarize summarize) {
        return JsonObject.builder().put("handle", summarize.handle()).put("head", summarize.head())
                .put("message", summarize.message()).put("parents", JsonArray.ofStrings(summarize.parents()))
                .put("details", JsonObject.of("includesProtocolTree", JsonValue.of(false))).build();
    }

    private static JsonObject proposalOf(int summarySequenceNumber) {
        return JsonObject.of("summarySequenceNumber", JsonValue.of(summarySequenceNumber));
    }
}
