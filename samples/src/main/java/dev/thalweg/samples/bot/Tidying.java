package dev.thalweg.samples.bot;

import dev.thalweg.container.Container;
import dev.thalweg.container.ContainerSchema;
import dev.thalweg.dds.map.SharedMap;
import dev.thalweg.dds.ormap.SharedOrMap;
import dev.thalweg.json.JsonNumber;
import dev.thalweg.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/**
 * What the bot holds to be tidy: every gauge in the map shows a reading on its scale, nothing else lies in the map, and no
 * row of the OR-map has been drawn below zero.
 */
final class Tidying {
    /** The scale of a gauge. */
    static final double LOWEST = 0;
    static final double HIGHEST = 100;

    /** Of the demo's objects, those the bot looks after. */
    static final ContainerSchema SCHEMA = ContainerSchema.builder().object("map", SharedMap.TYPE)
            .object("or-map", SharedOrMap.TALLY).build();

    private final SharedMap gauges;
    private final SharedOrMap stores;

    Tidying(Container container) {
        this.gauges = container.object("map", SharedMap.TYPE);
        this.stores = container.object("or-map", SharedOrMap.TALLY);
    }

    /** Tidies up. @return what was done, a line each; empty when everything was tidy */
    List<String> tidy() {
        List<String> done = new ArrayList<>();
        for (String key : gauges.keys()) {
            if (gauges.get(key) instanceof JsonNumber reading) {
                double kept = Math.max(LOWEST, Math.min(HIGHEST, reading.value()));
                if (kept != reading.value()) {
                    gauges.set(key, JsonValue.of(kept));
                    done.add(key + " showed " + reading + ", now " + JsonValue.of(kept).toJson());
                }
            } else {
                gauges.delete(key);
                done.add(key + " is no gauge, removed");
            }
        }
        for (String key : stores.keys()) {
            long amount = stores.tally(key);
            if (amount < 0) {
                stores.increment(key, -amount);
                done.add(key + " was " + amount + " below, now 0");
            }
        }
        return done;
    }
}
