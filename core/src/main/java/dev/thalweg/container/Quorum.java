package dev.thalweg.container;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.protocol.Client;
import dev.thalweg.storage.SummaryNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who writes, by sequenced joins and leaves, and the values all writers have agreed on. The same on every replica at
 * the same sequence number.
 */
public final class Quorum {
    /** @param client who is behind the connection @param sequenceNumber of its join */
    public record Member(Client client, int sequenceNumber) {}

    private record Proposal(int sequenceNumber, String key, JsonValue value) {}

    private final Events events;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Map<String, JsonValue> values = new LinkedHashMap<>();
    private final List<Proposal> proposals = new ArrayList<>();

    Quorum(Events events) {
        this.events = events;
    }

    /** Every writer, by the id of the connection, in the order of their joins. */
    public Map<String, Member> members() {
        return Collections.unmodifiableMap(members);
    }

    /** A writer, or null when there is none of that id. */
    public @Nullable Member member(String clientId) {
        return members.get(clientId);
    }

    /** A value that was proposed and that every writer has seen, or null when there is none. */
    public @Nullable JsonValue value(String key) {
        return values.get(key);
    }

    /** Takes over what a summary's {@code .protocol} says. */
    void load(SummaryNode.Tree protocol) throws ProtocolException {
        for (JsonValue entry : entries(protocol, "quorumMembers")) {
            JsonArray pair = pair(entry, "quorumMembers");
            JsonObject member = JsonCasts.object(pair.get(1), "quorumMembers");
            members.put(JsonCasts.string(pair.get(0), "quorumMembers"), new Member(
                    Client.read(member.object("client")), member.integer("sequenceNumber", 0, Integer.MAX_VALUE)));
        }
        for (JsonValue entry : entries(protocol, "quorumValues")) {
            JsonArray pair = pair(entry, "quorumValues");
            values.put(JsonCasts.string(pair.get(0), "quorumValues"),
                    JsonCasts.object(pair.get(1), "quorumValues").require("value"));
        }
        for (JsonValue entry : entries(protocol, "quorumProposals")) {
            JsonArray pair = pair(entry, "quorumProposals");
            JsonObject proposal = JsonCasts.object(pair.get(1), "quorumProposals");
            proposals.add(new Proposal(JsonCasts.integer(pair.get(0), "quorumProposals", 0, Integer.MAX_VALUE),
                    proposal.string("key"), proposal.require("value")));
        }
    }

    void join(String clientId, Client client, int sequenceNumber) {
        members.put(clientId, new Member(client, sequenceNumber));
        events.tell(new ContainerEvent.QuorumChanged(clientId, client, sequenceNumber, true));
    }

    void leave(String clientId, int sequenceNumber) {
        Member member = members.remove(clientId);
        if (member != null) {
            events.tell(new ContainerEvent.QuorumChanged(clientId, member.client(), sequenceNumber, false));
        }
    }

    void propose(String key, JsonValue value, int sequenceNumber) {
        proposals.add(new Proposal(sequenceNumber, key, value));
    }

    /** Accepts what every writer has seen. */
    void minimum(int minimumSequenceNumber) {
        while (!proposals.isEmpty() && proposals.get(0).sequenceNumber() <= minimumSequenceNumber) {
            Proposal accepted = proposals.remove(0);
            values.put(accepted.key(), accepted.value());
            events.tell(new ContainerEvent.ProposalAccepted(accepted.key(), accepted.value(),
                    accepted.sequenceNumber()));
        }
    }

    private static List<JsonValue> entries(SummaryNode.Tree protocol, String name) throws ProtocolException {
        String text = protocol.text(name);
        return text == null ? List.of() : JsonCasts.array(JsonValue.parse(text), name).values();
    }

    private static JsonArray pair(JsonValue value, String what) throws ProtocolException {
        JsonArray pair = JsonCasts.array(value, what);
        if (pair.size() < 2) {
            throw new ProtocolException(what + ": expected a pair, found " + pair.size() + " elements");
        }
        return pair;
    }
}
