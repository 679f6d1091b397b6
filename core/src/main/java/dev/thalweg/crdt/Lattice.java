package dev.thalweg.crdt;

import dev.thalweg.bytes.Hex;
import dev.thalweg.bytes.Sha256;
import dev.thalweg.json.CompactJson;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;

/**
 * A join-semilattice: states with a partial order in which any two have a least upper bound. Immutable.
 *
 * <p>{@link #join} is commutative, associative and idempotent. A mutator of an implementing class changes nothing; it
 * returns a <em>delta</em>, a small state of the same class, and {@code state.join(delta)} is the state after the
 * change. Deltas may be joined with each other, sent more than once and in any order.
 *
 * @param <S> the implementing class
 */
public interface Lattice<S extends Lattice<S>> {
    /** The least state that covers this one and the other. */
    S join(S other);

    /** Whether joining the other would change nothing: the other is at most this one in the partial order. */
    boolean covers(S other);

    /** What a reader sees. Equal states have equal values; many states may have one value. */
    JsonValue value();

    /** The state as JSON, in one form only: equal states, however they came about, have equal text. */
    JsonValue toJson();

    /** The state as bytes, in one form only: the {@linkplain CompactJson compact form} of its JSON. */
    default byte[] toBytes() {
        return CompactJson.encode(toJson());
    }

    /** SHA-256 of {@link #toBytes}, 64 lower-case hexadecimal digits: equal for equal states, and for no others. */
    default String digest() {
        return Hex.encode(Sha256.digest(toBytes()));
    }

    /**
     * Reads what {@link #toJson} wrote, and nothing else.
     *
     * @param <S> what is read
     */
    @FunctionalInterface
    interface Reader<S extends Lattice<S>> {
        /** Reads a state. @param what names it in the error */
        S read(JsonValue json, String what) throws ProtocolException;
    }
}
