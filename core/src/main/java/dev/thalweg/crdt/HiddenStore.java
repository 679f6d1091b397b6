package dev.thalweg.crdt;

import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Dots beside a value that does not depend on them: it is joined whether or not a dot is left, and never erased.
 *
 * @param <V> the values
 */
final class HiddenStore<V extends Lattice<V>> extends DotStore {
    /** What keeps the entry in sight; may be empty. */
    final DotSet dots;

    /** What was joined so far, or null. */
    final @Nullable V value;

    HiddenStore(DotSet dots, @Nullable V value) {
        this.dots = dots;
        this.value = value;
    }

    @Override
    boolean isEmpty() {
        return dots.isEmpty() && value == null;
    }

    @Override
    boolean alive() {
        return dots.alive();
    }

    @Override
    int size() {
        return dots.size() + 1;
    }

    @Override
    @SuppressWarnings("unchecked") // stores that are joined are of one kind
    DotStore take(CausalContext seen, @Nullable DotStore other, CausalContext theirs, Changes changes) {
        HiddenStore<V> that = (HiddenStore<V>) other;
        DotSet joined = dots.take(seen, that == null ? null : that.dots, theirs, changes);
        V theirValue = that == null ? null : that.value;
        V both = value == null ? theirValue
                : theirValue == null || value.covers(theirValue) ? value : value.join(theirValue);
        return Identity.same(joined, dots) && Identity.same(both, value) ? this : new HiddenStore<>(joined, both);
    }

    @Override
    void collect(List<Dot> into) {
        dots.collect(into);
    }

    /** {@code {"dots":{…},"value":…}}; {@code value} is left out where nothing was joined. */
    @Override
    JsonObject toJson() {
        JsonObject.Builder entry = JsonObject.builder().put("dots", dots.toJson());
        return entry.putIfPresent("value", value == null ? null : value.toJson()).build();
    }

    static <V extends Lattice<V>> HiddenStore<V> read(JsonValue json, Lattice.Reader<V> reader, String what)
            throws ProtocolException {
        JsonObject entry = JsonCasts.object(json, what + " entry");
        JsonValue value = entry.get("value");
        DotSet dots = DotSet.read(Shapes.object(entry, value == null ? 1 : 2, what + " entry").require("dots"),
                what + " dots");
        if (value == null && dots.isEmpty()) {
            throw new ProtocolException(what + " has an entry with neither dots nor value");
        }
        return new HiddenStore<>(dots, value == null ? null : reader.read(value, what + " value"));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof HiddenStore<?> that) || !dots.equals(that.dots)) {
            return false;
        }
        return value == null ? that.value == null : value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return 31 * dots.hashCode() + (value == null ? 0 : value.hashCode());
    }
}
