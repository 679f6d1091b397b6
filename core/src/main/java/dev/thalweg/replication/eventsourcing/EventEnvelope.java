package dev.thalweg.replication.eventsourcing;

import dev.thalweg.crdt.Dot;
import dev.thalweg.crdt.Stamp;
import dev.thalweg.crdt.VersionVector;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;

/**
 * An event, and what its maker knew.
 *
 * @param dot   which event of which replica, from 1 without gaps
 * @param seen  all events that its maker had seen, its own earlier ones among them
 * @param stamp later than that of everything in {@code seen}; its replica is the dot's
 * @param event what happened
 * @param <E>   events
 */
public record EventEnvelope<E>(Dot dot, VersionVector seen, Stamp stamp, E event) {
    public EventEnvelope {
        if (seen.get(dot.replica()) != dot.counter() - 1 || !stamp.replica().equals(dot.replica())) {
            throw new IllegalArgumentException("event " + dot.counter() + " of " + dot.replica()
                    + " follows all of its replica's events before it, and bears its stamp");
        }
    }

    /** Whether neither maker had seen the other's event. */
    public boolean concurrentWith(EventEnvelope<E> other) {
        return !seen.contains(other.dot) && !other.seen.contains(dot) && !dot.equals(other.dot);
    }

    /** {@code {"counter":…,"seen":{…},"stamp":[…],"event":…}}; the stamp names the replica. */
    JsonObject toJson(EventSourced<?, E, ?> entity) {
        return JsonObject.builder().put("counter", dot.counter()).put("seen", seen.toJson())
                .put("stamp", stamp.toJson()).put("event", entity.writeEvent(event)).build();
    }

    static <E> EventEnvelope<E> read(JsonValue json, EventSourced<?, E, ?> entity) throws ProtocolException {
        JsonObject object = JsonCasts.object(json, "event");
        Stamp stamp = Stamp.read(object.require("stamp"), "stamp");
        Dot dot = new Dot(stamp.replica(), object.integer("counter", 1, Integer.MAX_VALUE));
        VersionVector seen = VersionVector.read(object.require("seen"), "seen");
        if (seen.get(dot.replica()) != dot.counter() - 1) {
            throw new ProtocolException("event " + dot.counter() + " of its replica has seen "
                    + seen.get(dot.replica()) + " of them");
        }
        return new EventEnvelope<>(dot, seen, stamp, entity.readEvent(object.require("event")));
    }
}
