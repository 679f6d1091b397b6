package dev.thalweg.replication.log;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The blocks of a growing document in order, kept up to date change by change: O(log n) for each. */
final class BlockOrder {
    private final Map<String, Place> byId = new HashMap<>();
    private final TreeSet<Place> places = new TreeSet<>();

    /** Puts a block where it is now, or takes it away. @param position null when it is not there */
    void put(String id, @Nullable Position position) {
        Place before = position == null ? byId.remove(id) : byId.get(id);
        if (before != null) {
            if (before.position().equals(position)) {
                return;
            }
            places.remove(before);
        }
        if (position != null) {
            Place now = new Place(position, id);
            byId.put(id, now);
            places.add(now);
        }
    }

    /**
     * A place right behind a block.
     *
     * @param after the block, or null for the start
     * @param moved a block that is to go there and so is not in the way, or null
     */
    Position after(@Nullable String after, @Nullable String moved, String writer) {
        Place left = after == null ? null : byId.get(after);
        if (after != null && left == null) {
            throw new IllegalArgumentException("there is no block " + after);
        }
        Place right = left == null ? places.isEmpty() ? null : places.first() : places.higher(left);
        if (right != null && right.id().equals(moved)) {
            right = places.higher(right);
        }
        return Position.between(left == null ? null : left.position(), right == null ? null : right.position(), writer);
    }

    /** The ids, in order. */
    List<String> ids() {
        List<String> ids = new ArrayList<>(places.size());
        for (Place place : places) {
            ids.add(place.id());
        }
        return ids;
    }
}
