package dev.thalweg.testkit.laws;

import dev.thalweg.crdt.Causal;
import dev.thalweg.crdt.DWFlag;
import dev.thalweg.crdt.EWFlag;
import dev.thalweg.crdt.GCounterMap;
import dev.thalweg.crdt.HidingMap;
import dev.thalweg.crdt.LWWMap;
import dev.thalweg.crdt.Lattice;
import dev.thalweg.crdt.MVRegister;
import dev.thalweg.crdt.ORMap;
import dev.thalweg.crdt.ORMultiMap;
import dev.thalweg.crdt.ORSet;
import dev.thalweg.crdt.PNCounterMap;
import dev.thalweg.crdt.RWSet;
import dev.thalweg.crdt.Resettable;
import dev.thalweg.json.JsonValue;
import dev.thalweg.testkit.Calls;
import dev.thalweg.testkit.Rng;

/** The lattices with a causal context, and compositions of them. */
final class CausalModels {
    private CausalModels() {}

    /** How a causal lattice is changed; its invariants are checked by itself. */
    private interface CausalChanges<S extends Causal<S>> extends LatticeModel.Changes<S> {
        @Override
        default void check(S state, boolean honest) {
            state.check();
        }
    }

    static final LatticeModel<EWFlag> EW_FLAG = new LatticeModel<>("ew-flag", EWFlag.DISABLED, EWFlag.DISABLED, "S",
            new CausalChanges<>() {
                @Override
                public JsonValue generate(Rng rng, String replica) {
                    return Hostile.call(rng.chance(60) ? "enable" : "disable", replica).build();
                }

                @Override
                public EWFlag delta(EWFlag state, JsonValue call) {
                    return Calls.verb(call).equals("enable") ? state.enable(Hostile.replica(call)) : state.disable();
                }
            });

    static final LatticeModel<DWFlag> DW_FLAG = new LatticeModel<>("dw-flag", DWFlag.ENABLED, DWFlag.ENABLED, "S",
            new CausalChanges<>() {
                @Override
                public JsonValue generate(Rng rng, String replica) {
                    return Hostile.call(rng.chance(60) ? "disable" : "enable", replica).build();
                }

                @Override
                public DWFlag delta(DWFlag state, JsonValue call) {
                    return Calls.verb(call).equals("disable") ? state.disable(Hostile.replica(call)) : state.enable();
                }
            });

    static final LatticeModel<MVRegister> MV_REGISTER = new LatticeModel<>("mv-register", MVRegister.EMPTY,
            MVRegister.EMPTY, "F", new CausalChanges<>() {
                @Override
                public JsonValue generate(Rng rng, String replica) {
                    return Hostile.call(rng.chance(85) ? "assign" : "clear", replica)
                            .put("v", rng.pick(Hostile.VALUES)).build();
                }

                @Override
                public MVRegister delta(MVRegister state, JsonValue call) {
                    return Calls.verb(call).equals("clear") ? state.clear()
                            : state.assign(Hostile.replica(call), Calls.argument(call, "v"));
                }
            });

    static final LatticeModel<ORSet> OR_SET = new LatticeModel<>("or-set", ORSet.EMPTY, ORSet.EMPTY, "MS",
            new CausalChanges<>() {
                @Override
                public JsonValue generate(Rng rng, String replica) {
                    String verb = rng.chance(60) ? "add" : rng.chance(90) ? "remove" : "clear";
                    return Hostile.call(verb, replica, rng).build();
                }

                @Override
                public ORSet delta(ORSet state, JsonValue call) {
                    return switch (Calls.verb(call)) {
                        case "add" -> state.add(Hostile.replica(call), Hostile.key(call));
                        case "clear" -> state.clear();
                        default -> state.remove(Hostile.key(call));
                    };
                }
            });

    static final LatticeModel<RWSet> RW_SET = new LatticeModel<>("rw-set", RWSet.EMPTY, RWSet.EMPTY, "MMS",
            new CausalChanges<>() {
                @Override
                public JsonValue generate(Rng rng, String replica) {
                    return Hostile.call(rng.chance(60) ? "add" : "remove", replica, rng).build();
                }

                @Override
                public RWSet delta(RWSet state, JsonValue call) {
                    return Calls.verb(call).equals("add") ? state.add(Hostile.replica(call), Hostile.key(call))
                            : state.remove(Hostile.replica(call), Hostile.key(call));
                }
            });

    static final LatticeModel<LWWMap> LWW_MAP = new LatticeModel<>("lww-map", LWWMap.EMPTY, LWWMap.until(100), "MF",
            new CausalChanges<>() {
                @Override
                public JsonValue generate(Rng rng, String replica) {
                    return Hostile.call(rng.chance(75) ? "put" : "remove", replica, rng)
                            .put("v", rng.pick(Hostile.VALUES)).put("t", rng.below(3)).build();
                }

                @Override
                public LWWMap delta(LWWMap state, JsonValue call) {
                    return Calls.verb(call).equals("remove") ? state.remove(Hostile.key(call))
                            : state.put(Hostile.replica(call), Hostile.key(call), Calls.argument(call, "v"),
                                    Calls.integer(call, "t"));
                }
            });

