package dev.thalweg.crdt;

import dev.thalweg.json.CompactJson;
import dev.thalweg.json.JsonLimits;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.Arrays;

/**
 * Reads states that come from outside, as JSON text or in the compact form, and refuses what is too large, too deep or
 * not a state. What is refused has changed nothing, since a state is read whole before anybody joins it.
 *
 * <p>How far ahead of time a stamp may be is a matter of what is read: {@link LWWRegister#until}.
 *
 * @param reader reads the states
 * @param limits levels, and length in UTF-16 code units of a text and in bytes of the compact form
 * @param <S>    the states
 */
public record LatticeCodec<S extends Lattice<S>>(Lattice.Reader<S> reader, JsonLimits limits) {

    /** Reads a state from JSON text. @param what names it in the error */
    public S fromText(String text, String what) throws ProtocolException {
        try {
            return reader.read(JsonValue.parse(text, limits), what);
        } catch (ProtocolException e) {
            throw named(e, what);
        }
    }

    /** Reads a state from its {@linkplain Lattice#toBytes bytes}. @param what names it in the error */
    public S fromBytes(byte[] bytes, String what) throws ProtocolException {
        try {
            S state = reader.read(CompactJson.decode(bytes, limits), what);
            if (!Arrays.equals(state.toBytes(), bytes)) {
                throw new ProtocolException(what + " is not in its one form");
            }
            return state;
        } catch (ProtocolException e) {
            throw named(e, what);
        }
    }

    private static ProtocolException named(ProtocolException e, String what) {
        return String.valueOf(e.getMessage()).startsWith(what) ? e : e.in(what);
    }
}
