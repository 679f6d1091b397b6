package dev.thalweg.testkit.laws;

import dev.thalweg.crdt.Lattice;
import dev.thalweg.json.JsonLimits;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.testkit.Rng;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What must hold of every lattice, over its whole state and not only its value. */
public enum Law {
    /** a ⊔ a = a, and joining what is covered gives the same. */
    IDEMPOTENT("idempotent") {
        @Override
        <S extends Lattice<S>> void check(LawWorld<S> world, Rng rng) {
            for (S state : world.states) {
                same(state, state.join(state), "a join of a state with itself");
            }
        }
    },
    /** a ⊔ b = b ⊔ a. */
    COMMUTATIVE("commutative") {
        @Override
        <S extends Lattice<S>> void check(LawWorld<S> world, Rng rng) {
            S a = world.states.get(0);
            S b = world.states.get(1);
            same(a.join(b), b.join(a), "b ⊔ a");
        }
    },
    /** (a ⊔ b) ⊔ c = a ⊔ (b ⊔ c). */
    ASSOCIATIVE("associative") {
        @Override
        <S extends Lattice<S>> void check(LawWorld<S> world, Rng rng) {
            S a = world.states.get(0);
            S b = world.states.get(1);
            S c = world.states.get(2);
            S joined = a.join(b).join(c);
            same(joined, a.join(b.join(c)), "a ⊔ (b ⊔ c)");
            world.model.changes().check(joined, world.played.honest());
        }
    },
    /** a ⊔ ⊥ = a. */
    IDENTITY("identity") {
        @Override
        <S extends Lattice<S>> void check(LawWorld<S> world, Rng rng) {
            S bottom = world.model.bottom();
            for (S state : world.states) {
                same(state, state.join(bottom), "a ⊔ ⊥");
                same(state, bottom.join(state), "⊥ ⊔ a");
                require(state.covers(bottom), "a state does not cover ⊥");
            }
        }
    },
    /** Covering is a partial order, and says what joining does. */
    ORDER("order") {
        @Override
        <S extends Lattice<S>> void check(LawWorld<S> world, Rng rng) {
            List<S> some = new ArrayList<>(world.states);
            some.add(some.get(0).join(some.get(1)));
            int size = some.size();
            List<String> texts = texts(some);
            boolean[][] covers = new boolean[size][size];
            for (int a = 0; a < size; a++) {
                for (int b = 0; b < size; b++) {
                    covers[a][b] = some.get(a).covers(some.get(b));
                    require(covers[a][b] == text(some.get(a).join(some.get(b))).equals(texts.get(a)), texts.get(a)
                            + (covers[a][b] ? " covers " : " does not cover ") + texts.get(b)
                            + ", the join is otherwise");
                }
            }
            for (int a = 0; a < size; a++) {
                require(covers[a][a], "a state does not cover itself: " + texts.get(a));
                for (int b = 0; b < size; b++) {
                    require((covers[a][b] && covers[b][a]) == texts.get(a).equals(texts.get(b)),
                            "covering each other is not being one: " + texts.get(a) + " and " + texts.get(b));
                    for (int c = 0; c < size; c++) {
                        require(!covers[a][b] || !covers[b][c] || covers[a][c], "covering is not transitive");
                    }
                }
            }
        }
    },
    /** A join covers both, and whatever covers both covers the join. */
    LEAST("least bound") {
        @Override
        <S extends Lattice<S>> void check(LawWorld<S> world, Rng rng) {
            S a = world.states.get(0);
            S b = world.states.get(1);
            S c = world.states.get(2);
            S joined = a.join(b);
            require(joined.covers(a) && joined.covers(b), "a join does not cover both: " + text(joined));
            require((c.covers(a) && c.covers(b)) == c.covers(joined), "a bound of both is none of their join");
            require(joined.join(c).covers(joined), "a larger join covers less");
        }
    },
    /** A state with a change covers the state before and the change, and nothing is changed in place. */
    INFLATION("inflation") {
        @Override
        <S extends Lattice<S>> void check(LawWorld<S> world, Rng rng) {
            for (int node = 0; node < LawCase.NODES; node++) {
                for (int i = 0; i < world.logs.get(node).size(); i++) {
                    S before = world.before.get(node).get(i);
                    S delta = world.logs.get(node).get(i);
                    String was = text(before);
                    S after = before.join(delta);
                    require(after.covers(before) && after.covers(delta), "a change takes something away: " + text(delta)
                            + " from " + was);
                    require(text(before).equals(was), "a join changed " + was + " in place");
                    world.model.changes().check(delta, false);
                    world.model.changes().check(after, world.played.honest());
                }
            }
        }
    },
    /** Equal states, and no others, have equal text, bytes and digest; and equal states have equal values. */
    ONE_FORM("one form") {
        @Override
        <S extends Lattice<S>> void check(LawWorld<S> world, Rng rng) {
            List<S> some = new ArrayList<>(world.states);
            some.add(world.join(world.deltas));
            List<String> texts = texts(some);
            List<String> values = new ArrayList<>();
            List<String> digests = new ArrayList<>();
            List<byte[]> bytes = new ArrayList<>();
            for (S state : some) {
                values.add(state.value().toJson());
                digests.add(state.digest());
                bytes.add(state.toBytes());
            }
            for (int a = 0; a < some.size(); a++) {
                for (int b = 0; b < some.size(); b++) {
                    boolean equal = some.get(a).equals(some.get(b));
                    String both = texts.get(a) + " and " + texts.get(b);
                    require(equal == texts.get(a).equals(texts.get(b)), "equality and text of " + both);
                    require(equal == Arrays.equals(bytes.get(a), bytes.get(b)), "equality and bytes of " + both);
                    require(equal == digests.get(a).equals(digests.get(b)), "equality and digest of " + both);
                    require(!equal || some.get(a).hashCode() == some.get(b).hashCode(), "the hash of " + both);
                    require(!equal || values.get(a).equals(values.get(b)), "the value of " + both);
                }
            }
        }
    },
    /** What is written as JSON reads back, and what is damaged is refused, or is another state in its one form. */
    JSON("JSON") {
        @Override
        <S extends Lattice<S>> void check(LawWorld<S> world, Rng rng) throws ProtocolException {
            for (S state : world.states) {
                Encodings.text(world.model, state, rng);
            }
        }
    },
    /** What is written as bytes reads back; what is cut off or damaged is refused, or is another state in its one form. */
    BYTES("bytes") {
        @Override
        <S extends Lattice<S>> void check(LawWorld<S> world, Rng rng) throws ProtocolException {
            for (S state : world.states) {
                Encodings.bytes(world.model, state, rng);
            }
            Encodings.cutOff(world.model, world.states.get(0));
        }
    },
    /** Deltas in any order and grouping, lost and sent again, twice and late, make the same state. */
    DELTAS("deltas") {
        @Override
        <S extends Lattice<S>> void check(LawWorld<S> world, Rng rng) {
            S all = world.join(world.deltas);
            List<S> shuffled = Orders.shuffled(world.deltas, rng);
            for (int i = rng.below(3); i > 0 && !shuffled.isEmpty(); i--) {
                shuffled.add(shuffled.get(rng.below(shuffled.size())));
            }
            S group = world.model.bottom();
            S other = world.model.bottom();
            for (S delta : shuffled) {
                if (rng.chance(50)) {
                    group = group.join(delta);
                } else {
                    other = delta.join(other);
                }
            }
            same(all, group.join(other), "the deltas in another order and grouping");
            same(all, world.join(world.states), "the states of all nodes");
        }
    },
    /** All orders of up to four deltas, and of up to five now and then, make the same state. */
    ORDERS("all orders") {
        @Override
        <S extends Lattice<S>> void check(LawWorld<S> world, Rng rng) {
            int most = rng.chance(5) ? 5 : 4;
            List<S> few = world.deltas.subList(Math.max(0, world.deltas.size() - most), world.deltas.size());
            S expected = world.join(few);
            for (List<S> order : Orders.all(few)) {
                same(expected, world.join(order), "another order of " + few.size() + " deltas");
            }
        }
    },
    /** Replicas that know of the same changes have the same bytes at every moment, and hearing of one again is nothing. */
    NETWORK("network") {
        @Override
        <S extends Lattice<S>> void check(LawWorld<S> world, Rng rng) {
            LawWorld.play(world.model, world.played, (moment, node) -> {
                S state = moment.states.get(node);
                for (int other = 0; other < LawCase.NODES; other++) {
                    if (other != node && moment.known.get(other).equals(moment.known.get(node))) {
                        same(state, moment.states.get(other), "another node that knows of the same");
                    }
                }
                for (int delta : moment.known.get(node)) {
                    require(state.covers(moment.deltas.get(delta)), "a delta that is known is not covered");
                }
            });
        }
    },
    /** What the logs of all replicas come to is what the states come to, whichever comes first, and from a snapshot on. */
    REPLAY("replay") {
        @Override
        <S extends Lattice<S>> void check(LawWorld<S> world, Rng rng) throws ProtocolException {
            S converged = world.join(world.states);
            List<S> replayed = new ArrayList<>();
            for (List<S> log : world.logs) {
                int cut = rng.below(log.size() + 1);
                byte[] snapshot = world.join(log.subList(0, cut)).toBytes();
                S tail = Encodings.codec(world.model, JsonLimits.DEFAULT).fromBytes(snapshot, "snapshot");
                for (S delta : log.subList(cut, log.size())) {
                    tail = tail.join(delta);
                }
                same(world.join(log), tail, "a snapshot and the rest of the log");
                replayed.add(tail);
            }
            for (List<S> order : Orders.all(replayed)) {
                same(converged, world.join(order), "the logs of all replicas");
            }
        }
    },
    /** Joining is what its definition says, worked out dot by dot on the text. */
    DEFINITION("definition") {
        @Override
        boolean appliesTo(LatticeModel<?> model) {
            return !model.shape().isEmpty();
        }

        @Override
        <S extends Lattice<S>> void check(LawWorld<S> world, Rng rng) throws ProtocolException {
            S a = world.states.get(0);
            S b = world.states.get(1);
            Definition.check(world.model, a, b, a.join(b));
            Definition.check(world.model, a, world.states.get(2), a.join(world.states.get(2)));
        }
    };

    private final String title;

    Law(String title) {
        this.title = title;
    }

    /** As it stands in tables and kept cases. */
    public String title() {
        return title;
    }

    /** Whether there is anything to look at. */
    boolean appliesTo(LatticeModel<?> model) {
        return true;
    }

    /**
     * Looks whether the law holds in a world.
     *
     * @throws IllegalStateException that says what does not
     */
    abstract <S extends Lattice<S>> void check(LawWorld<S> world, Rng rng) throws ProtocolException;

    private static List<String> texts(List<? extends Lattice<?>> states) {
        List<String> texts = new ArrayList<>();
        for (Lattice<?> state : states) {
            texts.add(text(state));
        }
        return texts;
    }

    static String text(Lattice<?> state) {
        return state.toJson().toJson();
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }

    static void same(Lattice<?> expected, Lattice<?> actual, String what) {
        String wanted = text(expected);
        String found = text(actual);
        if (!wanted.equals(found)) {
            throw new IllegalStateException(what + " should be " + wanted + ", is " + found);
        }
        if (!expected.equals(actual)) {
            throw new IllegalStateException(what + " has the same text and is not equal: " + found);
        }
    }
}
