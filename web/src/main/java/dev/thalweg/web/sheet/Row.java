package dev.thalweg.web.sheet;

import java.util.List;

/**
 * One row of a sheet as one client sees it.
 *
 * @param key     its name, the same on every client
 * @param value   what is shown, a number as JSON spells it
 * @param delta   what of it is pending, beside the value, empty for nothing
 * @param pending whether something shown here has not been sequenced
 * @param look    how it is drawn
 * @param note    a remark under it, empty for none
 * @param moves   its buttons
 */
public record Row(String key, String value, String delta, boolean pending, Look look, String note, List<Move> moves) {
    /** How a row is drawn. */
    public enum Look {
        /** A number. */
        NUMBER,
        /** A word. */
        WORD,
        /** Struck out, the strike not sequenced yet. */
        STRUCK,
        /** Taken out. */
        GONE
    }

    public Row {
        moves = List.copyOf(moves);
    }
}
