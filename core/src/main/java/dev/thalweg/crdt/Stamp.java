package dev.thalweg.crdt;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * When something was written, by a hybrid logical clock: later than everything its writer had seen, and close to the
 * time the writer knew. Which time that is, is the caller's choice: a {@link HybridClock} takes milliseconds, a document
 * on an ordered line the last sequence number.
 *
 * @param time    a whole number from 0 to 2^53 - 1
 * @param count   from 0; tells writes at one time apart
 * @param replica who wrote
 */
public record Stamp(double time, int count, String replica) implements Comparable<Stamp> {
    public Stamp {
        if (!(time >= 0 && time <= GCounter.MAX) || time != Math.floor(time) || count < 0) {
            throw new IllegalArgumentException("a stamp counts from 0, to 2^53 - 1, was " + JsonValue.of(time).toJson()
                    + " and " + count);
        }
        time = time == 0 ? 0 : time;
        Replicas.require(replica);
    }

    /**
     * The stamp for a write now.
     *
     * @param seen    the latest stamp the writer knows of what it writes over, or null
     * @param time    the writer's time
     * @param replica the writer
     * @throws IllegalStateException when there is no later stamp
     */
    public static Stamp after(@Nullable Stamp seen, double time, String replica) {
        if (seen == null || seen.time < time) {
            return new Stamp(time, 0, replica);
        }
        if (seen.count < Integer.MAX_VALUE) {
            return new Stamp(seen.time, seen.count + 1, replica);
        }
        if (seen.time < GCounter.MAX) {
            return new Stamp(seen.time + 1, 0, replica);
        }
        throw new IllegalStateException("nothing is later than " + seen.toJson().toJson());
    }

    @Override
    public int compareTo(Stamp other) {
        if (time != other.time) {
            return time < other.time ? -1 : 1;
        }
        if (count != other.count) {
            return count < other.count ? -1 : 1;
        }
        return replica.compareTo(other.replica);
    }

    /** {@code [<time>,<count>,"<replica>"]}. */
    public JsonArray toJson() {
        return JsonArray.of(JsonValue.of(time), JsonValue.of(count), JsonValue.of(replica));
    }

    /** Reads a stamp. @param what names it in the error */
    public static Stamp read(JsonValue json, String what) throws ProtocolException {
        JsonArray array = JsonCasts.array(json, what);
        if (array.size() != 3) {
            throw new ProtocolException(what + " must have 3 elements, had " + array.size());
        }
        return new Stamp(Shapes.whole(array.get(0), what + " time", 0, GCounter.MAX),
                JsonCasts.integer(array.get(1), what + " count", 0, Integer.MAX_VALUE),
                Replicas.read(JsonCasts.string(array.get(2), what + " replica"), what));
    }
}
