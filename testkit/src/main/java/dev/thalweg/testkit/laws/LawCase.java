package dev.thalweg.testkit.laws;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.testkit.Rng;
import java.util.ArrayList;
import java.util.List;

/**
 * What happens before a law is looked at: {@value #NODES} nodes change and join. As a value, so that it can be made
 * small and kept.
 *
 * @param seed   what it was made up from, and what the law draws from
 * @param honest whether no two nodes use one replica id
 * @param steps  in order
 */
public record LawCase(int seed, boolean honest, List<Move> steps) {
    /** How many nodes there are. */
    static final int NODES = 3;

    public LawCase {
        steps = List.copyOf(steps);
    }

    /** Something that happens at a node. */
    sealed interface Move {
        /** Where, from 0. */
        int on();

        /** A change is made. */
        record Change(int on, JsonValue call) implements Move {}

        /** A delta made earlier arrives, maybe again: the n-th of all, round and round. */
        record Take(int on, int delta) implements Move {}

        /** The whole state of another node arrives. */
        record Merge(int on, int from) implements Move {}
    }

    /** Makes up a case. */
    static LawCase generate(LatticeModel<?> model, int seed) {
        Rng rng = new Rng(seed);
        boolean honest = rng.chance(60);
        List<Move> steps = new ArrayList<>();
        for (int i = rng.below(16); i > 0; i--) {
            int on = rng.below(NODES);
            steps.add(switch (rng.weighted(60, 25, 15)) {
                case 0 -> new Move.Change(on, model.changes().generate(rng,
                        honest ? Hostile.REPLICAS.get(on) : rng.pick(Hostile.REPLICAS)));
                case 1 -> new Move.Take(on, rng.below(16));
                default -> new Move.Merge(on, rng.below(NODES));
            });
        }
        return new LawCase(seed, honest, steps);
    }

    LawCase withSteps(List<Move> fewer) {
        return new LawCase(seed, honest, fewer);
    }

    JsonObject toJson() {
        List<JsonValue> moves = new ArrayList<>();
        for (Move step : steps) {
            JsonObject.Builder move = JsonObject.builder().put("on", step.on());
            moves.add(switch (step) {
                case Move.Change change -> move.put("change", change.call).build();
                case Move.Take take -> move.put("take", take.delta).build();
                case Move.Merge merge -> move.put("merge", merge.from).build();
            });
        }
        return JsonObject.builder().put("seed", seed).put("honest", honest).put("steps", new JsonArray(moves)).build();
    }

    /** Reads what {@link #toJson} wrote; other members are passed over. */
    static LawCase read(JsonObject json) throws ProtocolException {
        List<Move> steps = new ArrayList<>();
        for (JsonValue value : json.array("steps").values()) {
            JsonObject move = JsonCasts.object(value, "step " + steps.size());
            int on = move.integer("on", 0, NODES - 1);
            steps.add(move.has("change") ? new Move.Change(on, move.require("change"))
                    : move.has("take") ? new Move.Take(on, move.integer("take", 0, Integer.MAX_VALUE))
                            : new Move.Merge(on, move.integer("merge", 0, NODES - 1)));
        }
        return new LawCase(json.integer("seed", Integer.MIN_VALUE, Integer.MAX_VALUE),
                json.optionalBool("honest", false), steps);
    }
}
