package dev.thalweg.crdt;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonNumber;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Dots and nothing else: what keeps one element alive. One dot, unless several replicas added at once. */
final class DotSet extends DotStore {
    /** Sorted, none twice. */
    final List<Dot> dots;

    private DotSet(List<Dot> dots) {
        this.dots = dots;
    }

    static DotSet of(Dot dot) {
        return new DotSet(List.of(dot));
    }

    @Override
    boolean isEmpty() {
        return dots.isEmpty();
    }

    @Override
    boolean alive() {
        return !dots.isEmpty();
    }

    @Override
    int size() {
        return dots.size();
    }

    @Override
    DotSet take(CausalContext seen, @Nullable DotStore other, CausalContext theirs, Changes changes) {
        List<Dot> others = other == null ? List.of() : ((DotSet) other).dots;
        List<Dot> joined = new ArrayList<>(dots.size() + others.size());
        boolean same = true;
        int mine = 0;
        int their = 0;
        while (mine < dots.size() || their < others.size()) {
            int side = mine == dots.size() ? 1 : their == others.size() ? -1
                    : dots.get(mine).compareTo(others.get(their));
            Dot dot = side > 0 ? others.get(their) : dots.get(mine);
            if (side == 0 || !(side < 0 ? theirs : seen).contains(dot)) {
                joined.add(dot);
            }
            if (side < 0 && theirs.contains(dot)) {
                changes.dropped.add(dot);
                same = false;
            }
            if (side > 0 && !seen.contains(dot)) {
                changes.added.add(dot);
                same = false;
            }
            mine += side <= 0 ? 1 : 0;
            their += side >= 0 ? 1 : 0;
        }
        return same ? this : new DotSet(List.copyOf(joined));
    }

    @Override
    boolean isLike(DotStore other) {
        return same((DotSet) other);
    }

    @Override
    void collect(List<Dot> into) {
        for (Dot dot : dots) {
            into.add(dot);
        }
    }

    /** {@code {"<replica>":[<counter>,…],…}}. */
    @Override
    JsonObject toJson() {
        JsonObject.Builder json = JsonObject.builder();
        int i = 0;
        while (i < dots.size()) {
            String replica = dots.get(i).replica();
            List<JsonValue> counters = new ArrayList<>();
            for (; i < dots.size() && dots.get(i).replica().equals(replica); i++) {
                counters.add(new JsonNumber(dots.get(i).counter()));
            }
            json.put(replica, new JsonArray(counters));
        }
        return json.build();
    }

    /** Reads one, which may be empty. */
    static DotSet read(JsonValue json, String what) throws ProtocolException {
        JsonObject object = JsonCasts.object(json, what);
        PersistentMap<Dot, Boolean> sorted = PersistentMap.empty();
        for (int i = 0; i < object.size(); i++) {
            String replica = Replicas.read(object.name(i), what);
            JsonArray counters = JsonCasts.array(object.value(i), what + " counters");
            if (counters.size() == 0) {
                throw new ProtocolException(what + " names a replica without a counter");
            }
            int before = 0;
            for (JsonValue counter : counters.values()) {
                before = counter(counter, before, what);
                sorted = sorted.with(new Dot(replica, before), Boolean.TRUE);
            }
        }
        List<Dot> dots = new ArrayList<>(sorted.size());
        for (PersistentMap.Node<Dot, Boolean> node : sorted) {
            dots.add(node.key);
        }
        return new DotSet(List.copyOf(dots));
    }

    /** Reads a counter that comes after another, 0 for none. */
    static int counter(JsonValue json, int before, String what) throws ProtocolException {
        if (before == Integer.MAX_VALUE) {
            throw new ProtocolException(what + " has a counter after " + before);
        }
        return JsonCasts.integer(json, what + " counter", before + 1, Integer.MAX_VALUE);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DotSet that && same(that);
    }

    private boolean same(DotSet that) {
        if (that.dots.size() != dots.size()) {
            return false;
        }
        for (int i = 0; i < dots.size(); i++) {
            if (dots.get(i).compareTo(that.dots.get(i)) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (Dot dot : dots) {
            hash = 31 * hash + dot.hashCode();
        }
        return hash;
    }
}
