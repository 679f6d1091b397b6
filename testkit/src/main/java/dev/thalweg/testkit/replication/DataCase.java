package dev.thalweg.testkit.replication;

import dev.thalweg.testkit.Rng;
import java.util.ArrayList;
import java.util.List;

/**
 * A run of {@link DataWorld}.
 *
 * @param durable whether nodes remember what they had when they died
 * @param harsh   whether it is hard on pruning: nodes end often, rounds are quick, nodes seldom compare what they have,
 *                and some messages come long after others
 */
public record DataCase(int seed, int nodes, boolean durable, boolean harsh, List<Step> steps) {
    private static final List<Kind> KINDS = List.of(Kind.values());

    /** Something that happens. @param node which node, counted round @param amount more, as the kind takes it */
    public record Step(Kind kind, int node, int amount) {}

    /** What can happen. */
    public enum Kind {
        ADD, ADD_LARGE, COUNT, PUT, REMOVE, FILL, DELETE, READ, WAIT, CUT, HEAL, CRASH, LEAVE, JOIN
    }

    /** Makes one up. */
    public static DataCase generate(int seed) {
        Rng rng = new Rng(seed);
        boolean harsh = seed % 2 == 0;
        int nodes = new int[] {3, 5, 9}[harsh ? rng.weighted(50, 45, 5) : rng.weighted(70, 22, 8)];
        boolean durable = rng.chance(50);
        List<Step> steps = new ArrayList<>();
        for (int i = rng.between(5, 40); i > 0; i--) {
            Kind kind = KINDS.get(harsh ? rng.weighted(4, 1, 22, 8, 8, 18, 9, 0, 22, 6, 6, 10, 2, 3)
                    : rng.weighted(20, 3, 10, 14, 10, 12, 6, 10, 20, 5, 4, 5, 3, 3));
            steps.add(new Step(kind, rng.below(nodes), rng.below(1000)));
            if (harsh && rng.chance(8)) {
                steps.addAll(rng.chance(50) ? ends(rng, nodes) : lives(rng, nodes));
            }
        }
        return new DataCase(seed, nodes, durable, harsh, steps);
    }

    /* Two count, once more in halves that do not hear each other, and end: each half has more of one of them. */
    private static List<Step> ends(Rng rng, int nodes) {
        List<Step> steps = new ArrayList<>();
        int one = rng.below(nodes);
        int other = (one + rng.between(1, nodes - 1)) % nodes;
        steps.add(new Step(Kind.HEAL, one, 0));
        steps.add(new Step(Kind.COUNT, one, 6));
        steps.add(new Step(Kind.COUNT, other, 6));
        steps.add(new Step(Kind.WAIT, 0, rng.between(500, 999)));
        steps.add(new Step(Kind.CUT, other, (rng.below(1 << nodes) | 1 << one) & ~(1 << other)));
        steps.add(new Step(Kind.COUNT, one, 6));
        steps.add(new Step(Kind.COUNT, other, 6));
        steps.add(new Step(Kind.WAIT, 0, rng.below(1000)));
        steps.add(new Step(rng.chance(70) ? Kind.LEAVE : Kind.CRASH, one, 0));
        steps.add(new Step(rng.chance(70) ? Kind.LEAVE : Kind.CRASH, other, 0));
        for (int i = 0; i < nodes; i++) {
            steps.add(new Step(Kind.HEAL, i, 0));
        }
        steps.add(new Step(Kind.WAIT, 0, rng.below(1000)));
        return steps;
    }

    /* A key is deleted, and begun again by several at once: while it is forgotten, with luck. */
    private static List<Step> lives(Rng rng, int nodes) {
        List<Step> steps = new ArrayList<>();
        steps.add(new Step(Kind.HEAL, rng.below(nodes), 0));
        steps.add(new Step(Kind.FILL, rng.below(nodes), 0));
        steps.add(new Step(Kind.WAIT, 0, rng.below(1000)));
        for (int i = 0; i < nodes; i++) {
            steps.add(new Step(Kind.DELETE, i, 0));
        }
        steps.add(new Step(Kind.WAIT, 0, rng.below(1000)));
        for (int i = 0; i < nodes; i++) {
            steps.add(new Step(Kind.FILL, i, 0));
        }
        return steps;
    }

    /** The same with other steps. */
    public DataCase with(List<Step> others) {
        return new DataCase(seed, nodes, durable, harsh, others);
    }
}
