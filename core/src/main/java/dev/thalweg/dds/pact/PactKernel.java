package dev.thalweg.dds.pact;

import dev.thalweg.dds.Kernel;
import dev.thalweg.dds.OperationContext;
import dev.thalweg.dds.PendingOperations;
import dev.thalweg.dds.pact.PactEvent.Aborted;
import dev.thalweg.dds.pact.PactEvent.Accepted;
import dev.thalweg.dds.pact.PactEvent.Pending;
import dev.thalweg.dds.pact.PactEvent.Refused;
import dev.thalweg.dds.pact.PactEvent.SignedOff;
import dev.thalweg.dds.pact.PactOperation.Accept;
import dev.thalweg.dds.pact.PactOperation.Set;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A pact map without the world around it. A proposal stands when nothing else is proposed for its key and its author knew
 * what counts; it counts once everybody who was in the quorum at that place has signed it off or left.
 */
final class PactKernel implements Kernel<PactOperation, PactEvent> {
    /*
     * Whoever leaves finds the keys that wait for it without a look at the others. It can be the last one they wait for:
     * then they settle at the place of the leave, in the order of the keys.
     *
     * A consent nobody waits for is passed over, on all replicas alike. It comes from a client that gave it twice, or for
     * something that is settled; in Fluid it would end every client of the document, so this one never sends one: a
     * consent is not sent again after a reconnect, since the connection that owed it has left.
     */
    private final Map<String, Pact> pacts;
    private final Map<String, Map<String, Pact>> owed = new HashMap<>();
    private final PendingOperations<PactOperation> pending = new PendingOperations<>();
    private final HashSet<String> signing = new HashSet<>();
    private List<PactEvent> dropped = new ArrayList<>();

    /** @param pacts by key, in the order of their first proposals */
    PactKernel(Map<String, Pact> pacts) {
        this.pacts = pacts;
        for (Pact pact : pacts.values()) {
            await(pact);
        }
    }

    /** The keys for which something was ever proposed, in that order. */
    Iterable<String> keys() {
        return pacts.keySet();
    }

    @Nullable
    AcceptedPact accepted(String key) {
        Pact pact = pacts.get(key);
        return pact == null ? null : pact.accepted;
    }

    Pact.@Nullable Proposal proposal(String key) {
        Pact pact = pacts.get(key);
        return pact == null ? null : pact.proposal;
    }

    /** The keys that wait for the consent of a connection, in their order, without those it has consented to already. */
    List<String> owedBy(String clientId) {
        List<String> keys = new ArrayList<>();
        for (Pact pact : awaiting(clientId)) {
            if (!signing.contains(pact.key)) {
                keys.add(pact.key);
            }
        }
        return keys;
    }

    /** Whether a key waits for the consent of a connection that has not consented already. */
    boolean owes(String key, String clientId) {
        Pact.Proposal proposal = proposal(key);
        return proposal != null && proposal.signoffs.contains(clientId) && !signing.contains(key);
    }

    @Override
    public PactOperation read(JsonValue contents) throws ProtocolException {
        return PactOperation.read(contents);
    }

    @Override
    public List<PactEvent> detached(PactOperation operation) {
        return switch (operation) {
            case Set set -> propose(set, List.of(), 0, true);
            case Accept accept -> List.of();
        };
    }

    @Override
    public List<PactEvent> local(PactOperation operation) {
        pending.add(operation);
        if (operation instanceof Accept) {
            signing.add(operation.key());
        }
        return List.of();
    }

    @Override
    public List<PactEvent> sequenced(PactOperation operation, OperationContext context, boolean own) {
        if (own) {
            pending.acknowledge(operation);
            unmark(operation);
        }
        return switch (operation) {
            case Set set -> propose(set, context.roster().clientIds(), context.sequenceNumber(), own);
            case Accept accept -> signOff(accept.key(), context.clientId(), context.sequenceNumber(), own);
        };
    }

    @Override
    public List<PactEvent> rollback(PactOperation operation) {
        pending.rollback(operation);
        unmark(operation);
        return switch (operation) {
            case Set set -> List.of(new Aborted(set.key(), set.value()));
            case Accept accept -> List.of();
        };
    }

    /** A proposal that has no chance any more is dropped, and a consent that is not asked for from this connection. */
    @Override
    public @Nullable PactOperation resubmit(PactOperation operation) {
        pending.acknowledge(operation);
        unmark(operation);
        return switch (operation) {
            case Set set -> {
                if (!stands(set)) {
                    dropped.add(new Refused(set.key(), set.value()));
                    yield null;
                }
                pending.add(set);
                yield set;
            }
            case Accept accept -> null;
        };
    }

    /** What was dropped instead of being sent again, told once. */
    List<PactEvent> takeDropped() {
        List<PactEvent> taken = dropped;
        dropped = new ArrayList<>();
        return taken;
    }

    /** Whether a member of the quorum is waited for. */
    boolean awaits(String clientId) {
        return owed.containsKey(clientId);
    }

    /** A member of the quorum left. */
    List<PactEvent> left(String clientId, int sequenceNumber) {
        List<PactEvent> events = new ArrayList<>();
        for (Pact pact : awaiting(clientId)) {
            events.addAll(signOff(pact.key, clientId, sequenceNumber, false));
        }
        return events;
    }

