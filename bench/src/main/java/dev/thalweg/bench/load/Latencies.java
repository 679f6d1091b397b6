package dev.thalweg.bench.load;

import java.util.Arrays;

/** Latencies, every one of them, so that percentiles are exact. */
final class Latencies {
    private int[] micros = new int[1 << 16];
    private int count;

    /** Takes one down. @param nanos not negative */
    void add(long nanos) {
        if (count == micros.length) {
            micros = Arrays.copyOf(micros, count * 2);
        }
        micros[count++] = (int) Math.min(Integer.MAX_VALUE, nanos / 1000);
    }

    /** Forgets all. */
    void clear() {
        count = 0;
    }

    /** How many there are. */
    int count() {
        return count;
    }

    /**
     * Milliseconds that a share of all stayed within: the nearest-rank percentile, NaN when there are none.
     *
     * @param shares from 0 to 1, each
     */
    double[] percentiles(double... shares) {
        int[] sorted = Arrays.copyOf(micros, count);
        Arrays.sort(sorted);
        double[] found = new double[shares.length];
        for (int i = 0; i < shares.length; i++) {
            int rank = (int) Math.ceil(shares[i] * count);
            found[i] = count == 0 ? Double.NaN : sorted[Math.max(0, rank - 1)] / 1000.0;
        }
        return found;
    }
}
