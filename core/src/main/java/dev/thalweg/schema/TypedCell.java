package dev.thalweg.schema;

import dev.thalweg.dds.cell.SharedCell;

/**
 * A cell whose value is of one type; see {@link TypedMap}.
 *
 * @param <T> the value
 */
public final class TypedCell<T> {
    private final SharedCell cell;
    private final Codec<T> codec;

    private TypedCell(SharedCell cell, Codec<T> codec) {
        this.cell = cell;
        this.codec = codec;
    }

    /** The value of a cell. */
    public static <T> TypedCell<T> over(SharedCell cell, Codec<T> codec) {
        return new TypedCell<>(cell, codec);
    }

    /** What it holds. */
    public Reading<T> get() {
        return codec.read(cell.get());
    }

    /**
     * Gives it a value.
     *
     * @throws IllegalArgumentException when the codec has no form for it
     * @throws IllegalStateException    when the channel takes no edits now
     */
    public void set(T value) {
        cell.set(codec.encode(value));
    }

    /** Empties it. */
    public void delete() {
        cell.delete();
    }
}
