package dev.thalweg.eventgraph;

/** Looks for a number among sorted ones. */
final class Search {
    private Search() {}

    /**
     * The last of the first {@code size} values that is at most this one; the first is.
     *
     * @param near where it may be: the search goes from there in doubling steps
     */
    static int floor(int[] sorted, int size, int value, int near) {
        int low = 0;
        int high = size - 1;
        int step = 1;
        if (sorted[near] <= value) {
            low = near;
            while (low + step <= high) {
                if (sorted[low + step] > value) {
                    high = low + step - 1;
                    break;
                }
                low += step;
                step <<= 1;
            }
        } else {
            high = near - 1;
            while (high - step >= low) {
                if (sorted[high - step] <= value) {
                    low = high - step;
                    break;
                }
                high -= step;
                step <<= 1;
            }
        }
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (sorted[middle] <= value) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
