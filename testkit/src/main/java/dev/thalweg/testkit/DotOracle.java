package dev.thalweg.testkit;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which keys are there, from everything that was ever done and in no order: a key is there when somebody put it there
 * and nobody who had seen that took it away.
 */
final class DotOracle {
    private final Map<String, Set<String>> opened = new TreeMap<>();
    private final Set<String> closed = new HashSet<>();

    /** Reads an operation on one key. @param dots what it puts there @param context what its author had seen */
    void read(String key, JsonObject dots, JsonObject context) {
        Set<String> own = new HashSet<>();
        for (int i = 0; i < dots.size(); i++) {
            for (JsonValue counter : Fields.array(dots, dots.name(i)).values()) {
                own.add(dot(dots.name(i), Fields.number(counter)));
            }
        }
        opened.computeIfAbsent(key, absent -> new HashSet<>()).addAll(own);
        for (int i = 0; i < context.size(); i++) {
            JsonArray bounds = Fields.array(context, context.name(i));
            for (int j = 0; j < bounds.size(); j += 2) {
                for (double n = Fields.number(bounds.get(j)); n <= Fields.number(bounds.get(j + 1)); n++) {
                    // What an author opens anew it has seen as well, and does not take away.
                    if (!own.contains(dot(context.name(i), n))) {
                        closed.add(dot(context.name(i), n));
                    }
                }
            }
        }
    }

    /** The keys that are there, sorted. */
    List<String> alive() {
        List<String> alive = new ArrayList<>();
        opened.forEach((key, dots) -> {
            if (!closed.containsAll(dots)) {
                alive.add(key);
            }
        });
        return alive;
    }

    private static String dot(String replica, double counter) {
        return replica + "#" + JsonValue.of(counter).toJson();
    }
}
