package dev.thalweg.json;

/**
 * A JSON number.
 *
 * @param value finite; {@code -0.0} equals and is written as {@code 0}
 */
public record JsonNumber(double value) implements JsonValue {
    public JsonNumber {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("not a JSON number: " + (Double.isNaN(value) ? "NaN" : "infinite"));
        }
        value = value == 0 ? 0 : value;
    }

    /** Whether this is a whole number that an {@code int} holds. */
    public boolean isInt() {
        return value >= Integer.MIN_VALUE && value <= Integer.MAX_VALUE && value == (int) value;
    }

    @Override
    public String kind() {
        return "number";
    }

    @Override
    public String toString() {
        return toJson();
    }
}
