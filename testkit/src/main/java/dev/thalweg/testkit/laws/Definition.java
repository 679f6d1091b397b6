package dev.thalweg.testkit.laws;

import dev.thalweg.crdt.Lattice;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonNumber;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The join of causal states by its definition, dot by dot and place by place, from their JSON: a dot at a place is
 * unseen, alive or dead, and the further state stands. Too simple to be wrong and much too slow to use.
 */
final class Definition {
    /* Where each living dot is, as the path of keys and the dot, and what stands there. */
    private final Map<String, JsonValue> alive = new HashMap<>();
    private final Set<String> dots = new HashSet<>();
    private final Map<String, String> dotAt = new HashMap<>();

    private Definition() {}

    static <S extends Lattice<S>> void check(LatticeModel<S> model, S a, S b, S joined) throws ProtocolException {
        Definition mine = of(a, model.shape());
        Definition theirs = of(b, model.shape());
        Definition found = of(joined, model.shape());
        Set<String> seen = new HashSet<>(mine.dots);
        seen.addAll(theirs.dots);
        Law.require(found.dots.equals(seen), "the join has seen " + found.dots + ", should have " + seen);
        Set<String> places = new TreeSet<>(mine.alive.keySet());
        places.addAll(theirs.alive.keySet());
        places.addAll(found.alive.keySet());
        for (String place : places) {
            String dot = mine.dotAt.getOrDefault(place,
                    theirs.dotAt.getOrDefault(place, found.dotAt.getOrDefault(place, "")));
            boolean lives = mine.lets(place, dot) && theirs.lets(place, dot)
                    && (mine.alive.containsKey(place) || theirs.alive.containsKey(place));
            Law.require(lives == found.alive.containsKey(place),
                    place + " should be " + (lives ? "alive" : "gone") + " in " + Law.text(joined));
            if (lives && (!mine.alive.containsKey(place) || !theirs.alive.containsKey(place))) {
                JsonValue due = mine.alive.getOrDefault(place, theirs.alive.getOrDefault(place, JsonNull.NULL));
                Law.require(due.toJson().equals(found.alive.getOrDefault(place, JsonNull.NULL).toJson()),
                        place + " should hold " + due.toJson() + " in " + Law.text(joined));
            }
        }
    }

    /* Whether this side leaves a dot alive at a place: it holds it there, or has not seen it. */
    private boolean lets(String place, String dot) {
        return alive.containsKey(place) || !dots.contains(dot);
    }

    private static Definition of(Lattice<?> state, String shape) throws ProtocolException {
        Definition definition = new Definition();
        JsonObject json = (JsonObject) state.toJson();
        JsonObject context = json.object("context");
        for (int i = 0; i < context.size(); i++) {
            JsonArray bounds = (JsonArray) context.value(i);
            for (int j = 0; j < bounds.size(); j += 2) {
                for (double n = number(bounds.get(j)); n <= number(bounds.get(j + 1)); n++) {
                    definition.dots.add(dot(context.name(i), n));
                }
            }
        }
        definition.walk("", json.object("entries"), shape, 0);
        return definition;
    }

    private void walk(String path, JsonObject json, String shape, int level) throws ProtocolException {
        char kind = shape.charAt(level);
        for (int i = 0; i < json.size(); i++) {
            String name = json.name(i);
            if (kind == 'M') {
                walk(path + JsonValue.of(name).toJson() + "/", (JsonObject) json.value(i), shape, level + 1);
            } else if (kind == 'H') {
                if (name.equals("dots")) {
                    walk(path, json.object("dots"), "S", 0);
                }
            } else {
                for (JsonValue each : ((JsonArray) json.value(i)).values()) {
                    JsonValue counter = each instanceof JsonArray pair ? pair.get(0) : each;
                    String dot = dot(name, number(counter));
                    alive.put(path + dot, each instanceof JsonArray pair ? pair.get(1) : JsonNull.NULL);
                    dotAt.put(path + dot, dot);
                }
            }
        }
    }

    private static double number(JsonValue json) {
        return ((JsonNumber) json).value();
    }

    private static String dot(String replica, double counter) {
        return JsonValue.of(replica).toJson() + "#" + (int) counter;
    }
}
