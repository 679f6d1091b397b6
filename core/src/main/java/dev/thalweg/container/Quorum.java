package dev.thalweg.container;

import dev.thalweg.dds.Roster;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.protocol.Client;
import dev.thalweg.storage.ProtocolState;
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
public final class Quorum implements Roster {
    /** @param client who is behind the connection @param sequenceNumber of its join */
    public record Member(Client client, int sequenceNumber) {}

    private final Events events;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Map<String, JsonValue> values = new LinkedHashMap<>();
    private final List<ProtocolState.Proposal> proposals = new ArrayList<>();

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

    @Override
    public List<String> clientIds() {
        return List.copyOf(members.keySet());
    }

    @Override
    public int joinedAt(String clientId) {
        Member member = members.get(clientId);
        return member == null ? -1 : member.sequenceNumber;
    }

    /** A value that was proposed and that every writer has seen, or null when there is none. */
    public @Nullable JsonValue value(String key) {
        return values.get(key);
    }

    /** Takes over what a summary says. */
    void load(ProtocolState state) throws ProtocolException {
        for (ProtocolState.Member member : state.members()) {
            members.put(member.clientId(), new Member(member.client(), member.sequenceNumber()));
        }
        for (ProtocolState.Value value : state.values()) {
            values.put(value.key(), value.value());
        }
        proposals.addAll(state.proposals());
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
        proposals.add(new ProtocolState.Proposal(sequenceNumber, key, value));
    }

    /** Accepts what every writer has seen. */
    void minimum(int minimumSequenceNumber) {
        while (!proposals.isEmpty() && proposals.get(0).sequenceNumber() <= minimumSequenceNumber) {
            ProtocolState.Proposal accepted = proposals.remove(0);
            values.put(accepted.key(), accepted.value());
            events.tell(new ContainerEvent.ProposalAccepted(accepted.key(), accepted.value(),
                    accepted.sequenceNumber()));
        }
    }
}
