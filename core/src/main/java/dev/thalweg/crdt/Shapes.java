package dev.thalweg.crdt;

import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;

/** Strictness: a lattice that is read must be written again as it was, so nothing may be in it that is not read. */
final class Shapes {
    private Shapes() {}

    /** An object of so many members, all of which the caller goes on to read. */
    static JsonObject object(JsonValue json, int members, String what) throws ProtocolException {
        JsonObject object = JsonCasts.object(json, what);
        if (object.size() != members) {
            throw new ProtocolException(what + " must have " + members + " members, had " + object.size());
        }
        return object;
    }

    /** A whole number within bounds, both inclusive and whole. */
    static double whole(JsonValue json, String what, double min, double max) throws ProtocolException {
        double number = JsonCasts.number(json, what);
        if (!(number >= min && number <= max) || number != Math.floor(number)) {
            throw new ProtocolException(what + " must be a whole number from " + JsonValue.of(min).toJson() + " to "
                    + JsonValue.of(max).toJson() + ", was " + json.toJson());
        }
        return number;
    }
}
