package dev.thalweg.crdt;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonNumber;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A non-empty set of numbers from 1, as ranges in order which neither overlap nor touch. Immutable. What one replica
 * did without a gap is one range, however much it was.
 */
final class Ranges {
    /* first and last of each range, flat */
    private final int[] bounds;

    private Ranges(int[] bounds) {
        this.bounds = bounds;
    }

    static Ranges of(int number) {
        return new Ranges(new int[] {number, number});
    }

    /** The counters of some sorted dots of one replica, from one place to before another. */
    static Ranges of(List<Dot> dots, int from, int to) {
        int[] bounds = new int[2 * (to - from)];
        int size = 0;
        for (int i = from; i < to; i++) {
            int counter = dots.get(i).counter();
            if (size > 0 && counter - 1 <= bounds[size - 1]) {
                bounds[size - 1] = counter;
            } else {
                bounds[size++] = counter;
                bounds[size++] = counter;
            }
        }
        return new Ranges(Arrays.copyOf(bounds, size));
    }

    int count() {
        return bounds.length / 2;
    }

    int first(int range) {
        return bounds[2 * range];
    }

    int last(int range) {
        return bounds[2 * range + 1];
    }

    /** The largest number. */
    int last() {
        return bounds[bounds.length - 1];
    }

    boolean contains(int number) {
        return containsAll(number, number);
    }

    /* The last range that starts at or before the first number must reach the last. */
    private boolean containsAll(int first, int last) {
        int low = 0;
        int high = count() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (first(middle) <= first) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high >= 0 && last(high) >= last;
    }

    boolean covers(Ranges other) {
        for (int i = 0; i < other.count(); i++) {
            if (!containsAll(other.first(i), other.last(i))) {
                return false;
            }
        }
        return true;
    }

    Ranges union(Ranges other) {
        if (covers(other)) {
            return this;
        }
        int[] merged = new int[bounds.length + other.bounds.length];
        int size = 0;
        int mine = 0;
        int theirs = 0;
        while (mine < count() || theirs < other.count()) {
            boolean take = theirs == other.count() || mine < count() && first(mine) <= other.first(theirs);
            int first = take ? first(mine) : other.first(theirs);
            int last = take ? last(mine++) : other.last(theirs++);
            // Written so that it cannot overflow: the first number of a later range is above 1.
            if (size > 0 && first - 1 <= merged[size - 1]) {
                merged[size - 1] = Math.max(merged[size - 1], last);
            } else {
                merged[size++] = first;
                merged[size++] = last;
            }
        }
        return new Ranges(Arrays.copyOf(merged, size));
    }

    /** {@code [<first>,<last>,<first>,<last>,…]}. */
    JsonArray toJson() {
        List<JsonValue> numbers = new ArrayList<>(bounds.length);
        for (int bound : bounds) {
            numbers.add(new JsonNumber(bound));
        }
        return new JsonArray(numbers);
    }

    static Ranges read(JsonValue json, String what) throws ProtocolException {
        JsonArray array = JsonCasts.array(json, what);
        if (array.size() == 0 || array.size() % 2 != 0) {
            throw new ProtocolException(what + " must be pairs of numbers, had " + array.size() + " elements");
        }
        int[] bounds = new int[array.size()];
        int before = -1;
        for (int i = 0; i < bounds.length; i += 2) {
            // At least one number is missing between two ranges, or they would be one.
            if (before > Integer.MAX_VALUE - 2) {
                throw new ProtocolException(what + " has a range after " + before);
            }
            bounds[i] = JsonCasts.integer(array.get(i), what + " first", before + 2, Integer.MAX_VALUE);
            bounds[i + 1] = JsonCasts.integer(array.get(i + 1), what + " last", bounds[i], Integer.MAX_VALUE);
            before = bounds[i + 1];
        }
        return new Ranges(bounds);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || other instanceof Ranges that && Arrays.equals(bounds, that.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }
}
