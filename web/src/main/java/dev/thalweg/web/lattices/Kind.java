package dev.thalweg.web.lattices;

import dev.thalweg.crdt.LWWMap;
import dev.thalweg.crdt.Lattice;
import dev.thalweg.crdt.ORSet;
import dev.thalweg.crdt.PNCounter;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonValue;
import java.util.List;
import java.util.function.Function;

/**
 * A lattice the sheet can show.
 *
 * @param id   in the page
 * @param rule what joining does, in a sentence
 * @param say  a state's value, short
 * @param <S>  its states
 */
record Kind<S extends Lattice<S>>(String id, String name, String rule, S bottom, List<Deed<S>> deeds,
        Function<S, String> say) {

    /**
     * Something a replica can do.
     *
     * @param action its name in the page
     */
    record Deed<S>(String action, String label, Change<S> change) {}

    /** Makes a delta. */
    @FunctionalInterface
    interface Change<S> {
        S delta(S state, String replica, int time);
    }

    static Kind<PNCounter> counter() {
        return new Kind<>("counter", "Counter",
                "Each replica keeps two totals of its own, and joining takes the larger of each: a copy adds nothing.",
                PNCounter.ZERO,
                List.of(new Deed<>("increment", "+1", (state, replica, time) -> state.update(replica, 1)),
                        new Deed<>("decrement", "−1", (state, replica, time) -> state.update(replica, -1))),
                state -> whole(state.total()));
    }

    static Kind<ORSet> set() {
        return new Kind<>("or-set", "OR-set",
                "A removal takes the additions its author had seen, and no other: what was added meanwhile stays.",
                ORSet.EMPTY, List.of(add("boat"), remove("boat"), add("pump"), remove("pump")), Kind::elements);
    }

    static Kind<LWWMap> map() {
        return new Kind<>("lww-map", "LWW map",
                "Of two writes to one key the later stands, by a stamp that is later than all its author had seen.",
                LWWMap.EMPTY, List.of(write("open"), write("shut"),
                        new Deed<>("remove-gate", "remove gate", (state, replica, time) -> state.remove("gate"))),
                Kind::gate);
    }

    private static Deed<ORSet> add(String element) {
        return new Deed<>("add-" + element, "add " + element, (state, replica, time) -> state.add(replica, element));
    }

    private static Deed<ORSet> remove(String element) {
        return new Deed<>("remove-" + element, "remove " + element, (state, replica, time) -> state.remove(element));
    }

    private static Deed<LWWMap> write(String value) {
        return new Deed<>("write-" + value, "gate " + value,
                (state, replica, time) -> state.put(replica, "gate", JsonValue.of(value), time));
    }

    private static String elements(ORSet state) {
        StringBuilder text = new StringBuilder();
        for (String element : state.elements()) {
            text.append(text.isEmpty() ? "" : ", ").append(element);
        }
        return text.isEmpty() ? "nothing" : text.toString();
    }

    private static String gate(LWWMap state) {
        return state.get("gate") instanceof JsonString gate ? "gate " + gate.value() : "no gate";
    }

    private static String whole(double number) {
        return (number < 0 ? "−" : "") + (int) Math.abs(number);
    }
}
