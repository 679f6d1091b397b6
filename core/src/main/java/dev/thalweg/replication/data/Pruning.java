package dev.thalweg.replication.data;

import dev.thalweg.crdt.Lattice;
import dev.thalweg.crdt.Prunable;
import dev.thalweg.json.CanonicalJson;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Ids;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Agrees with all other nodes on what all of them forget. */
final class Pruning {
    /*
     * Every start of a node is a replica of its own, and a key that was deleted leaves its epoch behind. Both would gather
     * for ever. What may go:
     *
     * - a replica that has ended, from a key of which all members have the same of it. Nobody writes in its name any more,
     *   so that stays so. A member says no for the replica that it is.
     * - a deleted key whose deletion all members have.
     *
     * The first member by name proposes; when all have consented to a key, it is in the next round (see Horizon), which
     * the proposer takes first. Consent is durable before it is given. A member that has consented and then forgot what it
     * had, having started anew without a journal, has less than the others and nothing else, and that does no harm.
     *
     * A proposal stands for a while, and those who have not answered are asked again. Since all have to consent in the
     * round that it follows, nobody who was always a member is ever more than one round behind. Whoever was not a member,
     * and is, has to begin anew, be it only one round behind.
     */
    private static final int MAX_CUTS = 256;
    /* So many times the next proposal waits for this one. */
    private static final int PATIENCE = 8;

    private final Store store;
    private final Ids ids;
    private final Owner owner;
    private final Map<String, String> current = new HashMap<>();
    private @Nullable Proposal open;
    private int proposals;

    /** Whose pruning this is. */
    interface Owner {
        /** The names of all nodes. */
        Set<String> members();

        /** In whose name this node writes. */
        String replica();

        Horizon horizon();

        void say(String node, Message message);

        /** All have agreed. */
        void advance(Horizon next);
    }

    private static final class Proposal {
        final int number;
        final Map<String, Horizon.Cut> cuts;
        final Horizon after;
        final Set<String> members;
        final Set<String> missing;
        final Message.Propose message;
        int age;

        Proposal(int number, Map<String, Horizon.Cut> cuts, Horizon after, Set<String> members, Set<String> missing,
                Message.Propose message) {
            this.number = number;
            this.cuts = cuts;
            this.after = after;
            this.members = members;
            this.missing = missing;
            this.message = message;
        }
    }

    Pruning(Store store, Ids ids, Owner owner) {
        this.store = store;
        this.ids = ids;
        this.owner = owner;
    }

    /** Proposes what can be forgotten, if this is the node that does. @param asker this start of the node */
    void propose(String self, String asker) {
        Set<String> members = owner.members();
        if (members.isEmpty() || !members.iterator().next().equals(self)) {
            return;
        }
        Proposal before = open;
        if (before != null && before.age < PATIENCE) {
            before.age++;
            remind();
            return;
        }
        open = null;
        Map<String, Horizon.Cut> cuts = candidates();
        if (cuts.isEmpty()) {
            // Somebody may have ended since it was heard of: next time everybody is asked again.
            current.clear();
            return;
        }
        proposals++;
        Set<String> asked = new TreeSet<>(members);
        Set<String> missing = new TreeSet<>(asked);
        missing.remove(self);
        JsonObject.Builder shares = JsonObject.builder();
        for (Map.Entry<String, Horizon.Cut> cut : cuts.entrySet()) {
            shares.put(cut.getKey(), String.valueOf(share(cut.getKey(), cut.getValue())));
        }
        Proposal made = new Proposal(proposals, cuts, owner.horizon(), asked, missing,
                new Message.Propose(asker, proposals, JsonArray.ofStrings(asked), Horizon.cutsToJson(cuts),
                        shares.build()));
        open = made;
        remind();
        decide(made);
    }

    /** Asks those again who have not answered. */
    void remind() {
        Proposal proposal = open;
        if (proposal != null && proposal.after.tag().equals(owner.horizon().tag())) {
            for (String node : proposal.missing) {
                owner.say(node, proposal.message);
            }
        } else {
            open = null;
        }
    }

    private Map<String, Horizon.Cut> candidates() {
        Set<String> writing = new HashSet<>(current.values());
        writing.add(owner.replica());
        Map<String, Horizon.Cut> cuts = new TreeMap<>();
        List<Entry<?>> all = new ArrayList<>(store.all());
        int start = all.isEmpty() ? 0 : Math.min(all.size() - 1, (int) (ids.fraction() * all.size()));
        for (int i = 0; i < all.size() && cuts.size() < MAX_CUTS; i++) {
            Entry<?> entry = all.get((start + i) % all.size());
            Lattice<?> state = entry.state;
            if (state == null) {
                cuts.put(entry.key.name(), new Horizon.Cut(entry.epoch, Set.of()));
            } else if (state instanceof Prunable<?> prunable) {
                Set<String> ended = new HashSet<>();
                for (String replica : prunable.prunable()) {
                    if (!writing.contains(replica) && ended.size() < MAX_CUTS) {
                        ended.add(replica);
                    }
                }
                if (!ended.isEmpty()) {
                    cuts.put(entry.key.name(), new Horizon.Cut(entry.epoch, ended));
                }
            }
        }
        return cuts;
    }

    /** What this node has of what is to be forgotten, in short; null when it cannot be forgotten here. */
    private @Nullable String share(String name, Horizon.Cut cut) {
        Entry<?> entry = store.get(name);
        if (entry == null || entry.epoch != cut.epoch() || cut.ended().contains(owner.replica())) {
            return null;
        }
        Lattice<?> state = entry.state;
        if (state == null) {
            return "";
        }
        if (!(state instanceof Prunable<?> prunable)
                || !new HashSet<>(prunable.prunable()).containsAll(cut.ended())) {
            return null;
        }
        return CanonicalJson.digest(prunable.share(cut.ended()));
    }

    /**
     * What this node agrees to; nothing, when it knows other members.
     *
     * @return the answer, to be given once all that this node has is durable
     */
    Message.Consent consent(Message.Propose proposal) throws ProtocolException {
        List<String> names = new ArrayList<>();
        if (proposal.members().equals(JsonArray.ofStrings(owner.members()))) {
            // Of two that propose, the later one counts.
            open = null;
            for (Map.Entry<String, Horizon.Cut> cut : Horizon.readCuts(proposal.cuts()).entrySet()) {
                String mine = share(cut.getKey(), cut.getValue());
                JsonValue theirs = proposal.shares().get(cut.getKey());
                if (mine != null && JsonValue.of(mine).equals(theirs)) {
                    names.add(cut.getKey());
                }
            }
        }
        return new Message.Consent(proposal.asker(), proposal.number(), names, owner.replica());
    }

    /** A node has answered this one's proposal. */
    void consented(String node, Message.Consent consent) {
        current.put(node, consent.replica());
        Proposal proposal = open;
        if (proposal == null || proposal.number != consent.number() || !proposal.missing.remove(node)) {
            return;
        }
        proposal.cuts.keySet().retainAll(new HashSet<>(consent.names()));
        decide(proposal);
    }

    private void decide(Proposal proposal) {
        if (!proposal.missing.isEmpty()) {
            return;
        }
        open = null;
        current.keySet().retainAll(owner.members());
        if (!proposal.cuts.isEmpty() && proposal.after.tag().equals(owner.horizon().tag())) {
            owner.advance(proposal.after.next(proposal.members, proposal.cuts));
        }
    }
}
