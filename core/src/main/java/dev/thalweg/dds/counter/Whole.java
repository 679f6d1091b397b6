package dev.thalweg.dds.counter;

import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;

/** Whole numbers as a double holds them without loss. */
final class Whole {
    /** The largest, JavaScript's {@code Number.MAX_SAFE_INTEGER}. */
    static final double MAX = 9007199254740991.0;

    private Whole() {}

    static double number(JsonValue value, String what) throws ProtocolException {
        double number = JsonCasts.number(value, what);
        if (number != Math.floor(number) || Math.abs(number) > MAX) {
            throw new ProtocolException(
                    what + " must be a whole number of at most 2^53 - 1 either way, was " + value.toJson());
        }
        return number;
    }
}
