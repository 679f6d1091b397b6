package dev.thalweg.testkit;

import dev.thalweg.dds.map.MapEvent;
import dev.thalweg.dds.map.SharedMap;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Keeps a copy of a map by asking, at each event, for the one key it names. */
final class MapFollower implements Follower {
    private final SharedMap map;
    private final Map<String, JsonValue> copy = new LinkedHashMap<>();

    MapFollower(SharedMap map) {
        this.map = map;
        map.forEach(copy::put);
        map.subscribe(this::on);
    }

    private void on(MapEvent event) {
        switch (event) {
            case MapEvent.ValueChanged changed -> {
                JsonValue now = map.get(changed.key());
                JsonValue before = now == null ? copy.remove(changed.key()) : copy.put(changed.key(), now);
                if (!Objects.equals(before, changed.previous())) {
                    throw new IllegalStateException("where there was " + before + ", the event says " + changed);
                }
            }
            case MapEvent.Cleared cleared -> {
                // The keys that went are told of one by one.
            }
        }
    }

    @Override
    public void check() {
        JsonObject.Builder members = JsonObject.builder();
        copy.forEach(members::put);
        JsonObject followed = members.build();
        if (!followed.equals(map.snapshot())) {
            throw new IllegalStateException("events come to " + followed + ", the map holds " + map.snapshot());
        }
    }
}
