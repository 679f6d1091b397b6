package dev.thalweg.eventgraph;

import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which marks hold where. The row of all units, the deleted ones included, is cut at the places where marks start or end; from
 * each cut to the next, one mark of each name counts, the latest. Marks are never taken out, so that the order in which they
 * come in does not matter.
 */
final class MarkIndex {
    /*
     * Cuts are in a list, found by bisection: to compare two is to ask the history which unit comes first. A new one moves
     * the references to those behind it, which for the thousands that a long text has is cheaper than a tree.
     */
    private final TextHistory history;
    private final List<Cut> cuts = new ArrayList<>();
    private final List<Cut> touched = new ArrayList<>();
    /* By mark that an undo made: the mark that it brought back. */
    private final NavigableMap<Integer, Integer> standIns = new TreeMap<>();

    /** A place where something starts or ends, and what counts from there to the next one. */
    static final class Cut {
        final TextCursor place;
        /* -1 for the start of the text, MAX_VALUE for its end. */
        private final int unit;
        /** By name: the event of the latest mark. */
        final Map<String, Integer> latest;
        /* What counted before the changes that are being looked at; null when nothing changed since. */
        private @Nullable Map<String, Integer> before;

        Cut(TextCursor place, int unit, Map<String, Integer> latest) {
            this.place = place;
            this.unit = unit;
            this.latest = latest;
        }
    }

    MarkIndex(TextHistory history) {
        this.history = history;
        cuts.add(new Cut(new TextCursor(null, Affinity.BEFORE), -1, new TreeMap<>()));
    }

    int size() {
        return cuts.size();
    }

    Cut cut(int at) {
        return cuts.get(at);
    }

    private int unit(TextCursor place) {
        EventId id = place.unit();
        return id != null ? history.requireUnit(id) : place.affinity() == Affinity.BEFORE ? -1 : Integer.MAX_VALUE;
    }

    /* Whether a place is before another or the same one. */
    private boolean isAtMost(Cut cut, int unit, Affinity affinity) {
        if (cut.unit == unit) {
            return cut.place.affinity() == affinity || affinity == Affinity.BEFORE;
        }
        if (cut.unit < 0 || unit < 0 || cut.unit == Integer.MAX_VALUE || unit == Integer.MAX_VALUE) {
            return cut.unit < unit;
        }
        return history.isBefore(cut.unit, unit);
    }

    /** The last cut at or before a place, which is behind a unit when the affinity is BEFORE and before it otherwise. */
    int find(int unit, Affinity affinity) {
        int low = 0;
        int high = cuts.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (isAtMost(cuts.get(middle), unit, affinity)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private int findOrAdd(TextCursor place) {
        int unit = unit(place);
        int found = find(unit, place.affinity());
        Cut cut = cuts.get(found);
        if (cut.unit == unit && cut.place.affinity() == place.affinity()) {
            return found;
        }
        Cut fresh = new Cut(place, unit, new TreeMap<>(cut.latest));
        Map<String, Integer> before = cut.before;
        if (before != null) {
            fresh.before = new TreeMap<>(before);
            touched.add(fresh);
        }
        cuts.add(found + 1, fresh);
        return found + 1;
    }

    /** What a mark took the place of. @param event the mark that counted before from one place to the other; -1 for none */
    record Replaced(TextCursor start, TextCursor end, int event) {}

    /** Lets a mark count where no later one of its name does. @param replaced gets what counted there before */
    void add(int event, TextMark mark, @Nullable List<Replaced> replaced) {
        int from = findOrAdd(mark.start());
        int to = findOrAdd(mark.end());
        // When the end is before the start nothing is marked, and a cut too many does no harm.
        EventGraph graph = history.document().graph();
        for (int i = from; i < to; i++) {
            Cut cut = cuts.get(i);
            Integer other = cut.latest.get(mark.name());
            if (other == null || graph.compareTimes(event, other) > 0) {
                if (cut.before == null) {
                    cut.before = new TreeMap<>(cut.latest);
                    touched.add(cut);
                }
                cut.latest.put(mark.name(), event);
                if (replaced != null) {
                    replaced.add(new Replaced(cut.place, cuts.get(i + 1).place, other == null ? -1 : other));
                }
            }
        }
    }

    /** Notes that a mark brought another back. */
    void standIn(int event, int original) {
        standIns.put(event, standsFor(original));
    }

    private int standsFor(int event) {
        return standIns.getOrDefault(event, event);
    }

    /** Forgets what marks before an event stand for. */
    void forgetStandIns(int event) {
        standIns.headMap(event, false).clear();
    }

    /** The stretches between two places in which a mark counts, or one that stands for the same. */
    List<Replaced> where(int event, String name, Replaced within) {
        List<Replaced> found = new ArrayList<>();
        int from = findOrAdd(within.start());
        int to = findOrAdd(within.end());
        for (int i = from; i < to; i++) {
            Integer latest = cuts.get(i).latest.get(name);
            if (latest != null && standsFor(latest) == standsFor(event)) {
                TextCursor end = cuts.get(i + 1).place;
                Replaced last = found.isEmpty() ? null : found.get(found.size() - 1);
                if (last != null && last.end().equals(cuts.get(i).place)) {
                    found.set(found.size() - 1, new Replaced(last.start(), end, within.event()));
                } else {
                    found.add(new Replaced(cuts.get(i).place, end, within.event()));
                }
            }
        }
        return found;
    }

    /** What a mark says, null for none. */
    JsonValue value(@Nullable Integer event) {
        return event == null ? JsonNull.NULL : history.document().mark(event).value();
    }

    /** The properties that hold behind a cut. */
    JsonObject attributes(Cut cut) {
        JsonObject.Builder attributes = JsonObject.builder();
        cut.latest.forEach((name, event) -> {
            JsonValue value = value(event);
            if (value != JsonNull.NULL) {
                attributes.put(name, value);
            }
        });
        return attributes.build();
    }

    /** A stretch of the text whose properties changed. */
    record Changed(int from, int to, JsonObject attributes) {}

    /** What changed since this was last asked, in order, as stretches of the text as it is. */
    List<Changed> changes() {
        List<Changed> changes = new ArrayList<>();
        for (Cut cut : touched) {
            Map<String, Integer> before = cut.before;
            cut.before = null;
            JsonObject difference = before == null ? JsonObject.EMPTY : difference(before, cut.latest);
            if (difference.size() > 0) {
                int from = position(cut);
                int to = endOf(cut);
                if (from < to) {
                    changes.add(new Changed(from, to, difference));
                }
            }
        }
        touched.clear();
        changes.sort((a, b) -> Integer.compare(a.from(), b.from()));
        return changes;
    }

    private JsonObject difference(Map<String, Integer> before, Map<String, Integer> after) {
        JsonObject.Builder difference = JsonObject.builder();
        after.forEach((name, event) -> {
            JsonValue value = value(event);
            if (!value.equals(value(before.get(name)))) {
                difference.put(name, value);
            }
        });
        return difference.build();
    }

    /** Where a cut is in the text as it is. */
    int position(Cut cut) {
        return history.position(cut.place);
    }

    private int endOf(Cut cut) {
        return end(find(cut.unit, cut.place.affinity()));
    }

    /** Where what counts behind a cut ends in the text as it is. */
    int end(int at) {
        return at + 1 < cuts.size() ? position(cuts.get(at + 1)) : history.document().length();
    }
}
