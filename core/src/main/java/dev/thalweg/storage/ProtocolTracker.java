package dev.thalweg.storage;

import dev.thalweg.json.ProtocolException;
import dev.thalweg.protocol.MessageBody;
import dev.thalweg.protocol.MessageType;
import dev.thalweg.protocol.SequencedMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Follows the protocol state of a document message by message. A proposal is agreed on when the minimum has reached it,
 * since every writer has then processed it. An operation costs a comparison.
 */
public final class ProtocolTracker {
    private final Map<String, ProtocolState.Member> members = new LinkedHashMap<>();
    private final List<ProtocolState.Proposal> proposals;
    private final Map<String, ProtocolState.Value> values = new LinkedHashMap<>();
    private int sequenceNumber;
    private int minimumSequenceNumber;

    /** Starts from a state. */
    public ProtocolTracker(ProtocolState state) {
        sequenceNumber = state.sequenceNumber();
        minimumSequenceNumber = state.minimumSequenceNumber();
        proposals = new ArrayList<>(state.proposals());
        for (ProtocolState.Member member : state.members()) {
            members.put(member.clientId(), member);
        }
        for (ProtocolState.Value value : state.values()) {
            values.put(value.key(), value);
        }
    }

    /** The last sequence number taken in. */
    public int sequenceNumber() {
        return sequenceNumber;
    }

    /** The minimum that message carried. */
    public int minimumSequenceNumber() {
        return minimumSequenceNumber;
    }

    /** A member, or null. */
    public ProtocolState.@Nullable Member member(String clientId) {
        return members.get(clientId);
    }

    /** The members, in the order of joining. */
    public List<ProtocolState.Member> members() {
        return List.copyOf(members.values());
    }

    /** How many proposals have not been agreed on yet. */
    public int undecided() {
        return proposals.size();
    }

    /** Takes in the next message. A proposal that cannot be read is none, here as on every other replica. */
    public void apply(SequencedMessage message) throws ProtocolException {
        if (message.type() == MessageType.JOIN && message.body() instanceof MessageBody.Join join) {
            members.put(join.clientId(),
                    new ProtocolState.Member(join.clientId(), join.client(), message.sequenceNumber()));
        } else if (message.type() == MessageType.LEAVE && message.body() instanceof MessageBody.Leave leave) {
            members.remove(leave.clientId());
        } else if (message.type() == MessageType.PROPOSE) {
            MessageBody.Propose proposal = proposal(message);
            if (proposal != null) {
                proposals.add(new ProtocolState.Proposal(message.sequenceNumber(), proposal.key(), proposal.value()));
            }
        }
        advance(message.sequenceNumber(), message.minimumSequenceNumber());
    }

    /** Takes in a message of which only the numbers matter. */
    public void advance(int sequenceNumber, int minimumSequenceNumber) {
        this.sequenceNumber = sequenceNumber;
        this.minimumSequenceNumber = minimumSequenceNumber;
        while (!proposals.isEmpty() && proposals.get(0).sequenceNumber() <= minimumSequenceNumber) {
            ProtocolState.Proposal agreed = proposals.remove(0);
            values.put(agreed.key(), ProtocolState.Value.of(agreed.key(), agreed.value(), agreed.sequenceNumber(),
                    sequenceNumber));
        }
    }

    /** The state now. */
    public ProtocolState state() {
        return new ProtocolState(sequenceNumber, minimumSequenceNumber, members(), proposals,
                List.copyOf(values.values()));
    }

    /** The value agreed on for a key, as it is stored, or null. */
    public ProtocolState.@Nullable Value value(String key) {
        return values.get(key);
    }

    private static MessageBody.@Nullable Propose proposal(SequencedMessage message) {
        try {
            return message.body() instanceof MessageBody.Propose proposal ? proposal : null;
        } catch (ProtocolException unreadable) {
            return null;
        }
    }
}
