package dev.thalweg.crdt;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A map from strings to values of which the one written last stands. A write wins over a removal made at the same time,
 * and keeps nothing of what was removed.
 */
public final class LWWMap extends Causal<LWWMap> {
    /** No keys. */
    public static final LWWMap EMPTY = until(GCounter.MAX);

    private final ORMap<Resettable<LWWRegister>> registers;

    private LWWMap(ORMap<Resettable<LWWRegister>> registers) {
        super(registers.store, registers.context);
        this.registers = registers;
    }

    /** No keys; reads maps with writes up to a time, and refuses others, as {@link LWWRegister#until} does. */
    public static LWWMap until(double latest) {
        return new LWWMap(ORMap.of(Resettable.of(LWWRegister.until(latest))));
    }

    /** How many keys there are. */
    public int size() {
        return registers.size();
    }

    /** The keys, sorted by UTF-16 code unit. */
    public List<String> keys() {
        return registers.keys();
    }

    /** What was written last under a key, or null when the key is not there. */
    public @Nullable JsonValue get(String key) {
        LWWRegister register = registers.get(key).get();
        return register == null ? null : register.value();
    }

    /** When that was, and by whom, or null when the key is not there. */
    public @Nullable Stamp stamp(String key) {
        LWWRegister register = registers.get(key).get();
        return register == null ? null : register.stamp();
    }

    @Override
    public JsonObject value() {
        return registers.value();
    }

    /**
     * Writes a value under a key, later than what is seen there.
     *
     * @param replica must have seen all its own changes
     * @param time    the writer's time, as in {@link Stamp#after}
     * @return the delta
     */
    public LWWMap put(String replica, String key, JsonValue value, double time) {
        LWWRegister written = LWWRegister.of(Stamp.after(stamp(key), time, replica), value);
        return new LWWMap(registers.update(key, register -> register.assign(replica, written)));
    }

    /** Removes a key, as far as this state has seen it written. @return the delta */
    public LWWMap remove(String key) {
        return new LWWMap(registers.remove(key));
    }

    @Override
    LWWMap make(@Nullable DotStore content, CausalContext seen) {
        return new LWWMap(registers.make(content, seen));
    }

    @Override
    @Nullable
    DotStore readStore(JsonValue json, String what) throws ProtocolException {
        return registers.readStore(json, what);
    }
}
