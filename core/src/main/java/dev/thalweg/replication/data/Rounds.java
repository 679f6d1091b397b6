package dev.thalweg.replication.data;

import dev.thalweg.crdt.Lattice;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Outcome;

/** In which round of pruning a node is, and how it gets into the next, or begins anew. */
final class Rounds implements Durable.Recovery {
    private final Store store;
    private final Durable durable;
    private final Owner owner;
    private Horizon horizon = Horizon.START;
    /* Whether nothing is here but what this start of the node has written: no round can have forgotten that. */
    private boolean own = true;

    /** Whose rounds these are. */
    interface Owner {
        /** The name of this node. */
        String self();

        void say(String node, Message message);

        /** What this node has, in short. */
        Message.Status status();

        /** All that waits for other nodes goes to this round, too. */
        void lift(Horizon next);

        /** An entry is gone, unless it is fetched from the others. */
        void forgotten(Entry<?> entry);

        /** This start of the node goes on as another replica, since everything is forgotten that the one before did. */
        void beginAnew();

        /** Something was lost. @param what for a person */
        void report(String what);
    }

    Rounds(Store store, Durable durable, Owner owner) {
        this.store = store;
        this.durable = durable;
        this.owner = owner;
    }

    Horizon horizon() {
        return horizon;
    }

    String tag() {
        return horizon.tag();
    }

    /** Something is here that other nodes have written. */
    void mixed() {
        own = false;
    }

    @Override
    public void recovered(Entry<?> entry, String tag) throws ProtocolException {
        if (!tag.equals(horizon.tag())) {
            // The record of the rounds between is lost; what is there cannot be brought into this one.
            lost("rounds of pruning between " + horizon.tag() + " and " + tag + ", and what was written before");
            horizon = Horizon.at(tag);
        }
        own = false;
        join(entry);
    }

    private <S extends Lattice<S>> void join(Entry<S> entry) {
        Entry<S> before = store.get(entry.key);
        store.put(before == null ? entry : before.join(entry));
    }

    @Override
    public void recovered(Horizon round, boolean reset, boolean joined) {
        own = false;
        if (reset) {
            store.clear();
        } else if (!joined && round.follows(horizon)) {
            liftStore(round);
        } else if (!joined && !round.tag().equals(horizon.tag()) && !store.all().isEmpty()) {
            lost("rounds of pruning before " + round.tag() + ", and what was written before");
        }
        horizon = round;
    }

    @Override
    public void damaged(int version, String reason) {
        owner.report("record " + version + ": " + reason);
    }

    private void lost(String what) {
        store.clear();
        owner.report("lost: " + what);
    }

    /**
     * Looks where the sender of a message is; one of the two hears of it when that is elsewhere.
     *
     * @return whether it is in the same round
     */
    boolean meet(String node, String tag) throws ProtocolException {
        if (tag.equals(horizon.tag())) {
            return true;
        }
        if (horizon.isBehind(tag)) {
            owner.say(node, owner.status());
        } else if (horizon.isKnown()) {
            owner.say(node, new Message.Pruned(horizon));
        }
        return false;
    }

    /** Another node is in this round. */
    void take(Horizon theirs) throws ProtocolException {
        if (!horizon.isBehind(theirs.tag())) {
            return;
        }
        if (theirs.follows(horizon) && theirs.members.contains(owner.self())) {
            advance(theirs);
        } else if (own) {
            horizon = theirs;
            durable.join(theirs);
            owner.lift(Horizon.at(theirs.tag()));
            durable.sync(Outcome.ignored());
        } else {
            // Some of what is here the others have forgotten, and this node cannot tell what.
            owner.report("it is behind what the others have forgotten, and fetches everything anew");
            store.all().forEach(owner::forgotten);
            owner.beginAnew();
            store.clear();
            horizon = theirs;
            durable.reset(theirs);
            durable.sync(Outcome.ignored());
        }
    }

    /** Goes on to the next round. */
    void advance(Horizon next) {
        liftStore(next);
        horizon = next;
        durable.lift(next);
        owner.lift(next);
        durable.sync(Outcome.ignored());
    }

    private void liftStore(Horizon next) {
        for (String name : next.cuts.keySet()) {
            Entry<?> entry = store.get(name);
            Entry<?> lifted = entry == null ? null : next.lift(entry);
            if (lifted != null) {
                store.put(lifted);
            } else if (entry != null) {
                // A life that its node began without knowing that the key was deleted.
                owner.forgotten(entry);
                store.remove(name);
            }
        }
    }
}
