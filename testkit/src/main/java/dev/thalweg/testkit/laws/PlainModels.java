package dev.thalweg.testkit.laws;

import dev.thalweg.crdt.BoundedCounter;
import dev.thalweg.crdt.CausalContext;
import dev.thalweg.crdt.Dot;
import dev.thalweg.crdt.GCounter;
import dev.thalweg.crdt.GSet;
import dev.thalweg.crdt.LWWRegister;
import dev.thalweg.crdt.PNCounter;
import dev.thalweg.crdt.Stamp;
import dev.thalweg.crdt.TwoPhaseSet;
import dev.thalweg.crdt.VersionVector;
import dev.thalweg.json.JsonValue;
import dev.thalweg.testkit.Calls;
import dev.thalweg.testkit.Rng;

/** The lattices without a causal context, and the contexts themselves. */
final class PlainModels {
    private PlainModels() {}

    static final LatticeModel<GCounter> G_COUNTER = new LatticeModel<>("g-counter", GCounter.ZERO, GCounter::read, "",
            new LatticeModel.Changes<>() {
                @Override
                public JsonValue generate(Rng rng, String replica) {
                    return Hostile.call("increment", replica).put("n", Hostile.amount(rng)).build();
                }

                @Override
                public GCounter delta(GCounter state, JsonValue call) {
                    String replica = Hostile.replica(call);
                    return state.increment(replica,
                            Hostile.amount(call, GCounter.MAX - state.count(replica)));
                }
            });

    static final LatticeModel<PNCounter> PN_COUNTER = new LatticeModel<>("pn-counter", PNCounter.ZERO, PNCounter::read,
            "", new LatticeModel.Changes<>() {
                @Override
                public JsonValue generate(Rng rng, String replica) {
                    return Hostile.call(rng.chance(50) ? "add" : "take", replica).put("n", Hostile.amount(rng))
                            .build();
                }

                @Override
                public PNCounter delta(PNCounter state, JsonValue call) {
                    String replica = Hostile.replica(call);
                    boolean add = Calls.verb(call).equals("add");
                    double done = (add ? state.increments() : state.decrements()).count(replica);
                    double amount = Hostile.amount(call, GCounter.MAX - done);
                    return state.update(replica, add ? amount : -amount);
                }
            });

    static final LatticeModel<BoundedCounter> BOUNDED_COUNTER = new LatticeModel<>("bounded-counter",
            BoundedCounter.ZERO, BoundedCounter::read, "", new LatticeModel.Changes<>() {
                @Override
                public JsonValue generate(Rng rng, String replica) {
                    String verb = switch (rng.weighted(40, 35, 25)) {
                        case 0 -> "increment";
                        case 1 -> "decrement";
                        default -> "transfer";
                    };
                    return Hostile.call(verb, replica).put("k", rng.pick(Hostile.REPLICAS)).put("n", rng.below(20))
                            .build();
                }

                @Override
                public BoundedCounter delta(BoundedCounter state, JsonValue call) {
                    String replica = Hostile.replica(call);
                    double amount = Hostile.amount(call, 1000);
                    if (Calls.verb(call).equals("increment")) {
                        return state.increment(replica, amount);
                    }
                    double allowed = Math.max(0, Math.min(amount, state.rights(replica)));
                    if (state.rights(replica) < 0) {
                        return BoundedCounter.ZERO;
                    }
                    return Calls.verb(call).equals("decrement") ? state.decrement(replica, allowed)
                            : Hostile.key(call).equals(replica) ? BoundedCounter.ZERO
                                    : state.transfer(replica, Hostile.key(call), allowed);
                }

                @Override
                public void check(BoundedCounter state, boolean honest) {
                    double sum = 0;
                    for (String replica : Hostile.REPLICAS) {
                        sum += state.rights(replica);
                    }
                    if (honest && state.total() != Math.max(0, sum)) {
                        throw new IllegalStateException("rights to " + (int) sum + " of " + (int) state.total());
                    }
                }
            });

    static final LatticeModel<GSet> G_SET = new LatticeModel<>("g-set", GSet.EMPTY, GSet::read, "",
            new LatticeModel.Changes<>() {
                @Override
                public JsonValue generate(Rng rng, String replica) {
                    return Hostile.call("add", replica, rng).build();
                }

                @Override
                public GSet delta(GSet state, JsonValue call) {
                    return state.add(Hostile.key(call));
                }
            });

    static final LatticeModel<TwoPhaseSet> TWO_PHASE_SET = new LatticeModel<>("2p-set", TwoPhaseSet.EMPTY,
            TwoPhaseSet::read, "", new LatticeModel.Changes<>() {
                @Override
                public JsonValue generate(Rng rng, String replica) {
                    return Hostile.call(rng.chance(60) ? "add" : "remove", replica, rng).build();
                }

                @Override
                public TwoPhaseSet delta(TwoPhaseSet state, JsonValue call) {
                    return Calls.verb(call).equals("add") ? state.add(Hostile.key(call))
                            : state.remove(Hostile.key(call));
                }
            });

    /* There is no least register; this one is less than any that is made up. */
    static final LatticeModel<LWWRegister> LWW_REGISTER = new LatticeModel<>("lww-register",
            LWWRegister.of(new Stamp(0, 0, "\u0000"), JsonValue.of("")), LWWRegister.until(100), "",
            new LatticeModel.Changes<>() {
                @Override
                public JsonValue generate(Rng rng, String replica) {
                    return Hostile.call("assign", replica).put("v", rng.pick(Hostile.VALUES)).put("t", rng.below(3))
                            .build();
                }

                @Override
                public LWWRegister delta(LWWRegister state, JsonValue call) {
                    return state.assign(Calls.argument(call, "v"), Calls.integer(call, "t"), Hostile.replica(call));
                }
            });

    static final LatticeModel<CausalContext> CAUSAL_CONTEXT = new LatticeModel<>("causal-context", CausalContext.EMPTY,
            CausalContext::read, "", new LatticeModel.Changes<>() {
                @Override
                public JsonValue generate(Rng rng, String replica) {
                    return Hostile.call("see", replica).put("n", rng.chance(50) ? 0 : rng.between(1, 12)).build();
                }

                @Override
                public CausalContext delta(CausalContext state, JsonValue call) {
                    int counter = Calls.integer(call, "n");
                    return CausalContext.EMPTY.with(counter == 0 ? state.next(Hostile.replica(call))
                            : new Dot(Hostile.replica(call), counter));
                }
            });

    static final LatticeModel<VersionVector> VERSION_VECTOR = new LatticeModel<>("version-vector", VersionVector.EMPTY,
            VersionVector::read, "", new LatticeModel.Changes<>() {
                @Override
                public JsonValue generate(Rng rng, String replica) {
                    return Hostile.call("see", replica).put("n", rng.chance(50) ? 0 : rng.between(1, 12)).build();
                }

                @Override
                public VersionVector delta(VersionVector state, JsonValue call) {
                    int counter = Calls.integer(call, "n");
                    return VersionVector.EMPTY.with(counter == 0 ? state.next(Hostile.replica(call))
                            : new Dot(Hostile.replica(call), counter));
                }
            });
}
