package dev.thalweg.replication.data;

import dev.thalweg.crdt.Lattice;
import org.jspecify.annotations.Nullable;

/**
 * Under what a value is found: an id, and the type of what is there. Two types with one id are two keys, so nodes cannot
 * disagree about what a key holds. Equal by the names of both.
 *
 * @param <S> the lattice
 */
public final class Key<S extends Lattice<S>> {
    /** UTF-16 code units of an id. */
    public static final int MAX_ID = 1024;

    private final DataType<S> type;
    private final String id;
    private final String name;

    Key(DataType<S> type, String id) {
        if (id.length() > MAX_ID) {
            throw new IllegalArgumentException("an id has at most " + MAX_ID + " characters, this one " + id.length());
        }
        this.type = type;
        this.id = id;
        this.name = type.name() + "/" + id;
    }

    /** What is under the key. */
    public DataType<S> type() {
        return type;
    }

    /** Whatever the application calls it. */
    public String id() {
        return id;
    }

    /** {@code <type>/<id>}: what the key is called on its way and in the journal. */
    public String name() {
        return name;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Key<?> that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
