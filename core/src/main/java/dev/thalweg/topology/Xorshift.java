package dev.thalweg.topology;

/** Marsaglia's generator with shifts of 13, 17 and 5; the middle one keeps the sign, as in mizchi/converge. */
final class Xorshift {
    private int state;

    Xorshift(int seed) {
        state = seed == 0 ? 1 : seed;
    }

    /** A number from 0 to the bound, exclusive. */
    int below(int bound) {
        int x = state;
        x ^= x << 13;
        x ^= x >> 17;
        x ^= x << 5;
        // With that sign one state leads to 0, and 0 leads nowhere.
        state = x == 0 ? 1 : x;
        return Math.abs(x % bound);
    }
}
