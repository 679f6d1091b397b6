package dev.thalweg.crdt;

import dev.thalweg.json.JsonNumber;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A value of which the one whose JSON text sorts last stays: what keeps two values under one name from telling replicas
 * apart.
 */
record Greatest(JsonValue value) implements Lattice<Greatest> {
    static Greatest read(JsonValue json, String what) {
        return new Greatest(json);
    }

    @Override
    public Greatest join(Greatest other) {
        return covers(other) ? this : other;
    }

    @Override
    public boolean covers(Greatest other) {
        return compare(value, other.value) >= 0;
    }

    /* Values are compared as text, which tells apart what JSON equality does not: the order of members. */
    static int compare(JsonValue one, JsonValue other) {
        return Identity.same(one, other) || isLike(one, other) ? 0 : one.toJson().compareTo(other.toJson());
    }

    /* Without spelling them, for what there is most of. */
    private static boolean isLike(JsonValue one, JsonValue other) {
        if (one instanceof JsonNumber number) {
            return number.value() != 0 && other instanceof JsonNumber that && number.value() == that.value();
        }
        return one instanceof JsonString string && other instanceof JsonString that
                && string.value().equals(that.value());
    }

    @Override
    public JsonValue toJson() {
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || other instanceof Greatest that && compare(value, that.value) == 0;
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }
}
