package dev.thalweg.replication.data;

import dev.thalweg.crdt.Causal;
import dev.thalweg.crdt.Lattice;

/**
 * A kind of value, by the name under which it travels. All nodes must know the same types.
 *
 * @param name   1 to 64 characters, no slash
 * @param bottom what is under a key that nobody has written to
 * @param reader reads what comes from other nodes and from the journal
 * @param <S>    the lattice
 */
public record DataType<S extends Lattice<S>>(String name, S bottom, Lattice.Reader<S> reader) {
    private static final int MAX_NAME = 64;

    public DataType {
        if (name.isEmpty() || name.length() > MAX_NAME || name.indexOf('/') >= 0) {
            throw new IllegalArgumentException(
                    "a type's name has 1 to " + MAX_NAME + " characters and no slash, was " + name);
        }
    }

    /** The type of a lattice that reads its own kind. @param empty for example {@code ORSet.EMPTY} */
    public static <S extends Causal<S>> DataType<S> of(String name, S empty) {
        return new DataType<>(name, empty, empty);
    }

    /** A key for values of this type. @param id up to {@value Key#MAX_ID} characters */
    public Key<S> key(String id) {
        return new Key<>(this, id);
    }
}
