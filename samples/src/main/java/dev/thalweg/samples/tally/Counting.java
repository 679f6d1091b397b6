package dev.thalweg.samples.tally;

import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonNumber;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.replication.eventsourcing.EventSourced;
import java.util.List;

/** An entity that counts. Commands and events are how much, the state is what all of them come to. */
final class Counting implements EventSourced<Integer, Integer, Integer> {
    private static final int MOST = 1_000_000;

    @Override
    public Integer initial() {
        return 0;
    }

    @Override
    public List<Integer> handle(Integer total, Integer by) {
        if (by == 0 || Math.abs(by) > MOST) {
            throw new IllegalArgumentException("counts by 1 to " + MOST + " either way, not by " + by);
        }
        return List.of(by);
    }

    /* Sums do not depend on the order, so the default resolver will do: all events, in the order of their stamps. */
    @Override
    public Integer apply(Integer total, Integer by) {
        return total + by;
    }

    @Override
    public JsonValue writeEvent(Integer by) {
        return new JsonNumber(by);
    }

    @Override
    public Integer readEvent(JsonValue json) throws ProtocolException {
        return JsonCasts.integer(json, "event", -MOST, MOST);
    }

    @Override
    public JsonValue writeState(Integer total) {
        return new JsonNumber(total);
    }

    @Override
    public Integer readState(JsonValue json) throws ProtocolException {
        return JsonCasts.integer(json, "state", Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
}
