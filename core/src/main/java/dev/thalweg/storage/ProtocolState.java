package dev.thalweg.storage;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.protocol.Client;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a document stands apart from its content: the folder {@code .protocol} of a summary.
 *
 * @param sequenceNumber        the last message taken in
 * @param minimumSequenceNumber the minimum that message carried
 * @param members               the writing clients, in the order of joining
 * @param proposals             what was proposed and has not been seen by all
 * @param values                what was agreed on, by key
 */
public record ProtocolState(
        int sequenceNumber,
        int minimumSequenceNumber,
        List<Member> members,
        List<Proposal> proposals,
        List<Value> values) {
    /** The name of the folder. */
    public static final String FOLDER = ".protocol";

    /**
     * Whether a part of a summary's root is the service's own. A client that uploads such a part has it replaced or
     * dropped.
     */
    public static boolean ofService(String part) {
        return part.equals(FOLDER) || part.equals(".logTail") || part.equals(".serviceProtocol");
    }

    /** @param clientId a connection @param client who is behind it @param sequenceNumber of its join */
    public record Member(String clientId, Client client, int sequenceNumber) {}

    /** @param sequenceNumber of the proposal @param key what for @param value the proposal */
    public record Proposal(int sequenceNumber, String key, JsonValue value) {}

    /** @param key what for @param json {@code key}, {@code value} and the sequence numbers of its history, as stored */
    public record Value(String key, JsonObject json) {
        /** A value that was agreed on. @param proposed of the proposal @param approved of the message that settled it */
        public static Value of(String key, JsonValue value, int proposed, int approved) {
            return new Value(key, JsonObject.builder().put("key", key).put("value", value)
                    .put("approvalSequenceNumber", approved).put("commitSequenceNumber", approved)
                    .put("sequenceNumber", proposed).build());
        }

        /** What was agreed on. */
        public JsonValue value() throws ProtocolException {
            return json.require("value");
        }
    }

    public ProtocolState {
        members = List.copyOf(members);
        proposals = List.copyOf(proposals);
        values = List.copyOf(values);
    }

    /** Of a document that nobody has joined yet, with the values its creator gave. */
    public static ProtocolState initial(List<Value> values) {
        return new ProtocolState(0, 0, List.of(), List.of(), values);
    }

    /** Of a new document whose creator says nothing: it names no code to load, as Fluid's own simple client does. */
    public static ProtocolState initial() {
        JsonObject none = JsonObject.builder().put("package", "no-dynamic-package").put("config", JsonObject.EMPTY)
                .build();
        return initial(List.of(Value.of("code", none, 0, 0)));
    }

    /** Reads it from the folder. */
    public static ProtocolState read(SummaryNode.Tree folder) throws ProtocolException {
        JsonObject attributes = JsonCasts.object(leaf(folder, "attributes"), "attributes");
        int sequenceNumber = attributes.integer("sequenceNumber", 0, Integer.MAX_VALUE);
        List<Member> members = new ArrayList<>();
        for (JsonValue value : array(folder, "quorumMembers")) {
            JsonArray pair = pair(value, "quorumMembers", 2);
            JsonObject member = JsonCasts.object(pair.get(1), "quorum member");
            members.add(new Member(JsonCasts.string(pair.get(0), "client id"), Client.read(member.object("client")),
                    member.integer("sequenceNumber", 0, Integer.MAX_VALUE)));
        }
        List<Proposal> proposals = new ArrayList<>();
        for (JsonValue value : array(folder, "quorumProposals")) {
            JsonArray pair = pair(value, "quorumProposals", 2);
            JsonObject proposal = JsonCasts.object(pair.get(1), "proposal");
            proposals.add(new Proposal(JsonCasts.integer(pair.get(0), "proposal", 0, Integer.MAX_VALUE),
                    proposal.string("key"), proposal.require("value")));
        }
        return new ProtocolState(sequenceNumber, attributes.integer("minimumSequenceNumber", 0, sequenceNumber),
                members, proposals, readValues(JsonCasts.array(leaf(folder, "quorumValues"), "quorumValues")));
    }

    /** Reads values as they stand in the folder and in a request to create a document: pairs of key and value. */
    public static List<Value> readValues(JsonArray array) throws ProtocolException {
        List<Value> values = new ArrayList<>();
        for (JsonValue value : array.values()) {
            JsonArray pair = pair(value, "quorumValues", 2);
            values.add(new Value(JsonCasts.string(pair.get(0), "key"), JsonCasts.object(pair.get(1), "quorum value")));
        }
        return values;
    }

    /** The values as they stand in the folder and in a request to create a document. */
    public JsonArray valuesJson() {
        List<JsonValue> pairs = new ArrayList<>();
        for (Value value : values) {
            pairs.add(JsonArray.of(JsonValue.of(value.key), value.json));
        }
        return new JsonArray(pairs);
    }

    /** The folder. */
    public SummaryNode.Tree toSummary() {
        List<JsonValue> memberPairs = new ArrayList<>();
        for (Member member : members) {
            JsonObject json = JsonObject.builder().put("client", member.client.toJson())
                    .put("sequenceNumber", member.sequenceNumber).build();
            memberPairs.add(JsonArray.of(JsonValue.of(member.clientId), json));
        }
        List<JsonValue> proposalTriples = new ArrayList<>();
        for (Proposal proposal : proposals) {
            JsonObject json = JsonObject.builder().put("sequenceNumber", proposal.sequenceNumber)
                    .put("key", proposal.key).put("value", proposal.value).build();
            proposalTriples.add(JsonArray.of(JsonValue.of(proposal.sequenceNumber), json, JsonArray.EMPTY));
        }
        JsonObject attributes = JsonObject.builder().put("minimumSequenceNumber", minimumSequenceNumber)
                .put("sequenceNumber", sequenceNumber).build();
        return new SummaryBuilder().text("attributes", attributes.toJson())
                .text("quorumMembers", new JsonArray(memberPairs).toJson())
                .text("quorumProposals", new JsonArray(proposalTriples).toJson())
                .text("quorumValues", valuesJson().toJson()).build();
    }

    private static List<JsonValue> array(SummaryNode.Tree folder, String name) throws ProtocolException {
        return JsonCasts.array(leaf(folder, name), name).values();
    }

    private static JsonValue leaf(SummaryNode.Tree folder, String name) throws ProtocolException {
        String text = folder.text(name);
        if (text == null) {
            throw new ProtocolException("missing " + FOLDER + "/" + name);
        }
        return JsonValue.parse(text);
    }

    private static JsonArray pair(JsonValue value, String what, int least) throws ProtocolException {
        JsonArray array = JsonCasts.array(value, what);
        if (array.size() < least) {
            throw new ProtocolException(what + " needs entries of " + least + " elements, was " + array.size());
        }
        return array;
    }
}
