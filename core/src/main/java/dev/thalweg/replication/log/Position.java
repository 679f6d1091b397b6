package dev.thalweg.replication.log;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place in an order in which there is always room between two places. Every replica finds places by itself.
 *
 * @param steps from the outermost; none for the place before all others
 */
/*
 * Places are compared step by step, as words are letter by letter. A step names the replica that chose it, so two
 * replicas that look for room in one gap find different places. Next to a place of its own a replica counts the offset
 * up or down, so that what it writes in a row stays in a row, whatever others write into the same gap meanwhile, and
 * the steps do not get more. Otherwise it looks for a digit between the two neighbours' at the outermost level that has
 * one, and opens a new level where none does.
 */
record Position(List<Step> steps) implements Comparable<Position> {
    /** Before all others. */
    static final Position START = new Position(List.of());

    /** What is read has at most so many steps. */
    private static final int MAX_STEPS = 4096;
    private static final int MAX = 1 << 30;
    /* Room that is left between the digits of neighbours. */
    private static final int STRIDE = 1024;

    Position {
        steps = List.copyOf(steps);
    }

    /**
     * One level.
     *
     * @param digit  sorts first, from -2^30 to 2^30
     * @param writer the replica that chose it; sorts second
     * @param offset sorts third, from -2^30 to 2^30
     */
    record Step(int digit, String writer, int offset) implements Comparable<Step> {
        @Override
        public int compareTo(Step other) {
            if (digit != other.digit) {
                return digit < other.digit ? -1 : 1;
            }
            int byWriter = writer.compareTo(other.writer);
            return byWriter != 0 ? byWriter : offset == other.offset ? 0 : offset < other.offset ? -1 : 1;
        }
    }

    @Override
    public int compareTo(Position other) {
        for (int i = 0; i < steps.size() && i < other.steps.size(); i++) {
            Step mine = steps.get(i);
            int byStep = mine.compareTo(other.steps.get(i));
            if (byStep != 0) {
                return byStep;
            }
        }
        return steps.size() == other.steps.size() ? 0 : steps.size() < other.steps.size() ? -1 : 1;
    }

    /**
     * A place between two.
     *
     * @param left   what it comes after, or null for the start
     * @param right  what it comes before, or null for the end; when that is not after {@code left}, or as far to the left
     *               as anything can be, which only replicas that break the rules bring about, the place is merely near
     * @param writer who looks for it
     */
    static Position between(@Nullable Position left, @Nullable Position right, String writer) {
        Position beside = beside(left, right, writer, 1);
        if (beside == null) {
            beside = beside(right, left, writer, -1);
        }
        return beside != null ? beside : inside(left, right, writer);
    }

    /* The next offset after, or before, a place of the writer's own, if there is none of it in the way. */
    private static @Nullable Position beside(@Nullable Position own, @Nullable Position bound, String writer, int by) {
        if (own == null || own.steps.isEmpty()) {
            return null;
        }
        int last = own.steps.size() - 1;
        Step step = own.steps.get(last);
        if (!step.writer.equals(writer) || Math.abs(step.offset + by) > MAX) {
            return null;
        }
        List<Step> steps = new ArrayList<>(own.steps);
        steps.set(last, new Step(step.digit, writer, step.offset + by));
        Position next = new Position(steps);
        int side = bound == null ? by : bound.compareTo(next);
        return by > 0 ? side > 0 ? next : null : bound == null || side < 0 ? next : null;
    }

    private static Position inside(@Nullable Position left, @Nullable Position right, String writer) {
        List<Step> steps = new ArrayList<>();
        boolean below = left != null;
        boolean above = right != null;
        for (int level = 0;; level++) {
            Step low = below && left != null && level < left.steps.size() ? left.steps.get(level) : null;
            Step high = above && right != null && level < right.steps.size() ? right.steps.get(level) : null;
            if (low == null && high == null) {
                steps.add(new Step(0, writer, 0));
                return new Position(steps);
            }
            double from = low == null ? -MAX - 1.0 : low.digit;
            double to = high == null ? MAX + 1.0 : high.digit;
            if (to - from > 1) {
                double digit = low == null ? Math.max(to - STRIDE, Math.floor((from + to) / 2))
                        : high == null ? Math.min(from + STRIDE, Math.floor((from + to) / 2))
                                : Math.floor((from + to) / 2);
                steps.add(new Step((int) digit, writer, 0));
                return new Position(steps);
            }
            if (low == null) {
                steps.add(high);
            } else {
                steps.add(low);
                // Once it is less than the right one, anything below it is.
                above = above && low.equals(high);
            }
        }
    }

    /** {@code [<digit>,"<writer>",<offset>,…]}. */
    JsonArray toJson() {
        List<JsonValue> values = new ArrayList<>(3 * steps.size());
        for (Step step : steps) {
            values.add(JsonValue.of(step.digit));
            values.add(JsonValue.of(step.writer));
            values.add(JsonValue.of(step.offset));
        }
        return new JsonArray(values);
    }

    /** Reads a place. @param what names it in the error */
    static Position read(JsonValue json, String what) throws ProtocolException {
        JsonArray array = JsonCasts.array(json, what);
        if (array.size() % 3 != 0 || array.size() > 3 * MAX_STEPS) {
            throw new ProtocolException(
                    what + " must have up to " + MAX_STEPS + " steps of 3, had " + array.size() + " values");
        }
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < array.size(); i += 3) {
            steps.add(new Step(JsonCasts.integer(array.get(i), what + " digit", -MAX, MAX),
                    JsonCasts.string(array.get(i + 1), what + " writer"),
                    JsonCasts.integer(array.get(i + 2), what + " offset", -MAX, MAX)));
        }
        return new Position(steps);
    }
}
