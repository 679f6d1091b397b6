package dev.thalweg.web.rig;

import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.web.sheet.Sheet;
import org.jspecify.annotations.Nullable;

/**
 * A line of the log.
 *
 * @param id      told from all other lines by it
 * @param number  the sequence number
 * @param what    what was done
 * @param author  who did it
 * @param kind    how it is set
 * @param verdict what became of it when that is not plain, empty otherwise
 * @param message as it was sequenced
 * @param frame   the frame it came in
 * @param sheet   the sheet it belongs to, or null
 * @param op      the structure's operation, or null
 */
record LogEntry(int id, int number, String what, String author, Kind kind, String verdict, SequencedMessage message,
        String frame, @Nullable Sheet<?> sheet, @Nullable ChannelOp op) {
    /** How a line is set. */
    enum Kind {
        /** An operation of a structure. */
        OPERATION,
        /** The protocol's own business: somebody came, left, wrote a summary. */
        SYSTEM,
        /** Refused or absorbed: it changed nothing. */
        ASIDE
    }

    /** The sequence number as it is set in the log. */
    String mark() {
        return mark(number);
    }

    /** A sequence number as it is set in the log. */
    static String mark(int number) {
        return (number < 10 ? "#0" : "#") + number;
    }

    /** The line. */
    String text() {
        return mark() + " " + what + " · " + author
                + (verdict.isEmpty() ? "" : " · " + verdict);
    }

    /** The same line, once its author's name is known. */
    LogEntry by(String name) {
        return new LogEntry(id, number, what, name, kind, verdict, message, frame, sheet, op);
    }

    LogEntry refused(String why) {
        return new LogEntry(id, number, what, author, Kind.ASIDE, why, message, frame, sheet, op);
    }
}