    @Override
    public SummaryNode.Tree summarize() {
        return PactSummary.write(pacts.values());
    }

    @Override
    public JsonValue snapshot() {
        Map<String, JsonObject> sorted = new TreeMap<>();
        for (Pact pact : pacts.values()) {
            JsonObject.Builder json = JsonObject.builder();
            AcceptedPact accepted = pact.accepted;
            if (accepted != null) {
                json.putIfPresent("value", accepted.value()).put("since", accepted.sequenceNumber());
            }
            Pact.Proposal proposal = pact.proposal;
            if (proposal != null) {
                json.putIfPresent("proposed", proposal.value).put("signoffs", JsonArray.ofStrings(proposal.signoffs));
            }
            sorted.put(pact.key, json.build());
        }
        return JsonObject.of(sorted);
    }

    @Override
    public void check() {
        int awaited = 0;
        for (Pact pact : pacts.values()) {
            Pact.Proposal proposal = pact.proposal;
            require(pact.accepted != null || proposal != null, "nothing was proposed for", pact.key);
            if (proposal != null) {
                require(!proposal.signoffs.isEmpty(), "nobody is waited for by", pact.key);
                awaited += proposal.signoffs.size();
                for (String clientId : proposal.signoffs) {
                    Map<String, Pact> keys = owed.get(clientId);
                    require(keys != null && keys.get(pact.key) == pact, clientId + " does not find", pact.key);
                }
            }
        }
        int found = 0;
        for (Map<String, Pact> keys : owed.values()) {
            found += keys.size();
        }
        require(found == awaited, found + " signoffs are found by client, there are", "" + awaited);
        int accepts = 0;
        for (PactOperation operation : pending.all()) {
            accepts += operation instanceof Accept ? 1 : 0;
        }
        require(accepts == signing.size(), accepts + " consents are pending, marked are", "" + signing.size());
    }

    private static void require(boolean holds, String what, String where) {
        if (!holds) {
            throw new IllegalStateException(what + " " + where);
        }
    }

    /** Whether a proposal would stand if it were sequenced now. */
    private boolean stands(Set set) {
        Pact pact = pacts.get(set.key());
        if (pact == null) {
            return true;
        }
        AcceptedPact accepted = pact.accepted;
        return pact.proposal == null && accepted != null
                && accepted.sequenceNumber() <= set.referenceSequenceNumber();
    }

    private List<PactEvent> propose(Set set, List<String> quorum, int sequenceNumber, boolean own) {
        if (!stands(set)) {
            return own ? List.of(new Refused(set.key(), set.value())) : List.of();
        }
        Pact pact = pacts.get(set.key());
        if (pact == null) {
            pact = new Pact(set.key(), pacts.size());
            pacts.put(set.key(), pact);
        }
        pact.proposal = new Pact.Proposal(set.value(), own, quorum);
        await(pact);
        List<PactEvent> events = new ArrayList<>();
        events.add(new Pending(set.key(), set.value(), own));
        settle(pact, sequenceNumber, events);
        return events;
    }

    private List<PactEvent> signOff(String key, String clientId, int sequenceNumber, boolean own) {
        Pact pact = pacts.get(key);
        Pact.Proposal proposal = pact == null ? null : pact.proposal;
        if (pact == null || proposal == null || !proposal.signoffs.remove(clientId)) {
            return List.of();
        }
        Map<String, Pact> keys = owed.get(clientId);
        if (keys != null) {
            keys.remove(key);
            if (keys.isEmpty()) {
                owed.remove(clientId);
            }
        }
        List<PactEvent> events = new ArrayList<>();
        events.add(new SignedOff(key, clientId, own));
        settle(pact, sequenceNumber, events);
        return events;
    }

    private static void settle(Pact pact, int sequenceNumber, List<PactEvent> events) {
        Pact.Proposal proposal = pact.proposal;
        if (proposal != null && proposal.signoffs.isEmpty()) {
            AcceptedPact before = pact.accepted;
            pact.accepted = new AcceptedPact(proposal.value, sequenceNumber);
            pact.proposal = null;
            events.add(new Accepted(pact.key, proposal.value, before == null ? null : before.value(), proposal.own));
        }
    }

    /** Files a pact under each client whose consent is missing. */
    private void await(Pact pact) {
        Pact.Proposal proposal = pact.proposal;
        if (proposal == null) {
            return;
        }
        for (String clientId : proposal.signoffs) {
            Map<String, Pact> keys = owed.get(clientId);
            if (keys == null) {
                keys = new LinkedHashMap<>();
                owed.put(clientId, keys);
            }
            keys.put(pact.key, pact);
        }
    }

    private List<Pact> awaiting(String clientId) {
        Map<String, Pact> keys = owed.get(clientId);
        if (keys == null) {
            return List.of();
        }
        List<Pact> sorted = new ArrayList<>(keys.values());
        sorted.sort((a, b) -> Integer.compare(a.number, b.number));
        return sorted;
    }

    private void unmark(PactOperation operation) {
        if (operation instanceof Accept) {
            signing.remove(operation.key());
        }
    }
}
