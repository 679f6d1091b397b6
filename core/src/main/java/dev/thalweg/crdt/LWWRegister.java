package dev.thalweg.crdt;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * A value with the stamp of its writing; the later one wins. Of two values under one stamp, which only a replica id
 * used twice can bring about, the one whose JSON text sorts last wins, so that everyone keeps the same.
 */
public final class LWWRegister implements Lattice<LWWRegister> {
    private final Stamp stamp;
    private final JsonValue value;

    private LWWRegister(Stamp stamp, JsonValue value) {
        this.stamp = stamp;
        this.value = value;
    }

    /** A register, or the delta that writes one. */
    public static LWWRegister of(Stamp stamp, JsonValue value) {
        return new LWWRegister(stamp, value);
    }

    /** Writes over this value. @return the delta, always later than this register */
    public LWWRegister assign(JsonValue newValue, double time, String replica) {
        return new LWWRegister(Stamp.after(stamp, time, replica), newValue);
    }

    /** When it was written, and by whom. */
    public Stamp stamp() {
        return stamp;
    }

    /** What was written. */
    @Override
    public JsonValue value() {
        return value;
    }

    @Override
    public LWWRegister join(LWWRegister other) {
        return compare(other) >= 0 ? this : other;
    }

    @Override
    public boolean covers(LWWRegister other) {
        return compare(other) >= 0;
    }

    /** {@code {"stamp":[…],"value":…}}; the value's members keep their order. */
    @Override
    public JsonObject toJson() {
        return JsonObject.builder().put("stamp", stamp.toJson()).put("value", value).build();
    }

    /** Reads a register. @param what names it in the error */
    public static LWWRegister read(JsonValue json, String what) throws ProtocolException {
        JsonObject object = Shapes.object(json, 2, what);
        return new LWWRegister(Stamp.read(object.require("stamp"), what + ".stamp"), object.require("value"));
    }

    /**
     * Reads registers, and refuses what claims to have been written later than it can have been: it would win for ever.
     *
     * @param latest the latest time that is taken
     */
    public static Reader<LWWRegister> until(double latest) {
        return (json, what) -> {
            LWWRegister register = read(json, what);
            if (register.stamp.time() > latest) {
                throw new ProtocolException(what + ".stamp time must be at most " + JsonValue.of(latest).toJson()
                        + ", was " + JsonValue.of(register.stamp.time()).toJson());
            }
            return register;
        };
    }

    private int compare(LWWRegister other) {
        int byStamp = stamp.compareTo(other.stamp);
        return byStamp != 0 ? byStamp : Greatest.compare(value, other.value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || other instanceof LWWRegister that && compare(that) == 0;
    }

    @Override
    public int hashCode() {
        return stamp.hashCode();
    }

    @Override
    public String toString() {
        return toJson().toJson();
    }
}
