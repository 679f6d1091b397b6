package dev.thalweg.eventgraph;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Which units were brought back by putting in copies of them, and which copy of each is the latest. */
final class Copies {
    /* Both by the first of some units in a row: what the others are called, and how many. A copy is a copy of the original. */
    private final NavigableMap<Integer, Range> originals = new TreeMap<>();
    private final NavigableMap<Integer, Range> latest = new TreeMap<>();

    private record Range(int to, int count) {}

    /** Notes that a unit was brought back as another. */
    void add(int unit, int copy) {
        int original = find(originals, unit);
        put(originals, copy, original);
        put(latest, original, copy);
    }

    /** What a unit is now, itself or the latest of its copies. */
    int latest(int unit) {
        return find(latest, find(originals, unit));
    }

    private static int find(NavigableMap<Integer, Range> ranges, int unit) {
        Map.Entry<Integer, Range> entry = ranges.floorEntry(unit);
        if (entry == null) {
            return unit;
        }
        int from = entry.getKey();
        Range range = entry.getValue();
        return unit - from < range.count() ? range.to() + (unit - from) : unit;
    }

    private static void put(NavigableMap<Integer, Range> ranges, int unit, int to) {
        Map.Entry<Integer, Range> entry = ranges.floorEntry(unit);
        if (entry != null) {
            int from = entry.getKey();
            Range range = entry.getValue();
            int offset = unit - from;
            if (offset < range.count()) {
                ranges.remove(from);
                if (offset > 0) {
                    ranges.put(from, new Range(range.to(), offset));
                }
                int rest = range.count() - offset - 1;
                if (rest > 0) {
                    int restTo = range.to() + offset + 1;
                    ranges.put(unit + 1, new Range(restTo, rest));
                }
            }
            Map.Entry<Integer, Range> before = ranges.floorEntry(unit);
            if (before != null) {
                int start = before.getKey();
                Range left = before.getValue();
                if (start + left.count() == unit && left.to() + left.count() == to) {
                    ranges.put(start, new Range(left.to(), left.count() + 1));
                    return;
                }
            }
        }
        ranges.put(unit, new Range(to, 1));
    }
}