    static final LatticeModel<ORMultiMap> OR_MULTI_MAP = new LatticeModel<>("or-multi-map", ORMultiMap.EMPTY,
            ORMultiMap.EMPTY, "MMS", new CausalChanges<>() {
                @Override
                public JsonValue generate(Rng rng, String replica) {
                    String verb = rng.chance(60) ? "put" : rng.chance(60) ? "remove" : "removeAll";
                    return Hostile.call(verb, replica, rng).put("e", Hostile.key(rng)).build();
                }

                @Override
                public ORMultiMap delta(ORMultiMap state, JsonValue call) {
                    String key = Hostile.key(call);
                    String element = Calls.string(call, "e");
                    return switch (Calls.verb(call)) {
                        case "put" -> state.put(Hostile.replica(call), key, element);
                        case "remove" -> state.remove(key, element);
                        default -> state.removeAll(key);
                    };
                }
            });

    static final LatticeModel<GCounterMap> G_COUNTER_MAP = new LatticeModel<>("g-counter-map", GCounterMap.EMPTY,
            GCounterMap.EMPTY, "MF", new CausalChanges<>() {
                @Override
                public JsonValue generate(Rng rng, String replica) {
                    return Hostile.call(rng.chance(75) ? "increment" : "remove", replica, rng).put("n", rng.below(20))
                            .build();
                }

                @Override
                public GCounterMap delta(GCounterMap state, JsonValue call) {
                    return Calls.verb(call).equals("remove") ? state.remove(Hostile.key(call))
                            : state.increment(Hostile.replica(call), Hostile.key(call), Calls.integer(call, "n"));
                }
            });

    static final LatticeModel<PNCounterMap> PN_COUNTER_MAP = new LatticeModel<>("pn-counter-map", PNCounterMap.EMPTY,
            PNCounterMap.EMPTY, "MF", new CausalChanges<>() {
                @Override
                public JsonValue generate(Rng rng, String replica) {
                    return Hostile.call(rng.chance(75) ? "update" : "remove", replica, rng)
                            .put("n", rng.between(-9, 9)).build();
                }

                @Override
                public PNCounterMap delta(PNCounterMap state, JsonValue call) {
                    return Calls.verb(call).equals("remove") ? state.remove(Hostile.key(call))
                            : state.update(Hostile.replica(call), Hostile.key(call), Calls.integer(call, "n"));
                }
            });

    /** A map from keys to what another model is of. */
    static <V extends Causal<V>> LatticeModel<ORMap<V>> mapOf(String name, LatticeModel<V> inner) {
        return new LatticeModel<>(name, ORMap.of(inner.bottom()), ORMap.of(inner.bottom()), "M" + inner.shape(),
                new CausalChanges<>() {
                    @Override
                    public JsonValue generate(Rng rng, String replica) {
                        if (rng.chance(80)) {
                            return Hostile.call("update", replica, rng)
                                    .put("c", inner.changes().generate(rng, replica)).build();
                        }
                        return Hostile.call(rng.chance(90) ? "remove" : "clear", replica, rng).build();
                    }

                    @Override
                    public ORMap<V> delta(ORMap<V> state, JsonValue call) {
                        return switch (Calls.verb(call)) {
                            case "update" -> state.update(Hostile.key(call),
                                    value -> inner.changes().delta(value, Calls.argument(call, "c")));
                            case "clear" -> state.clear();
                            default -> state.remove(Hostile.key(call));
                        };
                    }
                });
    }

    /** What another model is of, in a form that can be reset. */
    static <V extends Lattice<V>> LatticeModel<Resettable<V>> resettable(String name, LatticeModel<V> inner) {
        return new LatticeModel<>(name, Resettable.of(inner.reader()), Resettable.of(inner.reader()), "F",
                new CausalChanges<>() {
                    @Override
                    public JsonValue generate(Rng rng, String replica) {
                        return Hostile.call(rng.chance(80) ? "update" : "reset", replica)
                                .put("c", inner.changes().generate(rng, replica)).build();
                    }

                    @Override
                    public Resettable<V> delta(Resettable<V> state, JsonValue call) {
                        V now = state.get();
                        return Calls.verb(call).equals("reset") ? state.reset()
                                : state.update(Hostile.replica(call), inner.changes()
                                        .delta(now == null ? inner.bottom() : now, Calls.argument(call, "c")));
                    }
                });
    }

    /** A map from keys to what another model is of, in which removal hides. */
    static <V extends Lattice<V>> LatticeModel<HidingMap<V>> hiding(String name, LatticeModel<V> inner) {
        return new LatticeModel<>(name, HidingMap.of(inner.reader()), HidingMap.of(inner.reader()), "MH",
                new CausalChanges<>() {
                    @Override
                    public JsonValue generate(Rng rng, String replica) {
                        String verb = rng.chance(60) ? "change" : rng.chance(30) ? "open" : "remove";
                        return Hostile.call(verb, replica, rng).put("c", inner.changes().generate(rng, replica))
                                .build();
                    }

                    @Override
                    public HidingMap<V> delta(HidingMap<V> state, JsonValue call) {
                        String key = Hostile.key(call);
                        V now = state.value(key);
                        return switch (Calls.verb(call)) {
                            case "change" -> state.add(Hostile.replica(call), key, inner.changes()
                                    .delta(now == null ? inner.bottom() : now, Calls.argument(call, "c")));
                            case "open" -> state.add(Hostile.replica(call), key, null);
                            default -> state.remove(key);
                        };
                    }
                });
    }
}
