package dev.thalweg.testkit;

import java.util.List;

/** Chance from a seed: the same numbers on every target, since it is made of {@code int} operations only. */
public final class Rng {
    private int state;

    /** @param seed any number; near ones give unrelated sequences */
    public Rng(int seed) {
        int mixed = (seed ^ 0x9e3779b9) * 0x85ebca6b;
        mixed = (mixed ^ (mixed >>> 13)) * 0xc2b2ae35;
        mixed ^= mixed >>> 16;
        state = mixed == 0 ? 0x6d2b79f5 : mixed;
    }

    /** A number from 0 to below a bound of at least 1. */
    public int below(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound must be at least 1, was " + bound);
        }
        return (next() >>> 1) % bound;
    }

    /** A number between two, both inclusive. */
    public int between(int from, int to) {
        return from + below(to - from + 1);
    }

    /** True so many times in a hundred. */
    public boolean chance(int percent) {
        return below(100) < percent;
    }

    /** One of them. */
    public <T> T pick(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    /** An index, each as often as its weight says. */
    public int weighted(int... weights) {
        int sum = 0;
        for (int weight : weights) {
            sum += weight;
        }
        int left = below(sum);
        for (int i = 0; i < weights.length; i++) {
            left -= weights[i];
            if (left < 0) {
                return i;
            }
        }
        throw new IllegalStateException("weights changed");
    }

    /* Xorshift with the triple 13, 17, 5. */
    private int next() {
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        return state;
    }
}
