package dev.thalweg.schema;

import dev.thalweg.json.JsonValue;

/**
 * What a typed read finds. Other programs, and other versions of this one, write the same document: a value of another
 * shape is something to be met, not an accident, so it is a case to handle and no exception.
 *
 * @param <T> the type read
 */
public sealed interface Reading<T> {
    /** There is no value. */
    record Absent<T>() implements Reading<T> {}

    /** There is a value of the declared shape. */
    record Decoded<T>(T value) implements Reading<T> {}

    /**
     * There is a value of another shape. It stays in the document until somebody writes over it.
     *
     * @param raw    as it is
     * @param reason for a person: where in it, what was wanted and what was there
     */
    record NotDecoded<T>(JsonValue raw, String reason) implements Reading<T> {}

    /** The value, or another one when there is none of the declared shape. */
    default T orElse(T other) {
        return switch (this) {
            case Decoded<T> decoded -> decoded.value();
            case Absent<T> absent -> other;
            case NotDecoded<T> refused -> other;
        };
    }
}
