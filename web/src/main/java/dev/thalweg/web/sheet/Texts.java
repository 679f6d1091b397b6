package dev.thalweg.web.sheet;

import dev.thalweg.json.JsonNumber;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** Small things that several sheets say. */
final class Texts {
    /* Beyond this a reader of the demo sees the limit instead; other programs may write anything into the document. */
    private static final double MAX = 1_000_000_000;

    private Texts() {}

    /** A number with a real minus sign. */
    static String signed(int value) {
        return value < 0 ? "\u2212" + -value : "+" + value;
    }

    /** A whole number, or 0 for what is none. */
    static int whole(@Nullable JsonValue value) {
        if (!(value instanceof JsonNumber number)) {
            return 0;
        }
        return whole(number.value());
    }

    /** A number as the rows and drawings have them. */
    static int whole(long value) {
        return whole((double) value);
    }

    private static int whole(double value) {
        return (int) Math.max(-MAX, Math.min(MAX, value));
    }

    /** A whole number member, or 0. */
    static int whole(JsonObject object, String name) {
        return whole(object.get(name));
    }

    /** A text member, or a dash. */
    static String word(JsonObject object, String name) {
        return object.get(name) instanceof JsonString string ? string.value() : "–";
    }

    /** An operation on one element of a set. */
    static String ofElement(JsonObject operation) {
        return word(operation, "type") + " " + word(operation, "element");
    }

    /** What an operation writes, from the wrapper that Fluid's structures put around a value. */
    static String wrapped(JsonObject operation) {
        return operation.get("value") instanceof JsonObject value ? shown(value.get("value")) : "?";
    }

    /** What a sheet says to an action that it does not have. */
    static IllegalArgumentException cannot(Sheet<?> sheet, Action action) {
        return new IllegalArgumentException("nothing on the sheet " + sheet.id() + " can " + action.hook());
    }

    /** A value as a reader wants to see it. */
    static String shown(@Nullable JsonValue value) {
        if (value == null) {
            return "–";
        }
        return value instanceof JsonString string ? string.value() : value.toJson();
    }
}
