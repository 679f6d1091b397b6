package dev.thalweg.crdt;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonNumber;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.List;

/** Small sorted lists of dots: what keeps one key of a map alive. One dot, unless several replicas added at once. */
final class Dots {
    private Dots() {}

    static List<Dot> with(List<Dot> dots, Dot dot) {
        int place = 0;
        while (place < dots.size() && dots.get(place).compareTo(dot) < 0) {
            place++;
        }
        if (place < dots.size() && dots.get(place).equals(dot)) {
            return dots;
        }
        List<Dot> more = new ArrayList<>(dots);
        more.add(place, dot);
        return List.copyOf(more);
    }

    static List<Dot> without(List<Dot> dots, Dot dot) {
        List<Dot> fewer = new ArrayList<>(dots.size());
        for (Dot each : dots) {
            if (!each.equals(dot)) {
                fewer.add(each);
            }
        }
        return fewer.size() == dots.size() ? dots : List.copyOf(fewer);
    }

    /** {@code {"<replica>":[<counter>,…],…}}. */
    static JsonObject toJson(List<Dot> dots) {
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

    static List<Dot> read(JsonValue json, String what) throws ProtocolException {
        JsonObject object = JsonCasts.object(json, what);
        List<Dot> dots = new ArrayList<>();
        for (int i = 0; i < object.size(); i++) {
            String replica = Replicas.read(object.name(i), what);
            JsonArray counters = JsonCasts.array(object.value(i), what + " counters");
            if (counters.size() == 0) {
                throw new ProtocolException(what + " names a replica without a counter");
            }
            int before = 0;
            for (JsonValue counter : counters.values()) {
                if (before == Integer.MAX_VALUE) {
                    throw new ProtocolException(what + " has a counter after " + before);
                }
                before = JsonCasts.integer(counter, what + " counter", before + 1, Integer.MAX_VALUE);
                dots.add(new Dot(replica, before));
            }
        }
        dots.sort(null);
        return List.copyOf(dots);
    }
}
